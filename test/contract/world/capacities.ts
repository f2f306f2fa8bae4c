import { Invalid, NotFound } from "@headroom/decisions/errors";
import type { Capacity } from "@headroom/decisions/model";
import { expect } from "vitest";
import type { Account, GivenTarget, Named, Subject } from "./account.ts";
import type { Traits } from "./traits.ts";

/** The capacity of a target, which must have been readable. */
export async function capacityOf({ world }: Account, target: Named): Promise<Capacity> {
  const answer = (await world.capacities.read([target])).get(target.id);
  if (answer?.is !== "capacity") throw new Error(`${target.id}: ${answer?.why ?? "no answer"}`);
  return answer;
}

/** An account with one target. */
export async function accountOf(
  { accounts }: Subject,
  given: GivenTarget,
): Promise<{ account: Account; target: Named }> {
  const account = await accounts().given({ targets: [given] });
  const [target] = account.targets;
  if (target === undefined) throw new Error("the account has no target");
  return { account, target };
}

/** 3 units that may be 2 to 10. */
export const usual = { units: 3, min: 2, max: 10 };

function readingContract(subject: Subject, { kind, perRead, bounds }: Traits): void {
  const { accounts, check } = subject;

  check("a settled target is read as it is", async () => {
    const { account, target } = await accountOf(subject, { kind, ...usual });
    const before = account.world.clock.now();
    const capacity = await capacityOf(account, target);
    expect(capacity).toMatchObject({ desired: 3, running: 3, ready: 3 });
    expect(capacity.at).toBeGreaterThanOrEqual(before);
  });

  check("its own bounds are read", async () => {
    const { account, target } = await accountOf(subject, { kind, ...usual });
    const { minimum, maximum } = await capacityOf(account, target);
    expect({ minimum, maximum }).toEqual(bounds ?? { minimum: 2, maximum: 10 });
  });

  check("what does not exist is said, and keeps nothing else from being read", async () => {
    const { account, target } = await accountOf(subject, { kind, ...usual });
    const missing = account.missing(kind);
    const answers = await account.world.capacities.read([missing, target]);
    expect(answers.get(missing.id)).toEqual({ is: "failed", why: expect.stringMatching(/./) });
    expect(answers.get(target.id)).toMatchObject({ is: "capacity", desired: 3 });
    expect(answers.size).toBe(2);
  });

  check("more than one call takes are read", async () => {
    const targets = Array.from({ length: perRead + 2 }, (_, index) => ({ kind, ...usual, units: 2 + (index % 5) }));
    const account = await accounts().given({ targets });
    const answers = await account.world.capacities.read(account.targets);
    const desired = account.targets.map(({ id }) => {
      const answer = answers.get(id);
      return answer?.is === "capacity" ? answer.desired : answer;
    });
    expect(desired).toEqual(targets.map(({ units }) => units));
  });
}

function settingContract(subject: Subject, { kind, least, enforcesBounds }: Traits): void {
  const { check } = subject;

  for (const [how, to] of Object.entries({ raised: 7, lowered: 2, "set to what it is": 3 })) {
    check(`it is ${how}`, async () => {
      const { account, target } = await accountOf(subject, { kind, ...usual });
      await account.world.capacities.set(target, to);
      expect((await capacityOf(account, target)).desired).toBe(to);
      await account.settle();
      expect(await capacityOf(account, target)).toMatchObject({ desired: to, running: to, ready: to });
    });
  }

  check("it is set to the least that there is, and back", async () => {
    const { account, target } = await accountOf(subject, { kind, ...usual, min: least });
    await account.world.capacities.set(target, least);
    await account.settle();
    expect(await capacityOf(account, target)).toMatchObject({ desired: least, running: least, ready: least });
    await account.world.capacities.set(target, 4);
    expect((await capacityOf(account, target)).desired).toBe(4);
  });

  check("what does not exist cannot be set", async () => {
    const { account } = await accountOf(subject, { kind, ...usual });
    await expect(account.world.capacities.set(account.missing(kind), 4)).rejects.toThrow(NotFound);
  });

  if (!enforcesBounds) return;
  check("a capacity above its own maximum is refused, and changes nothing", async () => {
    const { account, target } = await accountOf(subject, { kind, ...usual });
    const { maximum = 0 } = await capacityOf(account, target);
    await expect(account.world.capacities.set(target, maximum + 1)).rejects.toThrow(Invalid);
    expect((await capacityOf(account, target)).desired).toBe(3);
  });
}

function deployingContract(subject: Subject, { kind, tellsDeployments }: Traits): void {
  const { check } = subject;

  check("without a deployment it says none, or that it cannot tell", async () => {
    const { account, target } = await accountOf(subject, { kind, ...usual });
    expect((await capacityOf(account, target)).deploying).toBe(tellsDeployments ? false : undefined);
  });

  if (!tellsDeployments) return;
  check("a deployment that is running is told", async () => {
    const { account, target } = await accountOf(subject, { kind, ...usual });
    await account.deploy(target);
    expect(await capacityOf(account, target)).toMatchObject({ desired: 3, deploying: true });
  });
}

/** What every World must do with the capacities of one kind. */
export function capacitiesContract(subject: Subject, traits: Traits): void {
  readingContract(subject, traits);
  settingContract(subject, traits);
  deployingContract(subject, traits);
}
