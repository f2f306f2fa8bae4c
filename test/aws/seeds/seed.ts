import type { Resource } from "@headroom/decisions/config/resources";
import type { GivenTarget } from "../../contract/world/account.ts";
import type { SeedClients } from "./clients.ts";

/** A change of a minimum that AWS will make by itself: units, and seconds since the epoch. */
export type Fallback = { to: number; at: number };

/** A resource in an emulator, and what its API says and does that no World asks for. */
export type Seeded = {
  resource: Resource;
  /** Begins to replace its units by a new version; kinds that have deployments. */
  deploy?(): Promise<void>;
  /** Kinds that have a minimum. */
  fallbacks?(): Promise<Fallback[]>;
};

/** How resources of one kind come to be in an emulator. */
export type Seed = {
  create(clients: SeedClients, name: string, given: GivenTarget): Promise<Seeded>;
  /** One that does not exist. */
  missing: Resource;
};
