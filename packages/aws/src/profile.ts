import { Invalid } from "@headroom/decisions/errors";
import { loadConfig, NODE_REGION_CONFIG_FILE_OPTIONS, NODE_REGION_CONFIG_OPTIONS } from "@smithy/core/config";
import type { ClientSettings } from "./clients.ts";
import { environment } from "./environment.ts";

/** How often a call is tried: somebody waits for the answer. */
const ATTEMPTS = 2;

/**
 * How AWS is reached by somebody at a terminal: the Region of the environment or of the profile in use; credentials and
 * endpoints the SDK finds itself.
 * @throws Invalid when no Region is named
 */
export async function settingsOfProfile(): Promise<ClientSettings> {
  const { AWS_PROFILE: profile } = environment();
  const find = loadConfig(NODE_REGION_CONFIG_OPTIONS, {
    ...NODE_REGION_CONFIG_FILE_OPTIONS,
    ...(profile === undefined ? {} : { profile }),
  });
  const region = await find().catch(() => ""); // it throws when there is none, and nothing else
  if (region === "") throw new Invalid("No Region is named: set AWS_REGION, or AWS_PROFILE to a profile that has one");
  return { region, maxAttempts: ATTEMPTS };
}
