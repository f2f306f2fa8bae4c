import { CreateFunctionCommand, InvokeCommand } from "@aws-sdk/client-lambda";
import { strToU8, zipSync } from "fflate";
import { expect } from "vitest";
import type { Story } from "./story.ts";

const CODE = "exports.handler = async () => process.version;";

/** What the functions run on. */
export const runtime: Story = (deployed, check) => {
  check("functions run on Node 24, as those of Lambda do", async () => {
    const { here, parts } = deployed();
    const ZipFile = zipSync({ "index.js": strToU8(CODE) });
    const FunctionName = "version";
    await here.lambda.send(
      new CreateFunctionCommand({
        ...{ FunctionName, Role: parts.tick.role, Runtime: "nodejs24.x", Handler: "index.handler", Code: { ZipFile } },
      }),
    );
    const { Payload } = await here.lambda.send(new InvokeCommand({ FunctionName }));
    expect(Payload?.transformToString()).toMatch(/^"v24\./);
  });
};
