const DAY = 86_400;
const MINUTES = /^(\d{1,2}):(\d{2})$/;
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:\d{2})?$/;

/** An instant as ISO 8601, UTC where it names no zone; a space may stand for the T. Undefined for anything else. */
export function readInstant(text: string): number | undefined {
  const [, date, time, zone = "Z"] = DATE_TIME.exec(text) ?? [];
  const midnight = new Date(`${date}T00:00Z`);
  const milliseconds = Date.parse(`${date}T${time}${zone}`);
  if (date === undefined || Number.isNaN(milliseconds)) return undefined;
  // JavaScript reads 30 February as 2 March.
  return midnight.toISOString().startsWith(date) ? milliseconds / 1000 : undefined;
}

/** The newest `HH:MM`, UTC, that is not after `now`; undefined for anything else. */
export function readTimeOfDay(text: string, now: number): number | undefined {
  const [, hours, minutes] = MINUTES.exec(text) ?? [];
  if (Number(hours) > 23 || Number(minutes) > 59 || hours === undefined) return undefined;
  const today = Math.floor(now / DAY) * DAY + Number(hours) * 3600 + Number(minutes) * 60;
  return today <= now ? today : today - DAY;
}
