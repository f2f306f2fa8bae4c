import { parseArgs } from "node:util";
import { decide } from "@headroom/decisions/decide";
import type { DecideInput } from "@headroom/decisions/model";
import { kinds, targetsWith } from "./targets.ts";

// npm run bench:decide: microseconds of CPU time that a decision takes, by kind of target. One process, no I/O; garbage
// collection counts, and what else the machine does meanwhile does not.

const PASSES = 15;

/** Microseconds a decision in one pass over all targets. The sum of capacities keeps the work from being left out. */
function pass(targets: readonly DecideInput[]): number {
  let sum = 0;
  const begin = process.cpuUsage();
  for (const target of targets) sum += decide(target).combined ?? 0;
  const { user, system } = process.cpuUsage(begin);
  if (!(sum > 0)) throw new Error("nothing was decided");
  return (user + system) / targets.length;
}

type Measured = { microseconds: number; fastest: number };

/** The median of several passes, and the fastest one: on a busy machine it says more. */
function measure(targets: readonly DecideInput[]): Measured {
  for (let warming = 0; warming < 3; warming += 1) pass(targets);
  const passes = Array.from({ length: PASSES }, () => pass(targets)).sort((a, b) => a - b);
  return { microseconds: passes[Math.floor(PASSES / 2)] ?? Number.NaN, fastest: passes[0] ?? Number.NaN };
}

const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });
const fleets = kinds.map((kind) => ({ ...kind, targets: targetsWith(kind.policies, kind.count) }));
const ordinary = fleets.filter((fleet) => fleet.ordinary).flatMap(({ targets }) => targets);
const rows = [
  ...fleets.map(({ name, targets }) => ({ name, targets: targets.length, ...measure(targets) })),
  { name: "all without a schedule", targets: ordinary.length, ...measure(ordinary) },
];

if (values.json) {
  console.log(
    JSON.stringify({ unit: "microseconds of CPU time a decision", passes: PASSES, node: process.version, rows }),
  );
} else {
  const us = (value: number) => `${value.toFixed(1)} µs`.padStart(12);
  console.log(`${"".padEnd(28)}${"targets".padStart(8)}${"median".padStart(12)}${"fastest".padStart(12)}`);
  for (const { name, targets, microseconds, fastest } of rows) {
    console.log(`${name.padEnd(28)}${String(targets).padStart(8)}${us(microseconds)}${us(fastest)}`);
  }
}
