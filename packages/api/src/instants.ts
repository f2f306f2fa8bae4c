/** The last second that has a year of four digits: who means "for ever" may say a later one. */
const LAST_SECOND = 253_402_300_799;

/** An instant as APIs write it. */
export function iso(at: number): string {
  return new Date(Math.round(Math.min(at, LAST_SECOND) * 1000)).toISOString();
}
