import type { Fleet } from "@headroom/decisions/config/fleet";
import type { Clock } from "@headroom/loops/world";
import { type ClientSettings, connections, TIMEOUTS } from "./clients.ts";
import type { Check, Finding } from "./doctor/check.ts";
import { callerOf, credentials } from "./doctor/credentials.ts";
import { fixOf, kindOf, whyOf } from "./doctor/failure.ts";
import { type Look, readings } from "./doctor/look.ts";
import { asking, listening } from "./doctor/registry.ts";
import { watched } from "./doctor/traffic.ts";

/** What one check found, by its name. */
export type Checked = Finding & { check: string };

/** What all checks found. Without a caller nothing but that was checked. */
export type Diagnosis = { caller: string | undefined; region: string; findings: Checked[] };

type Asked = {
  settings: ClientSettings;
  clock: Clock;
  /** The role whose permissions are simulated, in place of those of whoever asks. */
  role?: string | undefined;
};

async function run(check: Check, look: Look): Promise<Checked[]> {
  try {
    return (await check.run(look)).map((finding) => ({ check: check.name, ...finding }));
  } catch (error) {
    const why = whyOf(error);
    return [{ check: check.name, status: "notChecked", says: `This could not be checked. ${why}`, fix: fixOf(why) }];
  }
}

async function runAll(checks: readonly Check[], look: Look): Promise<Checked[]> {
  return (await Promise.all(checks.map((check) => run(check, look)))).flat();
}

function unknownCaller(error: unknown): Checked {
  const why = whyOf(error);
  const fix =
    kindOf(why) === "Denied"
      ? "log in (aws sso login), or name a profile with AWS_PROFILE"
      : "look at the network, AWS_ENDPOINT_URL and the Region";
  return { check: credentials.name, status: "problem", says: `AWS does not know who asks. ${why}`, fix };
}

/**
 * Looks at everything that must be right at AWS before a fleet is given to Headroom. It only reads; each call has the
 * clients' time limits. The metrics that are read are billed: each signal once.
 */
export async function diagnose(fleet: Fleet, { settings, clock, role }: Asked): Promise<Diagnosis> {
  const { connect, exchanges } = watched(connections(settings), TIMEOUTS, clock);
  const { region } = settings;
  const asked = await callerOf(connect, region).catch(unknownCaller);
  if ("status" in asked) return { caller: undefined, region, findings: [asked] };
  const look: Look = {
    fleet,
    ...asked,
    role,
    connect,
    clock,
    ...readings(fleet, { connect, clock, settings }),
    exchanges,
  };
  const findings = await runAll(asking, look);
  return { caller: asked.caller, region, findings: [...findings, ...(await runAll(listening, look))] };
}
