import { Denied, Invalid, Throttled } from "@headroom/decisions/errors";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { batchOf, context, keptLog } from "../test/builders/lambda.ts";
import { createAccount, failing, surrounded } from "../test/loops/world.ts";
import { batchFunction, MOST_RECEIVES } from "./batch.ts";

const schema = z.strictObject({ n: z.number() });

/** A queue whose messages fail when their number is negative. */
function working({ together = false, tries = MOST_RECEIVES, world = createAccount().world } = {}) {
  const { log, lines } = keptLog();
  const handled: number[][] = [];
  const handle = async (messages: { n: number }[]) => {
    handled.push(messages.map(({ n }) => n));
    if (messages.some(({ n }) => n < 0)) throw new Throttled("slow down");
  };
  const work = batchFunction({ type: "test.work", schema, handle, together, tries }, { world, log });
  const receive = (bodies: readonly unknown[], receives = 1) => work(batchOf(bodies, receives), context());
  return { receive, handled, lines };
}

const again = (...ids: string[]) => ({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) });

describe("a batch", () => {
  it("that succeeds comes never again, and is one line", async () => {
    const { receive, handled, lines } = working();
    expect(await receive([{ n: 1 }, { n: 2 }])).toEqual(again());
    expect(handled).toEqual([[1], [2]]);
    expect(lines).toEqual([["info", "done", { function: "a-function", type: "test.work", again: 0 }]]);
  });

  it("gives back what failed, alone", async () => {
    const { receive, handled } = working();
    expect(await receive([{ n: 1 }, { n: -2 }, { n: 3 }])).toEqual(again("m1"));
    expect(handled).toEqual([[1], [-2], [3]]);
  });

  it("that is worked off together is given back together", async () => {
    const { receive, handled } = working({ together: true });
    expect(await receive([{ n: 1 }, { n: -2 }])).toEqual(again("m0", "m1"));
    expect(handled).toEqual([[1, -2]]);
  });

  it("buries what failed for the third time, with its cause, and gives back nothing of it", async () => {
    const account = createAccount();
    const { receive } = working(account);
    expect(await receive([{ n: -1 }, { n: 1 }], MOST_RECEIVES - 1)).toEqual(again("m0"));
    expect(account.buried).toEqual([]);
    expect(await receive([{ n: -1 }, { n: 1 }], MOST_RECEIVES)).toEqual(again());
    expect(account.buried).toEqual([{ type: "test.work", body: '{"n":-1}', cause: "Throttled: slow down" }]);
  });

  it("buries at once what is tried once", async () => {
    const account = createAccount();
    const { receive } = working({ ...account, tries: 1 });
    expect(await receive([{ n: -1 }, { n: 1 }])).toEqual(again());
    expect(account.buried).toMatchObject([{ body: '{"n":-1}', cause: "Throttled: slow down" }]);
  });

  it("buries at once what cannot be read, and works off the rest", async () => {
    const account = createAccount();
    const { receive, handled } = working({ ...account, together: true });
    expect(await receive(["{", { n: "1" }, { n: 2 }])).toEqual(again());
    expect(handled).toEqual([[2]]);
    expect(account.buried).toMatchObject([
      { body: "{", cause: "Invalid: the message is not JSON" },
      { body: '{"n":"1"}', cause: expect.stringContaining("n") },
    ]);
  });

  it("of nothing that can be read is not worked off", async () => {
    const { receive, handled } = working({ together: true });
    expect(await receive(["{"])).toEqual(again());
    expect(handled).toEqual([]);
  });

  it.each([1, MOST_RECEIVES])(
    "loses nothing when what failed cannot be buried: all of it comes again (%i)",
    async (receives) => {
      const account = createAccount();
      const denied = surrounded(account.world, failing("queues.bury", new Denied("not yours")));
      const { receive } = working({ world: denied });
      await expect(receive([receives === 1 ? "{" : { n: -1 }], receives)).rejects.toThrow(Denied);
      expect(account.buried).toEqual([]);
    },
  );

  it("says in the log why something failed", async () => {
    const { receive, lines } = working();
    await receive([{ n: -1 }]);
    expect(lines[0]).toEqual(["error", "failed", { type: "test.work", cause: "Throttled: slow down", messages: 1 }]);
  });

  it.each([{}, { Records: [] }, { Records: [{ body: "{}" }] }])("is refused when it is no batch: %j", async (event) => {
    const { log } = keptLog();
    const work = batchFunction(
      { type: "test.work", schema, handle: async () => {}, together: false, tries: 1 },
      { world: createAccount().world, log },
    );
    await expect(work(event, context())).rejects.toThrow(Invalid);
  });
});
