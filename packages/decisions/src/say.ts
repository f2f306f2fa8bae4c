// How numbers and instants are written in sentences for people.

const ROUND = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 4, useGrouping: true });

/** A number with at most four significant digits, or all digits of the whole part. */
export function amount(value: number): string {
  return Math.abs(value) >= 1000 ? Math.round(value).toLocaleString("en-GB") : ROUND.format(value);
}

/** `12 units`, `1 unit`. */
export function units(value: number): string {
  return `${amount(value)} ${value === 1 ? "unit" : "units"}`;
}

/** `12 messages`, `1 message`. */
export function messages(value: number): string {
  return `${amount(value)} ${value === 1 ? "message" : "messages"}`;
}

/** `12 units are`, `1 unit is`. */
export function unitsAre(value: number): string {
  return `${units(value)} ${value === 1 ? "is" : "are"}`;
}

/** Seconds as `45 s`, `5 min`, `1 h 30 min`. */
export function time(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 120 && whole % 60 !== 0) return `${whole} s`;
  const minutes = Math.round(whole / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}

/** The furthest instant that a Date can hold: whoever means "for ever" may say a later one. */
const LATEST = 8.64e12;

/** An instant (seconds since the epoch) as `2026-01-01 12:07:00Z`. */
export function instant(at: number): string {
  const date = new Date(Math.max(-LATEST, Math.min(LATEST, Math.round(at))) * 1000);
  return date.toISOString().replace("T", " ").replace(".000Z", "Z");
}

/** A share as `10 %`. */
export function percent(share: number): string {
  return `${amount(share * 100)} %`;
}
