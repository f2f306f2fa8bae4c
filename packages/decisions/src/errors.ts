// The few errors of Headroom, named by what to do about them. Adapters translate what their platform throws into one of
// these, with the original as `cause`; anything else is a defect and is thrown on, so that retries and the dead-letter
// queue see it.

/** The request or the configuration is wrong: change it. Retrying does not help. */
export class Invalid extends Error {
  override readonly name = "Invalid";
}

/** The event that a function was woken with is itself wrong: change whoever sends it. */
export class InvalidEvent extends Invalid {}

/** What was asked for does not exist. */
export class NotFound extends Error {
  override readonly name = "NotFound";
}

/** Somebody else was first: look again. */
export class Conflict extends Error {
  override readonly name = "Conflict";
}

/** Too much was asked for at a time, or the other side is unwell: try again later. */
export class Throttled extends Error {
  override readonly name = "Throttled";
}

/** Permission or credentials are missing: a person must act. */
export class Denied extends Error {
  override readonly name = "Denied";
}
