import { Invalid } from "@headroom/decisions/errors";
import { CsvError, parse } from "csv-parse/sync";
import * as z from "zod";

/** One row of a trace; `stamp` is its timestamp as written. */
export type Row = { line: number; stamp: string; at: number; value: number };

type Place = { file: string; line: number };

const HEADER = "timestamp,value";
const UNIX = /^\d+(\.\d+)?$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** Unix time in seconds reaches this in the year 5138: whoever writes more means milliseconds. */
const MILLISECONDS = 1e11;

const dateTime = z.iso.datetime({ offset: true, local: true });
const date = z.iso.date();

function refuse({ file, line }: Place, what: string): never {
  throw new Invalid(`${file}, line ${line}: ${what}`);
}

/** Seconds since the epoch. Text without a zone is UTC, never the zone of whoever runs this. */
function parseTimestamp(stamp: string, place: Place): number {
  if (stamp === "") refuse(place, "the timestamp is empty: give the start of the interval, or leave the row out");
  if (UNIX.test(stamp)) {
    const at = Number(stamp);
    return at < MILLISECONDS ? at : refuse(place, `timestamp ${stamp} is in milliseconds: divide it by 1000`);
  }
  const text = stamp.replace(" ", "T");
  if (date.safeParse(text).success) return Date.parse(`${text}T00:00:00Z`) / 1000;
  if (dateTime.safeParse(text).success) {
    return Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`) / 1000;
  }
  return refuse(place, `timestamp "${stamp}" is neither unix seconds nor ISO 8601 (such as 2026-01-31T12:00:00Z)`);
}

function parseValue(text: string, place: Place): number {
  if (text === "")
    refuse(place, "the value is empty: write a number, or leave the row out (missing rows are filled in)");
  const value = Number(text);
  if (!NUMBER.test(text) || !Number.isFinite(value)) {
    refuse(place, `value "${text}" is not a number: write one, or leave the row out (missing rows are filled in)`);
  }
  return value < 0 ? refuse(place, `value ${text} is negative: load is 0 or more`) : value;
}

function parseRow(fields: readonly string[], place: Place): Row {
  const [stamp, value] = fields;
  if (stamp === undefined || value === undefined || fields.length !== 2) {
    return refuse(place, `has ${fields.length} fields, not 2: write ${HEADER}`);
  }
  return { line: place.line, stamp, at: parseTimestamp(stamp, place), value: parseValue(value, place) };
}

type Line = { line: number; fields: string[] };

function splitLines(text: string, file: string): Line[] {
  const lines: Line[] = [];
  try {
    parse(text, {
      bom: true,
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (fields: string[], { lines: line }) => {
        lines.push({ line, fields });
        return null;
      },
    });
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw new Invalid(`${file}: is not CSV: ${cause.message}`, { cause });
  }
  return lines;
}

/**
 * The rows of a trace in CSV, as they stand there. A byte order mark, CRLF and empty lines are tolerated.
 * @throws Invalid naming file, line, value and what to do
 */
export function readRows(text: string, file: string): Row[] {
  const [header, ...rows] = splitLines(text, file);
  const written = header?.fields.join(",") ?? "";
  if (written !== HEADER) {
    throw new Invalid(`${file}, line ${header?.line ?? 1}: the header is "${written}": make it "${HEADER}"`);
  }
  return rows.map(({ line, fields }) => parseRow(fields, { file, line }));
}
