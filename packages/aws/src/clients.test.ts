import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { promisify } from "node:util";
import { ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { DescribeServicesCommand, ECSClient } from "@aws-sdk/client-ecs";
import { describe, expect, it, onTestFinished } from "vitest";
import * as z from "zod";
import { result, scripted } from "../../../test/builders/aws.ts";
import { json } from "../../../test/contract/documented/server.ts";
import { connections, dynamoClient } from "./clients.ts";

const ROLE = "arn:aws:iam::444455556666:role/headroom";
const assumed = result("AssumeRole", {
  Credentials: {
    ...{ AccessKeyId: "ASSUMED", SecretAccessKey: "secret", SessionToken: "token" },
    Expiration: "2099-01-01T00:00:00Z",
  },
});

const ecs = (connect: ReturnType<typeof connections>) =>
  connect("ECS", (configuration) => new ECSClient(configuration));

describe("connections", () => {
  it("make one client for each place, when it is first used", async () => {
    const { connect } = await scripted({});
    let made = 0;
    const client = connect("ECS", (configuration) => {
      made += 1;
      return new ECSClient(configuration);
    });
    expect(made).toBe(0);
    expect(client()).toBe(client({}));
    expect(client({ region: "us-east-1" })).toBe(client({ region: "us-east-1" }));
    expect(made).toBe(2);
    expect(await client({ region: "us-east-1" }).config.region()).toBe("us-east-1");
    expect(await client().config.region()).toBe("eu-west-1");
  });

  it("act with a target's role, assumed once for all clients of its place", async () => {
    const { connect, server, posted } = await scripted({
      "sts:AssumeRole": [assumed],
      "ecs:DescribeServices": [json({ services: [] })],
    });
    const place = { account: "444455556666", role: ROLE };
    const [one, other] = [ecs(connect)(place), ecs(connect)(place)];
    const command = new DescribeServicesCommand({ services: ["web"] });
    await one.send(command);
    await one.send(command);
    await other.send(command);
    expect(posted("sts:AssumeRole")).toMatchObject([{ RoleArn: ROLE, RoleSessionName: "headroom" }]);
    expect(server.actions().filter((action) => action === "ecs:DescribeServices")).toHaveLength(3);
    expect(await one.config.credentials()).toMatchObject({ accessKeyId: "ASSUMED", sessionToken: "token" });
  });

  it("reach a service by an endpoint of its own before the one of all", async () => {
    const own = await scripted({ "ecs:DescribeServices": [json({ services: [] })] });
    const { settings } = await scripted({}, { endpoints: { ECS: own.server.endpoint } });
    await ecs(connections(settings))().send(new DescribeServicesCommand({ services: ["web"] }));
    expect(own.server.actions()).toEqual(["ecs:DescribeServices"]);
  });
});

it("a call that is never answered fails, and is not waited for", { timeout: 10_000 }, async () => {
  const silent = createServer(() => undefined).listen(0, "127.0.0.1");
  await once(silent, "listening");
  onTestFinished(() => {
    silent.closeAllConnections();
    silent.close();
  });
  const address = z.object({ port: z.number() }).parse(silent.address());
  const { settings } = await scripted({}, { endpoint: `http://127.0.0.1:${address.port}` });
  const client = connections(settings)("ECS", ({ requestHandler, ...rest }) => {
    const soon = "requestTimeout" in requestHandler ? { ...requestHandler, requestTimeout: 20 } : requestHandler;
    return new ECSClient({ ...rest, requestHandler: soon });
  });
  const call = client().send(new DescribeServicesCommand({ services: ["web"] }));
  await expect(call).rejects.toMatchObject({ name: "TimeoutError" });
});

describe("without an endpoint in the settings", () => {
  const program = (service: string) => `
    const { connections, dynamoClient } = await import("./packages/aws/src/clients.ts");
    const { DescribeServicesCommand, ECSClient } = await import("@aws-sdk/client-ecs");
    const { ListTablesCommand } = await import("@aws-sdk/client-dynamodb");
    const settings = { region: "eu-west-1", credentials: { accessKeyId: "a", secretAccessKey: "b" }, maxAttempts: 1 };
    const ecs = connections(settings)("ECS", (configuration) => new ECSClient(configuration));
    await ${service};`;

  it.each([
    ["AWS_ENDPOINT_URL", 'ecs().send(new DescribeServicesCommand({ services: ["web"] }))', "ecs:DescribeServices"],
    ["AWS_ENDPOINT_URL_DYNAMODB", "dynamoClient(settings).send(new ListTablesCommand({}))", "dynamodb:ListTables"],
  ])("%s of the environment counts", async (variable, service, action) => {
    const { server } = await scripted({ [action]: [json({ services: [], TableNames: [] })] });
    const env = { PATH: "", [variable]: server.endpoint };
    const root = `${import.meta.dirname}/../../..`;
    const run = promisify(execFile);
    await run(process.execPath, ["--input-type=module", "--eval", program(service)], { cwd: root, env });
    expect(server.actions()).toEqual([action]);
  });
});

it("DynamoDB is reached as the settings say", async () => {
  const { server, settings } = await scripted({ "dynamodb:ListTables": [json({ TableNames: [] })] });
  await dynamoClient(settings).send(new ListTablesCommand({}));
  expect(server.actions()).toEqual(["dynamodb:ListTables"]);
});
