import type { Look } from "./look.ts";

/** What a check found. `notChecked` is not `ok`: nothing is known then. */
export type Status = "ok" | "warning" | "problem" | "notChecked";

export type Finding = {
  /** The target that it is about; absent where it is about the whole fleet. */
  target?: string;
  status: Status;
  /** What was found, for people. */
  says: string;
  /** What to do about it. */
  fix?: string;
};

/** One thing that is looked at before AWS is trusted with a fleet: a file beside this one. It never changes anything. */
export type Check = {
  name: string;
  /** @throws by any error where it cannot be checked at all; the others go on */
  run(look: Look): Promise<Finding[]>;
};
