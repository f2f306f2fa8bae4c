import { describe, expect, it } from "vitest";
import { tracking } from "../../../../test/builders/decisions.ts";
import { fleet } from "./fleet.ts";

const web = {
  resource: { kind: "ecs-service" as const, cluster: "shop", service: "web" },
  ...{ min: 1, max: 20, policies: [tracking()] },
};

function issues(other: object): string[] {
  const targets = { web, other: { ...web, ...other } };
  const found = fleet.safeParse({ name: "shop", targets }).error?.issues ?? [];
  return found.map(({ path, message }) => `${path.join(".")} ${message}`);
}

describe("a resource", () => {
  const refused = ["targets.other.resource is the resource of web too: a resource can be one target's only"];

  it.each([
    ["again", {}, refused],
    ["again, however it is written", { resource: { service: "web", cluster: "shop", kind: "ecs-service" } }, refused],
    ["with another role", { role: "arn:aws:iam::111122223333:role/headroom" }, refused],
    ["of another name", { resource: { ...web.resource, service: "api" } }, []],
    ["in another Region", { region: "us-east-1" }, []],
    ["in another account", { account: "444455556666", role: "arn:aws:iam::444455556666:role/headroom" }, []],
  ])("is one target's only: %s", (_, other, found) => {
    expect(issues(other)).toEqual(found);
  });
});

describe("who is told", () => {
  const parsed = (notify?: readonly string[]) => fleet.safeParse({ name: "shop", targets: { web }, notify });

  it("is nobody, unless addresses are given", () => {
    expect(parsed().data?.notify).toEqual([]);
    expect(parsed(["ada@example.com", "ops@example.com"]).data?.notify).toEqual(["ada@example.com", "ops@example.com"]);
  });

  it.each([[["ada"]], [["https://example.com"]], [["ada@example.com", "Ada@example.com"]]])("is not %j", (notify) => {
    expect(parsed(notify).success).toBe(false);
  });
});
