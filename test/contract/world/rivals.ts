import { expect } from "vitest";
import type { Subject } from "./account.ts";
import { accountOf, capacityOf, usual } from "./capacities.ts";
import type { Traits } from "./traits.ts";

/** What every World must say of what else may lower a capacity. */
export function rivalsContract(subject: Subject, { kind, hasNative }: Traits): void {
  const { check } = subject;

  check("what nothing else may lower has no rivals", async () => {
    const { account, target } = await accountOf(subject, { kind, ...usual });
    expect((await capacityOf(account, target)).rivals ?? []).toEqual([]);
  });

  if (!hasNative) return;
  check("target tracking that may lower it is a rival, in words", async () => {
    const { account, target } = await accountOf(subject, { kind, ...usual, native: { scaleIn: true } });
    expect((await capacityOf(account, target)).rivals).toEqual([expect.stringMatching(/\w+ \w+/)]);
  });

  check("target tracking that only raises it is none", async () => {
    const { account, target } = await accountOf(subject, { kind, ...usual, native: { scaleIn: false } });
    expect((await capacityOf(account, target)).rivals ?? []).toEqual([]);
  });
}
