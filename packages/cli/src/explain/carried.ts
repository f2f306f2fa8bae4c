import type { TickRecord } from "@headroom/decisions/model";
import { amount, instant, time } from "@headroom/decisions/say";

function deadlines({ input, carry }: TickRecord): string[] {
  return Object.entries(carry.drainBy).map(([queue, at]) => {
    const left = at - input.now;
    return `${queue} is due to be worked off by ${instant(at)}, ${left > 0 ? `${time(left)} left` : `${time(-left)} ago`}`;
  });
}

function boosts({ carry }: TickRecord): string[] {
  return Object.entries(carry.boosts).flatMap(([policy, raises]) => {
    const last = raises.at(-1);
    if (last === undefined) return [];
    const burn = `the budget burned at ${amount(last.burn)} times its pace`;
    return [
      `${policy} has raised ${raises.length === 1 ? "once" : `${raises.length} times`} without ending it; last at ${instant(last.at)}, when ${burn}`,
    ];
  });
}

function fallback({ input, carry }: TickRecord): string[] {
  const { fallback: after } = input.settings;
  if (after === undefined) return [];
  const since = carry.trustedAt === null ? "before the first tick" : `at ${instant(carry.trustedAt)}`;
  return [`something could be seen last ${since}; at least ${after.capacity} after ${time(after.after)} without`];
}

/** What a record hands to the next tick, in lines: deadlines, raises, what is blocked, what was told. */
export function carriedLines(record: TickRecord): string[] {
  const { input, carry } = record;
  const blocked = carry.blockedSince;
  return [
    ...deadlines(record),
    ...boosts(record),
    ...fallback(record),
    ...(blocked === null ? [] : [`more capacity is held back since ${instant(blocked)}`]),
    ...Object.entries(input.memory.told).map(([kind, at]) => `people were told of ${kind} at ${instant(at)}`),
  ];
}

/** Leases that concerned a target at a tick, in lines, with the time they had left. */
export function leaseLines(
  { input }: TickRecord,
  says: (lease: TickRecord["input"]["leases"][number]) => string,
): string[] {
  const inForce = input.leases.filter(({ until }) => until > input.now);
  return inForce.map((lease) => `${says(lease)} ${time(lease.until - input.now)} left`);
}
