import { parse } from "../parse.ts";
import { type Fleet, type FleetInput, fleet } from "./fleet.ts";

/**
 * The fleet that a configuration describes, with defaults filled in and durations in seconds.
 * @param source what the configuration is called in messages: the name of its file
 * @throws Invalid with every mistake in it, for people
 */
export function parseConfig(value: unknown, source: string): Fleet {
  return parse(fleet, value, source);
}

/**
 * What `headroom.config.ts` exports by default: checked where it is written, and given back as written.
 * @throws Invalid with every mistake in it, for people
 */
export function defineConfig(input: FleetInput): FleetInput {
  parseConfig(input, "the configuration");
  return input;
}
