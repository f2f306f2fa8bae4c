import { type ClientSettings, connections } from "@headroom/aws/clients";
import { onTestFinished } from "vitest";
import { type Answer, json, type Script, startDocumented, xml } from "../contract/documented/server.ts";
import { NOON } from "./decisions.ts";

// AWS as a test scripts it: the real SDK speaks over the wire to a server on this machine.

const nobody = { accessKeyId: "nobody", secretAccessKey: "secret" };

/**
 * What adapters work with, at a server that answers by a script until the test is over; failing calls are not tried
 * again. `asked` gives the parsed bodies of the requests for one action.
 */
export async function scripted(script: Script, settings: Partial<ClientSettings> = {}) {
  const server = await startDocumented(script);
  onTestFinished(server.close);
  const all: ClientSettings = {
    ...{ region: "eu-west-1", endpoint: server.endpoint, credentials: nobody, maxAttempts: 1 },
    ...settings,
  };
  let now = NOON;
  return {
    ...{ server, settings: all, connect: connections(all), clock: { now: () => now } },
    /** Bodies of JSON requests for one action, oldest first. */
    asked: (action: string): Record<string, unknown>[] => server.asked(action).map((body) => JSON.parse(body)),
    /** Parameters of Query requests for one action, oldest first. */
    posted: (action: string) => server.asked(action).map((body) => Object.fromEntries(new URLSearchParams(body))),
    pass(seconds: number): void {
      now += seconds;
    },
  };
}

/** A list of the Query protocol: each item as elements of its own. */
export function members(items: readonly (Record<string, unknown> | string)[]): string {
  return items.map((item) => `<member>${elements(item)}</member>`).join("");
}

function elements(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return members(value);
  return Object.entries(value)
    .map(([name, each]) => `<${name}>${elements(each)}</${name}>`)
    .join("");
}

/** The result of an operation of the Query protocol. */
export function result(operation: string, fields: Record<string, unknown>): Answer {
  return xml(operation, elements(fields));
}

/** Application Auto Scaling, where nothing is registered. */
export const unregistered: Script = {
  "application-autoscaling:DescribeScalableTargets": [json({ ScalableTargets: [] })],
  "application-autoscaling:DescribeScalingPolicies": [json({ ScalingPolicies: [] })],
  "application-autoscaling:DescribeScheduledActions": [json({ ScheduledActions: [] })],
};
