import type { Template } from "../template.ts";

/** What is wrong with a template, in sentences; nothing when it is as it should be. */
export type Rule = (template: Template) => string[] | Promise<string[]>;

/** A sentence, unless all is well. */
export function unless(isWell: boolean, says: string): string[] {
  return isWell ? [] : [says];
}

/** A sentence, unless two values are the same as JSON. */
export function unlessSame(is: unknown, should: unknown, what: string): string[] {
  const [a, b] = [JSON.stringify(is), JSON.stringify(should)];
  return unless(a === b, `${what} is ${a} and should be ${b}`);
}
