import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { result, scripted } from "../builders/aws.ts";
import { json, type Script, xmlError } from "../contract/documented/server.ts";
import { headroom, newFolder } from "./headroom.ts";

// The command as people run it, against AWS as a script has it.

const CONFIG = `export default {
  name: "shop",
  targets: {
    jobs: {
      resource: { kind: "event-source-concurrency", function: "resize", mapping: "a1" },
      min: 2,
      max: 50,
      policies: [{ kind: "queue", queue: "images", drainWithin: "5m", secondsPerMessage: 2 }],
    },
  },
};
`;

let folder: string;
beforeAll(async () => {
  folder = await newFolder();
  await writeFile(join(folder, "headroom.config.ts"), CONFIG);
});
afterAll(() => rm(folder, { recursive: true }));

const attributes = {
  ...{ ApproximateNumberOfMessages: "0", ApproximateNumberOfMessagesNotVisible: "0" },
  ApproximateNumberOfMessagesDelayed: "0",
};

/** Every query has one datapoint, of two minutes ago. */
function metrics(request: string) {
  const { MetricDataQueries } = JSON.parse(request);
  const at = [Math.floor(Date.now() / 1000) - 120];
  return json({
    MetricDataResults: MetricDataQueries.map(({ Id }: { Id: string }) => {
      return { Id, StatusCode: "Complete", Timestamps: at, Values: [1] };
    }),
  });
}

function account(mapping: object): Script {
  const FunctionArn = "arn:aws:lambda:eu-west-1:111122223333:function:resize";
  return {
    "sts:GetCallerIdentity": [
      result("GetCallerIdentity", { Arn: "arn:aws:iam::111122223333:user/ann", Account: "111122223333" }),
    ],
    "iam:SimulatePrincipalPolicy": [xmlError("AccessDenied", "not you", 403)],
    "lambda:GetEventSourceMapping": [json({ UUID: "a1", State: "Enabled", FunctionArn, ...mapping })],
    "sqs:GetQueueUrl": [json({ QueueUrl: "http://127.0.0.1/111122223333/images" })],
    "sqs:GetQueueAttributes": [json({ Attributes: attributes })],
    "cloudwatch:GetMetricData": [metrics],
  };
}

async function doctor(mapping: object, args: readonly string[] = [], env: Record<string, string> = {}) {
  const { server } = await scripted(account(mapping));
  const reached = { AWS_ENDPOINT_URL: server.endpoint, AWS_REGION: "eu-west-1" };
  const keys = { AWS_ACCESS_KEY_ID: "nobody", AWS_SECRET_ACCESS_KEY: "secret" };
  return headroom(folder, ["doctor", ...args], { env: { ...reached, ...keys, ...env } });
}

const limited = { ScalingConfig: { MaximumConcurrency: 5 } };

describe("headroom doctor", { timeout: 60_000 }, () => {
  it("says what it found by target, and that it is safe", async () => {
    const { code, stdout, stderr } = await doctor(limited);
    expect(stderr).toContain("No problem was found. 1 could not be checked: look at those yourself.");
    expect(stdout).toMatch(/^TARGET +CHECK +RESULT +FOUND$/m);
    expect(stdout).toMatch(
      /^\(all\) +credentials +ok +Asked as arn:aws:iam::111122223333:user\/ann, in Region eu-west-1\.$/m,
    );
    expect(stdout).toMatch(/^ +permissions +not checked +.*\n +-> allow iam:SimulatePrincipalPolicy/m);
    expect(stdout).toMatch(/^jobs +target +ok +It exists: 5 set, 5 ready\.$/m);
    expect(stdout).toMatch(/^ +signals +ok +queue images can be read\.$/m);
    expect(code).toBe(0);
  });

  it("ends with 3 where control would not be safe, with what to do", async () => {
    const { code, stdout, stderr } = await doctor({});
    expect(stdout).toMatch(/^jobs +event source +PROBLEM +.*no maximum concurrency.*\n +-> aws lambda update-event/m);
    expect(stderr).toContain("error: Not safe for control: 1 problem in jobs");
    expect(code).toBe(3);
  });

  it("prints JSON that says the same", async () => {
    const { stdout } = await doctor({}, ["--json"]);
    const { fleet, caller, findings } = JSON.parse(stdout);
    expect({ fleet, caller }).toEqual({ fleet: "shop", caller: "arn:aws:iam::111122223333:user/ann" });
    expect(findings).toContainEqual(
      expect.objectContaining({ check: "event source", target: "jobs", status: "problem", fix: expect.any(String) }),
    );
  });

  it("ends with 1 where nothing could be checked, and with 2 without a Region", async () => {
    const nowhere = { AWS_ENDPOINT_URL: "http://127.0.0.1:1", AWS_EC2_METADATA_DISABLED: "true" };
    const unreachable = await doctor({}, [], nowhere);
    expect(unreachable.stderr).toContain("error: Nothing was checked: AWS does not know who asks");
    expect(unreachable.code).toBe(1);
    const regionless = await doctor({}, [], { AWS_REGION: "", AWS_CONFIG_FILE: join(folder, "none") });
    expect(regionless).toMatchObject({ code: 2, stdout: "" });
    expect(regionless.stderr).toContain("error: No Region is named: set AWS_REGION");
  });
});

it("headroom cost prints JSON", { timeout: 60_000 }, async () => {
  const { code, stdout } = await headroom(folder, ["cost", "--for", "10m", "--json"]);
  const { fleet, targets, playedSeconds, usd, lines } = JSON.parse(stdout);
  expect({ code, fleet, targets, playedSeconds }).toEqual({ code: 0, fleet: "shop", targets: 1, playedSeconds: 600 });
  const total = lines.reduce((sum: number, line: { usd: number }) => sum + line.usd, 0);
  expect(usd).toBeCloseTo(total, 9);
});
