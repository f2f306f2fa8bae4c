import type { World } from "@headroom/loops/world";
import type { Documented, Script } from "./server.ts";

/**
 * What AWS answers, written down from its documentation in our own words, and what the World must make of it. They are
 * here because no emulator shows it: a green run on one says nothing about them.
 */
export type Vector = {
  what: string;
  /** Where AWS says so. */
  source: string;
  /** What emulators do in its place. */
  emulators: string;
  script: Script;
  /** Its targets are in floor mode. */
  isFloor?: boolean;
  /** Asks the World, and gives what there is to compare; `sent` knows the requests that were made for it. */
  ask(world: World, sent: Documented): Promise<unknown>;
  gives: unknown;
};

/** What an error is called, or that there was none. */
export async function nameOfError(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "no error";
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}
