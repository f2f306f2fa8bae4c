import { Denied, Throttled } from "@headroom/decisions/errors";
import { describe, expect, test } from "vitest";
import { createCalls } from "./calls.ts";
import { createClock } from "./clock.ts";
import { createFaults } from "./faults.ts";
import { createInvocations } from "./invocations.ts";
import { stream } from "./random.ts";

function wired(seed = 1) {
  const clock = createClock(1000);
  const faults = createFaults(() => {});
  const { invoke, die, never, current } = createInvocations();
  const invocations = { invoke, die, never, current };
  const call = createCalls({ clock, random: stream(seed, "latency"), faults, invocations });
  const done: string[] = [];
  const publish = call("publish", (name: string) => {
    done.push(name);
    return name;
  });
  const read = call(
    "signals.read",
    (name: string) => `${name} seen`,
    (name) => `${name} failed`,
  );
  return { clock, faults, invocations, invoke, done, publish, read };
}

describe("a call", () => {
  test("has its effect, and takes time only in an invocation", async () => {
    const wire = wired();
    expect(await wire.publish("a")).toBe("a");
    expect(wire.clock.now()).toBe(1000);
    expect(await wire.invoke(() => wire.publish("b"))).toEqual({ is: "done", value: "b" });
    expect(wire.clock.now()).toBeGreaterThan(1000);
    expect(wire.clock.now()).toBeLessThan(1000.1);
    expect(wire.done).toEqual(["a", "b"]);
  });

  test.each([
    { how: "throttled", error: Throttled, done: [] },
    { how: "denied", error: Denied, done: [] },
    { how: "unanswered", error: Throttled, done: ["a"] },
  ] as const)("that is to be $how throws", async ({ how, error, done }) => {
    const wire = wired();
    wire.faults.fail("publish", how);
    await expect(wire.publish("a")).rejects.toThrow(error);
    expect(wire.done).toEqual(done);
  });

  test("that is to answer with failures does so", async () => {
    const wire = wired();
    wire.faults.fail("signals.read", "answers");
    expect(await wire.read("cpu")).toBe("cpu failed");
  });
});

test.each([
  { what: "a window", when: { from: 1010, until: 1020 }, failing: [1010, 1019] },
  { what: "a number of calls", when: { times: 2 }, failing: [1009, 1010] },
  { what: "a number of calls in a window", when: { from: 1010, times: 1 }, failing: [1010] },
])("a fault lasts for $what, and is of one port", async ({ when, failing }) => {
  const wire = wired();
  wire.faults.fail("publish", "throttled", when);
  const failed: number[] = [];
  for (const at of [1009, 1010, 1019, 1020]) {
    await wire.clock.advanceTo(at);
    await wire.read("cpu");
    await wire.publish("a").catch(() => failed.push(at));
  }
  expect(failed).toEqual(failing);
});

test("faults and crashes that have not happened can be taken back", async () => {
  const wire = wired();
  wire.faults.fail("publish", "throttled");
  wire.faults.crashAt(1, "before");
  wire.faults.clear();
  expect(await wire.publish("a")).toBe("a");
});

describe("a crash", () => {
  test.each([
    { when: "before", done: ["a"] },
    { when: "after", done: ["a", "b"] },
  ] as const)("$when the effect of a call ends the invocation: nothing after it runs", async ({ when, done }) => {
    const wire = wired();
    const after: string[] = [];
    await wire.read("cpu");
    const crashed = wire.faults.crashAt(2, when);
    const ended = await wire.invoke(async () => {
      try {
        await wire.publish("a");
        await wire.publish("b");
        await wire.publish("c");
      } catch {
        after.push("catch");
      } finally {
        after.push("finally");
      }
    });
    await crashed;
    expect(ended).toEqual({ is: "crashed" });
    expect(wire.done).toEqual(done);
    expect(after).toEqual([]);
    expect(await wire.invoke(() => wire.publish("d"))).toEqual({ is: "done", value: "d" });
  });

  test("ends what the invocation does at the same time, and nothing of another one", async () => {
    const wire = wired();
    wire.faults.crashAt(1, "before");
    const names = ["a", "b", "c", "d"];
    const dying = wire.invoke(() => Promise.all(names.map((name) => wire.publish(name))));
    expect(await dying).toEqual({ is: "crashed" });
    const [first, second] = await Promise.all([
      wire.invoke(() => wire.publish("x")),
      wire.invoke(() => wire.publish("y")),
    ]);
    expect([first.is, second.is]).toEqual(["done", "done"]);
    expect(wire.done.toSorted()).toEqual(["x", "y"]);
  });

  test("keeps the answers to calls that were under way from who made them", async () => {
    const wire = wired();
    const { promise: stored, resolve: store } = Promise.withResolvers<string>();
    const save = createCalls({ ...wire, random: stream(1, "x") })("shards.save", () => stored);
    const after: string[] = [];
    const saving = async () => after.push(await save());
    const ended = wire.invoke(async () => {
      const saved = saving();
      while (wire.faults.calls() === 0) await undefined;
      wire.faults.crashAt(1, "before");
      await Promise.all([saved, wire.publish("a")]);
    });
    expect(await ended).toEqual({ is: "crashed" });
    store("late");
    await wire.invoke(() => wire.publish("b"));
    expect(after).toEqual([]);
    expect(wire.done).toEqual(["b"]);
  });

  test("hides that the effect failed", async () => {
    const wire = wired();
    wire.faults.crashAt(1, "after");
    const failing = createCalls({ ...wire, random: stream(1, "x") })("publish", () => {
      throw new Error("no");
    });
    expect(await wire.invoke(() => failing())).toEqual({ is: "crashed" });
  });
});

test("an invocation that throws says so, at once or later", async () => {
  const wire = wired();
  const error = new Error("no");
  expect(await wire.invoke(() => Promise.reject(error))).toEqual({ is: "threw", error });
  expect(
    await wire.invoke(() => {
      throw error;
    }),
  ).toEqual({ is: "threw", error });
});

test("calls are counted, so that each can be crashed in turn", async () => {
  const wire = wired();
  await wire.publish("a");
  await wire.read("cpu");
  expect(wire.faults.calls()).toBe(2);
});

test("two invocations at once take turns as chance has it, the same for the same seed", async () => {
  const order = async (seed: number) => {
    const wire = wired(seed);
    const work = (name: string) => async () => {
      for (let step = 0; step < 5; step += 1) await wire.publish(name);
    };
    await Promise.all([wire.invoke(work("a")), wire.invoke(work("b"))]);
    return wire.done.join("");
  };
  const orders = await Promise.all(Array.from({ length: 20 }, (_, seed) => order(seed)));
  expect(new Set(orders).size).toBeGreaterThan(5);
  expect(await order(3)).toBe(orders[3]);
});
