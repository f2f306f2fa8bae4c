import { type Diagnosis, diagnose } from "@headroom/aws/doctor";
import { parseConfig } from "@headroom/decisions/config/define";
import { signalKey } from "@headroom/decisions/config/signals";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { metric, signal } from "../builders/decisions.ts";
import { type Emulator, startEmulator } from "./emulators/emulator.ts";
import { moto } from "./emulators/moto.ts";
import { type Recorder, startRecorder } from "./recorder.ts";
import { CREDENTIALS, REGION, type SeedClients, seedClients } from "./seeds/clients.ts";
import { publish } from "./seeds/metrics.ts";
import { fill } from "./seeds/queues.ts";
import { seeds } from "./seeds/registry.ts";
import { motoStandIns } from "./stand-ins.ts";

// `headroom doctor` over the wire. moto has no IAM simulator: it says so with a page for browsers.

const clock = { now: () => Date.now() / 1000 };
const GIVEN = { units: 3, min: 1, max: 10 };

/** An ECS service with a policy of its own that may lower, a group without, and one that does not exist. */
async function fleetAt(clients: SeedClients) {
  const native = { scaleIn: true };
  const web = await seeds["ecs-service"].create(clients, "web", { kind: "ecs-service", ...GIVEN, native });
  const batch = await seeds["auto-scaling-group"].create(clients, "batch", { kind: "auto-scaling-group", ...GIVEN });
  await fill(clients, { name: "jobs", visible: 1, inFlight: 0 });
  const minute = Math.floor(clock.now() / 60) * 60;
  await publish(clients, { namespace: "App", metric: "load", samples: [{ ago: 120, values: [5] }] }, minute);
  const tracking = { kind: "target-tracking", of: "total", target: 10 } as const;
  const policies = [{ ...tracking, signals: [metric("load")] }];
  const blind = [{ ...tracking, signals: [metric("silence")] }];
  const bounds = { min: 1, max: 10 };
  return parseConfig(
    {
      name: "shop",
      targets: {
        web: { ...bounds, resource: web.resource, policies },
        batch: { ...bounds, max: 11, resource: batch.resource, policies: blind },
        gone: { ...bounds, resource: seeds["ecs-service"].missing, policies },
      },
    },
    "the test",
  );
}

describe("headroom doctor, on moto", () => {
  let emulator: Emulator;
  let recorder: Recorder;
  let diagnosis: Diagnosis;
  beforeAll(async () => {
    emulator = await startEmulator(moto);
    recorder = await startRecorder(emulator.endpoint, motoStandIns);
    const fleet = await fleetAt(seedClients(emulator.endpoint, { hasScalableTargets: true }));
    const settings = { endpoint: recorder.endpoint, region: REGION, credentials: CREDENTIALS, maxAttempts: 1 };
    diagnosis = await diagnose(fleet, { settings, clock });
  });
  afterAll(async () => {
    await recorder?.close();
    await emulator?.stop();
  });

  const found = (target: string | undefined) =>
    Object.fromEntries(diagnosis.findings.filter((each) => each.target === target).map((each) => [each.check, each]));

  it("knows who asks, and that moto simulates no permissions", () => {
    expect(found(undefined)).toMatchObject({
      ...{ credentials: { status: "ok" }, permissions: { status: "notChecked" } },
      ...{ endpoint: { status: "ok" }, clock: { status: "ok" } },
    });
  });

  it("finds another scaler, and what to do about it", () => {
    expect(found("web")).toMatchObject({
      ...{ target: { status: "ok" }, bounds: { status: "ok" }, deployments: { status: "ok" } },
      "other scalers": { status: "problem", says: expect.stringContaining("disable its scale-in") },
      signals: { status: "ok", says: expect.stringContaining(signalKey(signal("load"))) },
    });
  });

  it("finds bounds that cannot be reached, and a metric that is not there", () => {
    expect(found("batch")).toMatchObject({
      ...{ target: { status: "ok" }, "other scalers": { status: "ok" } },
      bounds: { status: "problem", says: expect.stringContaining("Its own maximum is 10") },
      signals: { status: "problem", says: expect.stringContaining("would be blind") },
    });
  });

  it("finds what does not exist", () => {
    expect(found("gone")).toMatchObject({ target: { status: "problem", says: expect.stringContaining("NotFound") } });
  });

  it("changes nothing", () => {
    expect(recorder.actions().filter((action) => !/:(Get|Describe|List|Simulate)/.test(action))).toEqual([]);
  });
});
