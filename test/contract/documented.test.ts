import { createAwsWorld } from "@headroom/aws/world";
import type { World } from "@headroom/loops/world";
import { describe, expect, test } from "vitest";
import { boundsVectors } from "./documented/bounds.ts";
import { concurrencyVectors } from "./documented/concurrency.ts";
import { inFloorMode } from "./documented/floor-mode.ts";
import { groupVectors } from "./documented/groups.ts";
import { metricVectors } from "./documented/metrics.ts";
import { outgoingVectors } from "./documented/outgoing.ts";
import { noting, type Recorded, recordedText } from "./documented/recorded.ts";
import { registeredVectors } from "./documented/registered.ts";
import { startDocumented } from "./documented/server.ts";
import { taskVectors } from "./documented/tasks.ts";
import type { Vector } from "./documented/vector.ts";

const vectors: Record<string, readonly Vector[]> = {
  "ECS services": taskVectors,
  "Auto Scaling groups": groupVectors,
  "Lambda concurrency": concurrencyVectors,
  "Application Auto Scaling": [...boundsVectors, ...registeredVectors],
  CloudWatch: metricVectors,
  "EventBridge and SQS": outgoingVectors,
};

const recorded: Recorded = new Map();

/** Ids of the targets that the vectors ask for. */
const TARGETS = ["web", "api", "jobs", "readers", "replicas", "table"];

function worldAt(endpoint: string, isFloor: boolean): World {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const reached = { endpoint, region: "us-east-1", credentials, maxAttempts: 1 };
  const queue = (name: string) => `${endpoint}/123456789012/${name}`;
  const own = { table: "headroom", shardQueue: queue("shards"), deadLetterQueue: queue("dead"), bus: "headroom" };
  return createAwsWorld({ targets: inFloorMode(isFloor ? TARGETS : []) }, { ...reached, ...own });
}

describe.each(Object.entries(vectors))("as AWS documents %s", (_, each) => {
  test.each(each)("$what", async ({ script, ask, gives, isFloor = false }) => {
    const sent = await startDocumented(script);
    const world = noting(worldAt(sent.endpoint, isFloor), recorded, sent, () => isFloor);
    const given = await ask(world, sent).finally(sent.close);
    expect({ given }).toMatchObject({ given: gives });
  });
});

test("what was sent is what is written down; `npm test -- -u` writes it down", async () => {
  await expect(recordedText(recorded)).toMatchFileSnapshot("documented/recorded.json");
});
