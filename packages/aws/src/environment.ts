import { userInfo } from "node:os";

// The one place that asks the environment of the process.

/** Every variable of the environment. */
export function environment(): Readonly<Record<string, string | undefined>> {
  return process.env;
}

/** The user that the system says runs this process; undefined where it has no name for them, as in some containers. */
export function userName(): string | undefined {
  try {
    return userInfo().username || undefined;
  } catch {
    return environment().USER || undefined;
  }
}
