import { Invalid } from "@headroom/decisions/errors";
import { expect, it } from "vitest";
import { settingsFrom, stateSettingsFrom } from "./settings.ts";

const given = {
  AWS_REGION: "eu-west-1",
  HEADROOM_TABLE: "headroom-production",
  HEADROOM_SHARD_QUEUE_URL: "https://sqs.eu-west-1.amazonaws.com/111122223333/shards",
  HEADROOM_DEAD_LETTER_QUEUE_URL: "https://sqs.eu-west-1.amazonaws.com/111122223333/dead",
  HEADROOM_BUS: "headroom",
};

it("settings are what infra gives each function, whatever else is in the environment", () => {
  expect(settingsFrom({ ...given, PATH: "/bin", _HANDLER: "index.handler" })).toEqual({
    region: "eu-west-1",
    table: "headroom-production",
    shardQueue: given.HEADROOM_SHARD_QUEUE_URL,
    deadLetterQueue: given.HEADROOM_DEAD_LETTER_QUEUE_URL,
    bus: "headroom",
  });
});

it("every variable that is missing or wrong is named at once", () => {
  const { HEADROOM_TABLE: _, ...rest } = given;
  const wrong = () => settingsFrom({ ...rest, HEADROOM_SHARD_QUEUE_URL: "shards" });
  expect(wrong).toThrow(Invalid);
  expect(wrong).toThrow(/HEADROOM_TABLE[\s\S]*HEADROOM_SHARD_QUEUE_URL|HEADROOM_SHARD_QUEUE_URL[\s\S]*HEADROOM_TABLE/);
});

it("a function that only keeps what it finds is told of the table alone", () => {
  const { AWS_REGION, HEADROOM_TABLE } = given;
  expect(stateSettingsFrom({ AWS_REGION, HEADROOM_TABLE })).toEqual({
    region: "eu-west-1",
    table: "headroom-production",
  });
  expect(() => stateSettingsFrom({ AWS_REGION })).toThrow(/HEADROOM_TABLE/);
});
