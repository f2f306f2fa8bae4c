import { describe, expect, it } from "vitest";
import { members, result, scripted } from "../../../../test/builders/aws.ts";
import { fleetOf, lookAt, service } from "../../../../test/builders/look.ts";
import { type Answer, xml, xmlError } from "../../../../test/contract/documented/server.ts";
import { permissions } from "./permissions.ts";

const SIMULATE = "iam:SimulatePrincipalPolicy";
const ANN = "arn:aws:iam::111122223333:user/ann";
const fleet = fleetOf({
  web: service({ mode: "control" }),
  quiet: service({ resource: { kind: "auto-scaling-group", group: "g" } }),
});

/** The numbered values of a list of the Query protocol. */
function listed(parameters: URLSearchParams, name: string): string[] {
  return [...parameters].filter(([key]) => key.startsWith(`${name}.member.`)).map(([, value]) => value);
}

/** IAM's answer to each question: allowed, but for what is decided otherwise. */
function deciding(decide: (action: string) => object = () => ({})) {
  return (request: string): Answer => {
    const parameters = new URLSearchParams(request);
    const results = listed(parameters, "ActionNames").flatMap((EvalActionName) =>
      listed(parameters, "ResourceArns").map((EvalResourceName) => {
        return { EvalActionName, EvalResourceName, EvalDecision: "allowed", ...decide(EvalActionName) };
      }),
    );
    return xml("SimulatePrincipalPolicy", `<EvaluationResults>${members(results)}</EvaluationResults>`);
  };
}

async function simulated(
  answer: ReturnType<typeof deciding> | Answer,
  more: Partial<Parameters<typeof lookAt>[2]> = {},
) {
  const role = result("GetRole", { Role: { Arn: "arn:aws:iam::111122223333:role/sso/Admin" } });
  const { connect, posted } = await scripted({ [SIMULATE]: [answer], "iam:GetRole": [role] });
  return { found: await permissions.run(lookAt(fleet, {}, { connect, ...more })), posted: posted(SIMULATE) };
}

describe("permissions", () => {
  it("are simulated for who asks, all that the fleet needs", async () => {
    const { found, posted } = await simulated(deciding());
    expect(found).toMatchObject([{ status: "ok", says: expect.stringMatching(/user\/ann may do all \d+ things/) }]);
    expect(new Set(posted.map(({ PolicySourceArn }) => PolicySourceArn))).toEqual(new Set([ANN]));
    const actions = posted.flatMap((each) => listed(new URLSearchParams(each), "ActionNames"));
    expect(actions).toEqual(expect.arrayContaining(["ecs:UpdateService", "cloudwatch:GetMetricData"]));
  });

  it("under a condition are simulated for what meets it", async () => {
    const resource = { kind: "ecs-service", cluster: "shop", service: "web", taskProtection: true } as const;
    const { connect, posted } = await scripted({ [SIMULATE]: [deciding()] });
    await permissions.run(lookAt(fleetOf({ web: service({ resource }) }), {}, { connect }));
    const listing = posted(SIMULATE).filter((each) => Object.values(each).includes("ecs:ListTasks"));
    expect(listing).toMatchObject([
      {
        "ContextEntries.member.1.ContextKeyName": "ecs:cluster",
        "ContextEntries.member.1.ContextKeyValues.member.1": "arn:aws:ecs:eu-west-1:111122223333:cluster/shop",
      },
    ]);
  });

  it("that are denied are a problem of the targets that need them", async () => {
    const denied = deciding((action) => (action === "ecs:UpdateService" ? { EvalDecision: "implicitDeny" } : {}));
    const { found } = await simulated(denied);
    const says = `${ANN} may not do ecs:UpdateService on arn:aws:ecs:eu-west-1:111122223333:service/shop/web.`;
    expect(found).toMatchObject([{ target: "web", status: "problem", says }]);
  });

  it("that depend on what only a real call has are not known", async () => {
    const MissingContextValues = ["aws:SourceIp"];
    const open = deciding((action) =>
      action === "ecs:UpdateService" ? { EvalDecision: "implicitDeny", MissingContextValues } : {},
    );
    const { found } = await simulated(open);
    expect(found).toMatchObject([{ target: "web", status: "notChecked", says: expect.stringContaining("conditions") }]);
  });

  it("are those of the role behind a session, by the role's whole name", async () => {
    const { posted } = await simulated(deciding(), { caller: "arn:aws:sts::111122223333:assumed-role/Admin/ann" });
    expect(posted[0]?.PolicySourceArn).toBe("arn:aws:iam::111122223333:role/sso/Admin");
  });

  it("are those of a role that was named", async () => {
    const role = "arn:aws:iam::111122223333:role/headroom-tick";
    const { posted } = await simulated(deciding(), { role });
    expect(posted[0]?.PolicySourceArn).toBe(role);
  });

  it.each([
    ["may not be simulated", xmlError("AccessDenied", "not you", 403), {}, "was not simulated. Denied"],
    ["are of nobody", xmlError("NoSuchEntity", "no such user", 404), {}, "was not simulated. NotFound"],
    ["are root's", deciding(), { caller: "arn:aws:iam::111122223333:root" }, "IAM cannot simulate"],
    ["are not all answered", xml("SimulatePrincipalPolicy", "<EvaluationResults/>"), {}, "answered 0 of"],
  ])("that %s are not checked, which is not ok", async (_, answer, more, says) => {
    const { found } = await simulated(answer, more);
    expect(found).toMatchObject([{ status: "notChecked", says: expect.stringContaining(says) }]);
  });

  it("of targets with a role of their own are simulated in it", async () => {
    const role = "arn:aws:iam::444455556666:role/headroom";
    const there = fleetOf({ far: service({ account: "444455556666", role }) });
    const credentials = {
      AccessKeyId: "A",
      SecretAccessKey: "s",
      SessionToken: "t",
      Expiration: "2099-01-01T00:00:00Z",
    };
    const assumed = result("AssumeRole", { Credentials: credentials });
    const { connect, posted } = await scripted({ [SIMULATE]: [deciding()], "sts:AssumeRole": [assumed] });
    const found = await permissions.run(lookAt(there, {}, { connect }));
    expect(found.map(({ status }) => status)).toEqual(["ok", "ok"]);
    const asked = posted(SIMULATE).map((each) => [each.PolicySourceArn, each["ActionNames.member.1"]]);
    expect(asked).toEqual(
      expect.arrayContaining([
        [ANN, "sts:AssumeRole"],
        [role, "ecs:DescribeServices"],
      ]),
    );
  });
});
