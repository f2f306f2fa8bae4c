import { Invalid, NotFound } from "@headroom/decisions/errors";
import { expect } from "vitest";
import type { Account, Named, Subject } from "./account.ts";
import { accountOf, capacityOf, usual } from "./capacities.ts";
import type { Traits } from "./traits.ts";

const HOUR = 3600;

/** The changes of its minimum that AWS itself will make. */
async function changesOf(account: Account, target: Named) {
  const { minimum } = await capacityOf(account, target);
  return (await account.fallbacks(target)).filter(({ to }) => to !== minimum);
}

function movingContract(subject: Subject, kind: Traits["kind"]): void {
  const { check } = subject;

  check("the minimum is raised, with its fallback booked at AWS", async () => {
    const { account, target } = await accountOf(subject, { kind, ...usual, isFloor: true });
    const at = account.minute + HOUR;
    await account.world.capacities.setMinimum(target, 5, { to: 2, at });
    expect(await capacityOf(account, target)).toMatchObject({ minimum: 5, maximum: 10 });
    expect(await changesOf(account, target)).toEqual([{ to: 2, at }]);
  });

  check("a later call replaces the earlier fallback", async () => {
    const { account, target } = await accountOf(subject, { kind, ...usual, isFloor: true });
    await account.world.capacities.setMinimum(target, 5, { to: 2, at: account.minute + HOUR });
    await account.world.capacities.setMinimum(target, 4, { to: 3, at: account.minute + 2 * HOUR });
    expect((await capacityOf(account, target)).minimum).toBe(4);
    expect(await changesOf(account, target)).toEqual([{ to: 3, at: account.minute + 2 * HOUR }]);
  });

  check("a minimum above the maximum is refused, and changes nothing", async () => {
    const { account, target } = await accountOf(subject, { kind, ...usual, isFloor: true });
    const raising = account.world.capacities.setMinimum(target, 11, { to: 2, at: account.minute + HOUR });
    await expect(raising).rejects.toThrow(Invalid);
    expect(await capacityOf(account, target)).toMatchObject({ minimum: 2, maximum: 10, desired: 3 });
  });

  check("the minimum of what does not exist cannot be moved", async () => {
    const { account } = await accountOf(subject, { kind, ...usual, isFloor: true });
    const moving = account.world.capacities.setMinimum(account.missing(kind), 4, { to: 2, at: account.minute + HOUR });
    await expect(moving).rejects.toThrow(NotFound);
  });
}

/** What every World must do with the minimum of one kind. */
export function minimumsContract(subject: Subject, { kind, hasMinimum }: Traits): void {
  if (hasMinimum) {
    movingContract(subject, kind);
    return;
  }
  subject.check("it has no minimum to move", async () => {
    const { account, target } = await accountOf(subject, { kind, ...usual });
    const moving = account.world.capacities.setMinimum(target, 4, { to: 2, at: account.minute + HOUR });
    await expect(moving).rejects.toThrow(Invalid);
    expect((await capacityOf(account, target)).desired).toBe(3);
  });
}
