import { describe, expect, it } from "vitest";
import type { Autoscaler, View } from "./autoscaler.ts";
import { createUnits } from "./fleet.ts";
import { simulate } from "./simulate.ts";

const options = { min: 0, max: 100, startDelay: 120, queue: false };

function load(...minutes: number[]) {
  return { minutes: Float64Array.from(minutes), start: 0, perUnit: 0.5 };
}

/** Asks for these capacities, one a minute; afterwards for the last. */
function script(...capacities: number[]): Autoscaler {
  let index = 0;
  return { every: 60, decide: () => capacities[Math.min(index++, capacities.length - 1)] ?? 0 };
}

/** Looks at each minute and changes nothing. */
function looking(see: (view: View) => void, every = 60): Autoscaler {
  return {
    every,
    decide(view) {
      see(view);
      return view.desired;
    },
  };
}

/** What served, or started, at the beginning of each minute. */
function byMinute(slots: Float64Array): number[] {
  return [...slots].filter((_, slot) => slot % 12 === 0);
}

describe("a simulated target", () => {
  it("has what the first minute needs, and lets units serve after the start delay", () => {
    const { ready, starting, changes } = simulate(load(2, 2, 2, 2, 2), script(5), options);
    expect(byMinute(ready)).toEqual([2, 2, 2, 5, 5]);
    expect(byMinute(starting)).toEqual([0, 3, 3, 0, 0]);
    expect(changes).toBe(1);
  });

  it("takes units away at once", () => {
    expect(byMinute(simulate(load(4, 4, 4), script(1), options).ready)).toEqual([4, 1, 1]);
  });

  it("begins within its bounds, and with what the autoscaler says, if it does", () => {
    const begins = (autoscaler: Autoscaler, min: number, max: number) =>
      simulate(load(9), autoscaler, { ...options, min, max }).ready[0];
    expect(begins(script(9), 0, 4)).toBe(4);
    expect(begins(script(9), 12, 20)).toBe(12);
    expect(begins({ ...script(9), initial: 15 }, 0, 20)).toBe(15);
  });

  it("shows load, what served and how busy it was, and nothing of what comes", () => {
    const seen: number[][] = [];
    const see = ({ now, load: worth, served, utilisation }: View) =>
      seen.push([worth(now - 60, now), served(now - 60, now), utilisation(now - 60, now), worth(now, now + 60)]);
    simulate(load(2, 4), looking(see), options);
    expect(seen).toEqual([
      [2, 2, 1, 0],
      [4, 2, 2, 0],
    ]);
  });

  it("is asked as often as the autoscaler wants", () => {
    const asked: number[] = [];
    simulate(
      load(1, 1),
      looking(({ now }) => asked.push(now), 20),
      options,
    );
    expect(asked).toEqual([20, 40, 60, 80, 100, 120]);
  });

  it("has what served by the slot, so that a change within a minute shows", () => {
    const every15s: Autoscaler = { every: 15, decide: ({ now }) => (now % 30 === 0 ? 3 : 4) };
    const { ready } = simulate(load(3), { ...every15s, initial: 3 }, { ...options, startDelay: 0 });
    expect([...ready]).toEqual([3, 3, 3, 4, 4, 4, 3, 3, 3, 4, 4, 4]);
  });

  it("ends early when it is told to", () => {
    const { ready } = simulate(load(3, 3, 3), script(3), { ...options, goOn: (slot) => slot < 23 });
    expect(byMinute(ready)).toEqual([3, 3, 0]);
    expect([ready[23], ready[24]]).toEqual([3, 0]);
  });

  it("lets messages wait that cannot be worked off", () => {
    const visible: number[] = [];
    const see = ({ queue }: View) => visible.push(queue.visible, queue.inFlight);
    simulate(load(2, 4, 0), looking(see), { ...options, queue: true });
    expect(visible).toEqual([0, 2, 60, 2, 0, 2]); // two units' worth too many for a minute, at half a message a second
  });
});

describe("units", () => {
  it("go newest first: those still starting, then those that serve", () => {
    const units = createUnits(2, 100);
    units.set(4, 0);
    units.set(7, 50);
    units.set(5, 60);
    expect([units.ready(), units.starting()]).toEqual([2, 3]);
    units.advance(100);
    expect([units.ready(), units.starting()]).toEqual([4, 1]);
    units.set(3, 110);
    expect([units.ready(), units.starting()]).toEqual([3, 0]);
    units.advance(1000);
    expect(units.desired()).toBe(3);
  });
});
