import { parse } from "@headroom/decisions/parse";
import * as z from "zod";
import type { ClientSettings } from "./clients.ts";
import { environment } from "./environment.ts";

/** What a function is told that only reads, and keeps what it finds: how AWS is reached, and where state is. */
export type StateSettings = ClientSettings & {
  /** Name of the table with all state. */
  table: string;
};

/** What a deployed function is told about its surroundings: how AWS is reached, and the control plane's own resources. */
export type Settings = StateSettings & {
  /** URL of the queue for shards of a large fleet. */
  shardQueue: string;
  /** URL of the queue for what could not be done. */
  deadLetterQueue: string;
  /** Name or ARN of the bus that events are put on. */
  bus: string;
};

const state = z.object({
  /** Lambda sets it. Whatever else the SDK asks the environment for, such as `AWS_ENDPOINT_URL`, it asks itself. */
  AWS_REGION: z.string().min(1),
  HEADROOM_TABLE: z.string().min(1),
});

const variables = state.extend({
  HEADROOM_SHARD_QUEUE_URL: z.url(),
  HEADROOM_DEAD_LETTER_QUEUE_URL: z.url(),
  HEADROOM_BUS: z.string().min(1),
});

/** Settings from variables of the environment. @throws Invalid with every one that is missing or wrong */
export function settingsFrom(given: Readonly<Record<string, string | undefined>>): Settings {
  const found = parse(variables, given, "The environment");
  return {
    region: found.AWS_REGION,
    table: found.HEADROOM_TABLE,
    shardQueue: found.HEADROOM_SHARD_QUEUE_URL,
    deadLetterQueue: found.HEADROOM_DEAD_LETTER_QUEUE_URL,
    bus: found.HEADROOM_BUS,
  };
}

/** As `settingsFrom`, for a function that is told of the table alone. @throws Invalid */
export function stateSettingsFrom(given: Readonly<Record<string, string | undefined>>): StateSettings {
  const found = parse(state, given, "The environment");
  return { region: found.AWS_REGION, table: found.HEADROOM_TABLE };
}

/** As `settingsFromEnvironment`, for a function that is told of the table alone. @throws Invalid */
export function stateSettingsFromEnvironment(): StateSettings {
  return stateSettingsFrom(environment());
}

/** The settings of this process, as `infra/` gives them to each function. @throws Invalid */
export function settingsFromEnvironment(): Settings {
  return settingsFrom(environment());
}
