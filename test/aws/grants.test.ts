import { readFileSync } from "node:fs";
import { grantsOf } from "@headroom/aws/grants";
import { fleet } from "@headroom/decisions/config/fleet";
import { hasMinimum, type Resource } from "@headroom/decisions/config/resources";
import { expect, test } from "vitest";
import * as z from "zod";
import { tracking } from "../builders/decisions.ts";
import { readPort, sortOf } from "../contract/documented/recorded.ts";
import { seeds } from "./seeds/registry.ts";

// A permission that nothing uses is one too many, and one that is missing stops a deployed control plane: what the kinds
// declare is what was really sent, to moto, to MiniStack and to the answers written down from AWS's documentation.

const HERE = { partition: "aws", region: "us-east-1", account: "123456789012" };
const FILES = ["recorded/moto_server.json", "recorded/ministack.json", "../contract/documented/recorded.json"];

type Mode = "observe" | "floor" | "control";

const recording = z.record(z.string(), z.array(z.string()));
const recordings = FILES.map((file) =>
  recording.parse(JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8"))),
);

/** The actions that were ever sent for these ports. */
function sent(ports: readonly string[]): string[] {
  const actions = recordings.flatMap((each) => ports.flatMap((port) => each[port] ?? []));
  return [...new Set(actions)].sort();
}

/** The ports that a target uses in a mode. */
function portsOf(resource: Resource, mode: Mode): string[] {
  const read = readPort(resource, mode === "floor");
  switch (mode) {
    case "observe":
      return [read];
    case "floor":
      return [read, `${resource.kind}: setMinimum`];
    case "control":
      return [read, `${resource.kind}: set`];
  }
}

/**
 * The actions that a fleet of one target on this resource is given to use, without the one for its signal. Those that
 * somebody else tests and nobody uses are never sent: packages/aws/src/grants.test.ts has them.
 */
function declared(resource: Resource, mode: Mode): string[] {
  const target = { resource, mode, min: 2, max: 10, policies: [tracking()] };
  const grants = grantsOf(fleet.decode({ name: "shop", targets: { web: target } }), HERE);
  const used = grants.filter(({ validatedBy }) => validatedBy === undefined);
  const actions = new Set(used.flatMap((grant) => grant.actions));
  actions.delete("cloudwatch:GetMetricData");
  return [...actions].sort();
}

const seeded = Object.values(seeds).map(({ missing }) => missing);
/** What no emulator shows, and the answers from AWS's documentation do. They are not read in floor mode there. */
const documented: Resource[] = [
  { kind: "ecs-service", cluster: "main", service: "web", taskProtection: true },
  {
    ...{ kind: "application-auto-scaling", namespace: "rds" },
    ...{ resourceId: "cluster:orders", dimension: "rds:cluster:ReadReplicaCount" },
  },
  {
    ...{ kind: "application-auto-scaling", namespace: "elasticache" },
    ...{ resourceId: "replication-group/cache", dimension: "elasticache:replication-group:Replicas" },
  },
];

const cases = [
  ...[...seeded, ...documented].flatMap((resource) => [
    { resource, mode: "observe" as const },
    { resource, mode: "control" as const },
  ]),
  ...seeded.filter(({ kind }) => hasMinimum(kind)).map((resource) => ({ resource, mode: "floor" as const })),
].map((each) => ({ ...each, sort: sortOf(each.resource) }));

test.each(cases)("$sort in mode $mode may do what it does, and nothing else", ({ resource, mode }) => {
  expect(declared(resource, mode)).toEqual(sent(portsOf(resource, mode)));
});

test("signals, and what leaves Headroom, need no more than this", () => {
  expect(sent(["cloudwatch: read", "math: read"])).toEqual(["cloudwatch:GetMetricData"]);
  expect(sent(["queue: read"])).toEqual(["sqs:GetQueueAttributes", "sqs:GetQueueUrl"]);
  expect(sent(["sendShards", "bury"])).toEqual(["sqs:SendMessage"]);
  expect(sent(["publish"])).toEqual(["events:PutEvents"]);
});
