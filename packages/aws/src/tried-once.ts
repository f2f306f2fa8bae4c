import type { Configuration } from "./clients.ts";

/**
 * For calls that change something: tried once. The claim under which one is made lasts half a minute, and a later try
 * could begin after its end; the next tick tries again, with a claim of its own.
 */
export function triedOnce(configuration: Configuration): Configuration {
  return { ...configuration, maxAttempts: 1 };
}
