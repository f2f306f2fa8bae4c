import { describe, expect, it } from "vitest";
import { result, scripted, unregistered } from "../../../test/builders/aws.ts";
import { fleetOf, service } from "../../../test/builders/look.ts";
import { json, jsonError, type Script, xml, xmlError } from "../../../test/contract/documented/server.ts";
import { type Diagnosis, diagnose } from "./doctor.ts";

const caller = result("GetCallerIdentity", { Arn: "arn:aws:iam::111122223333:user/ann", Account: "111122223333" });

/** An account in which all is well, but for what is said otherwise. */
function account(otherwise: Script = {}): Script {
  const seconds = Math.floor(Date.now() / 1000);
  const running = { serviceName: "web", status: "ACTIVE", desiredCount: 3, runningCount: 3, pendingCount: 0 };
  const MetricDataResults = [{ Id: "s0", StatusCode: "Complete", Timestamps: [seconds - 120], Values: [5] }];
  return {
    "sts:GetCallerIdentity": [caller],
    "iam:SimulatePrincipalPolicy": [xmlError("AccessDenied", "not you", 403)],
    "ecs:DescribeServices": [json({ services: [running] })],
    "cloudwatch:GetMetricData": [json({ MetricDataResults })],
    "autoscaling:DescribePolicies": [xml("DescribePolicies", "<ScalingPolicies/>")],
    "autoscaling:DescribeScheduledActions": [xml("DescribeScheduledActions", "<ScheduledUpdateGroupActions/>")],
    ...unregistered,
    ...otherwise,
  };
}

// The server's answers carry the time of this machine, so that is the clock here.
const clock = { now: () => Date.now() / 1000 };

async function diagnosed(script: Script) {
  const { settings, server } = await scripted(script);
  const fleet = fleetOf({
    web: service(),
    batch: service({ resource: { kind: "auto-scaling-group", group: "batch" } }),
  });
  return { diagnosis: await diagnose(fleet, { settings, clock }), server };
}

function told({ findings }: Diagnosis, about: string | undefined) {
  return findings.filter(({ target }) => target === about).map(({ check, status }) => `${check}: ${status}`);
}

describe("diagnose", () => {
  it("asks for everything, and changes nothing", async () => {
    const { diagnosis, server } = await diagnosed(account());
    expect(diagnosis).toMatchObject({ caller: "arn:aws:iam::111122223333:user/ann", region: "eu-west-1" });
    expect(told(diagnosis, "web")).toEqual([
      "target: ok",
      "bounds: ok",
      "other scalers: ok",
      "deployments: ok",
      "signals: ok",
    ]);
    expect(told(diagnosis, undefined)).toEqual([
      "credentials: ok",
      "permissions: notChecked",
      "endpoint: ok",
      "clock: ok",
    ]);
    const reading = /:(Get|Describe|List|Simulate)/;
    expect(server.actions().filter((action) => !reading.test(action))).toEqual([]);
  });

  it("keeps what goes wrong with one kind of target from the others", async () => {
    const { diagnosis } = await diagnosed(account());
    // The script knows no groups: what AWS answers there, nobody can read.
    expect(told(diagnosis, "batch")).toEqual(["target: problem", "signals: ok"]);
    expect(told(diagnosis, "web")).toContain("target: ok");
  });

  it("finds a group that does not exist", async () => {
    const none = xml("DescribeAutoScalingGroups", "<AutoScalingGroups/>");
    const { diagnosis } = await diagnosed(account({ "autoscaling:DescribeAutoScalingGroups": [none] }));
    const finding = diagnosis.findings.find(({ target, check }) => target === "batch" && check === "target");
    expect(finding?.says).toContain("NotFound: Auto Scaling group batch does not exist");
  });

  it("looks at nothing else when AWS does not know who asks", async () => {
    const script = account({ "sts:GetCallerIdentity": [xmlError("ExpiredToken", "The token has expired", 403)] });
    const { diagnosis, server } = await diagnosed(script);
    expect(diagnosis.caller).toBeUndefined();
    const fix = expect.stringContaining("log in");
    expect(diagnosis.findings).toMatchObject([{ check: "credentials", status: "problem", fix }]);
    expect(server.actions()).toEqual(["sts:GetCallerIdentity"]);
  });

  it("knows that an endpoint is there when it refuses", async () => {
    const refused = jsonError("AccessDeniedException", "no", 403);
    const { diagnosis } = await diagnosed(account({ "ecs:DescribeServices": [refused] }));
    expect(told(diagnosis, undefined)).toContain("endpoint: ok");
    expect(told(diagnosis, "web")).toEqual(["target: problem", "deployments: notChecked", "signals: ok"]);
  });

  it("knows when one is not", async () => {
    const { settings } = await scripted(account());
    const gone = { ...settings, endpoints: { ECS: "http://127.0.0.1:1" } };
    const diagnosis = await diagnose(fleetOf({ web: service() }), { settings: gone, clock });
    const endpoints = diagnosis.findings.filter(({ check }) => check === "endpoint");
    expect(endpoints.map(({ status }) => status).toSorted()).toEqual(["ok", "problem"]);
  });
});
