import { describe, expect, it } from "vitest";
import { answered, exchange, heard, silent } from "../../../../test/builders/look.ts";
import type { Status } from "./check.ts";
import { endpoints } from "./endpoints.ts";
import type { Exchange } from "./traffic.ts";

describe("endpoints", () => {
  it.each<[what: string, exchanges: Exchange[], status: Status, says: string]>([
    ["a refusal is an answer", [exchange(answered())], "ok", "(ecs) answers, within 250 ms."],
    ["silence", [exchange(silent), exchange(silent)], "problem", "cannot be reached: ECONNREFUSED."],
    ["silence now and then", [exchange(silent), exchange(answered())], "warning", "1 of 2 times: ECONNREFUSED."],
  ])("%s", async (_, exchanges, status, says) => {
    expect(await heard(endpoints, exchanges)).toEqual([[status, expect.stringContaining(says)]]);
  });

  it("are told apart by host", async () => {
    const other = exchange(silent, { host: "sqs.eu-west-1.amazonaws.com", service: "SQS" });
    expect((await heard(endpoints, [exchange(answered()), other])).map(([status]) => status)).toEqual([
      "ok",
      "problem",
    ]);
  });
});
