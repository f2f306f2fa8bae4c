import { expect, it } from "vitest";
import { scripted } from "../../../../test/builders/aws.ts";
import { fleetOf, lookAt, mapped, service } from "../../../../test/builders/look.ts";
import { json, jsonError } from "../../../../test/contract/documented/server.ts";
import type { Status } from "./check.ts";
import { eventSources } from "./event-sources.ts";

const UUID = "a1b2c3d4-5678-90ab-cdef-11111EXAMPLE";
const FunctionArn = "arn:aws:lambda:eu-west-1:111122223333:function:resize";

async function findings(answer: ReturnType<typeof json>) {
  const { connect } = await scripted({ "lambda:GetEventSourceMapping": [answer] });
  const found = await eventSources.run(lookAt(fleetOf({ jobs: mapped(UUID), web: service() }), {}, { connect }));
  return found.map(({ target, status, says }) => [target, status, says]);
}

it.each<[what: string, mapping: object, found: [Status, string][]]>([
  ["with a maximum", { State: "Enabled", ScalingConfig: { MaximumConcurrency: 5 } }, [["ok", "of 5."]]],
  ["without", { State: "Enabled" }, [["problem", "has no maximum concurrency"]]],
  [
    "that is switched off",
    { State: "Disabled", ScalingConfig: { MaximumConcurrency: 5 } },
    [
      ["ok", "of 5."],
      ["warning", "is Disabled"],
    ],
  ],
  [
    "of another function",
    { State: "Enabled", FunctionArn: `${FunctionArn}-other`, ScalingConfig: { MaximumConcurrency: 5 } },
    [
      ["ok", "of 5."],
      ["problem", "resize-other, not of resize."],
    ],
  ],
])("a mapping %s", async (_, mapping, found) => {
  const expected = found.map(([status, says]) => ["jobs", status, expect.stringContaining(says)]);
  expect(await findings(json({ UUID, FunctionArn, ...mapping }))).toEqual(expected);
});

it("gives the command that mends it", async () => {
  const { connect } = await scripted({ "lambda:GetEventSourceMapping": [json({ UUID, FunctionArn })] });
  const [finding] = await eventSources.run(lookAt(fleetOf({ jobs: mapped(UUID) }), {}, { connect }));
  expect(finding?.fix).toBe(
    `aws lambda update-event-source-mapping --uuid ${UUID} --scaling-config MaximumConcurrency=2`,
  );
});

it("says nothing of one that does not exist, and does not know what it may not read", async () => {
  expect(await findings(jsonError("ResourceNotFoundException", "none", 404))).toEqual([]);
  expect(await findings(jsonError("AccessDeniedException", "no", 403))).toMatchObject([
    ["jobs", "notChecked", expect.stringContaining("Denied")],
  ]);
});
