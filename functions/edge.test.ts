import { Invalid, Throttled } from "@headroom/decisions/errors";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { context, keptLog } from "../test/builders/lambda.ts";
import { edge } from "./edge.ts";

const schema = z.strictObject({ count: z.number() });
const summary = (result: number) => ({ result });

function doubling(log: ReturnType<typeof keptLog>["log"], handle = async ({ count }: { count: number }) => 2 * count) {
  return edge({ schema, handle, summary }, log);
}

describe("the edge of a function", () => {
  it("parses, calls, answers, and logs one line with what the result came to", async () => {
    const { log, lines } = keptLog();
    expect(await doubling(log)({ count: 4 }, context())).toBe(8);
    expect(lines).toEqual([["info", "done", { function: "a-function", result: 8 }]]);
  });

  it.each([{}, { count: "4" }, { count: 4, more: 1 }, null, "text"])("refuses %j, in one line", async (event) => {
    const { log, lines } = keptLog();
    let called = 0;
    const handle = async () => ++called;
    await expect(doubling(log, handle)(event, context())).rejects.toThrow(Invalid);
    expect(called).toBe(0);
    expect(lines).toEqual([["error", "failed", expect.objectContaining({ event, error: expect.any(Invalid) })]]);
  });

  it("throws on what it was not made for, so that Lambda tries again, in one line", async () => {
    const { log, lines } = keptLog();
    const failing = async () => {
      throw new Throttled("slow down");
    };
    await expect(doubling(log, failing)({ count: 4 }, context())).rejects.toThrow(Throttled);
    expect(lines).toEqual([["error", "failed", expect.objectContaining({ error: expect.any(Throttled) })]]);
  });

  it("fails by itself before Lambda cuts it off, and says so", async () => {
    const { log, lines } = keptLog();
    const endless = () => new Promise<number>(() => {});
    await expect(doubling(log, endless)({ count: 4 }, context(501))).rejects.toThrow(/abort/i);
    expect(lines.map(([level]) => level)).toEqual(["error"]);
  });
});
