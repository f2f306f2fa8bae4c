const MOST_CHARACTERS = 60;
const MOST_ENTRIES = 6;

/** Text cut to a length that a line of an error message can bear. */
export function shorten(text: string): string {
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS - 1)}…`;
}

function list(values: readonly unknown[], depth: number): string {
  if (values.length > 0 && depth === 0) return "[…]";
  const shown = values.slice(0, MOST_ENTRIES).map((value) => written(value, depth - 1));
  return `[${shown.join(", ")}${values.length > MOST_ENTRIES ? ", …" : ""}]`;
}

function object(value: object, depth: number): string {
  const keys = Object.keys(value);
  if (keys.length === 0) return "{}";
  if (depth === 0) return "{…}";
  const shown = keys.slice(0, MOST_ENTRIES).map((key) => `${key}: ${written(Reflect.get(value, key), depth - 1)}`);
  return `{ ${shown.join(", ")}${keys.length > MOST_ENTRIES ? ", …" : ""} }`;
}

function written(value: unknown, depth: number): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "function") return "a function";
  if (typeof value === "bigint") return `${value}n`;
  if (Array.isArray(value)) return list(value, depth);
  if (value instanceof Date) return "a Date";
  return typeof value === "object" && value !== null ? object(value, depth) : String(value);
}

/** A value as somebody would have typed it, shortened: two levels deep, and so safe for values that contain themselves. */
export function show(value: unknown): string {
  return shorten(written(value, 2));
}
