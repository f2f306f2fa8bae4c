import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";

const service = { kind: "ecs-service", cluster: "shop", service: "web" };
const group = { kind: "auto-scaling-group", group: "search" };
const metric = { source: "cloudwatch", namespace: "AWS/ECS", metric: "CPUUtilization", statistic: "Average" };
const tracking = { kind: "target-tracking", of: "average", target: 60, signals: [metric] };
const draining = { kind: "queue", queue: "images", drainWithin: "5m", secondsPerMessage: 2 };
const windows = [{ start: "0 9 * * *", end: "0 18 * * *", zone: "UTC", floor: 3 }];
const scheduled = { kind: "schedule", windows };

/** The SDK clients that Node itself loads while it runs a program here: a process of its own has loaded nothing before. */
function clientsOf(program: string): string[] {
  const script = `
    import { registerHooks } from "node:module";
    const clients = new Set();
    registerHooks({
      load(url, context, next) {
        const [, client] = /@aws-sdk\\/client-([a-z0-9-]+)\\//.exec(url) ?? [];
        if (client !== undefined) clients.add(client);
        return next(url, context);
      },
    });
    ${program}
    console.log(JSON.stringify([...clients].sort()));`;
  const options = { cwd: import.meta.dirname, encoding: "utf8" } as const;
  return JSON.parse(execFileSync(process.execPath, ["--input-type=module", "--eval", script], options));
}

function loadedFor(resource: object, policy: object): string[] {
  const config = { name: "shop", targets: { it: { resource, min: 1, max: 9, policies: [policy] } } };
  return clientsOf(`
    const { parseConfig } = await import("@headroom/decisions/config/define");
    const { loadFor } = await import("@headroom/aws/load");
    await loadFor(parseConfig(${JSON.stringify(config)}, "it"));`);
}

describe("the SDK clients", () => {
  it("are not there for those who only ask for permissions", () => {
    expect(clientsOf('await import("@headroom/aws/grants");')).toEqual([]);
  });

  it.each([
    ["a service with metrics", service, tracking, ["application-auto-scaling", "cloudwatch", "ecs"]],
    ["a group with a queue, and its age", group, draining, ["auto-scaling", "cloudwatch", "sqs"]],
    ["a group with a schedule", group, scheduled, ["auto-scaling"]],
  ])("of a fleet are those of its kinds and signals: %s", (_, resource, policy, clients) => {
    expect(loadedFor(resource, policy)).toEqual(clients);
  });
});
