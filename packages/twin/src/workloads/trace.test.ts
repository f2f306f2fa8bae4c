import { Invalid } from "@headroom/decisions/errors";
import { describe, expect, test, vi } from "vitest";
import { parseTrace, readTrace, traceNotices } from "./trace.ts";

const csv = (...rows: string[]) => ["timestamp,value", ...rows, ""].join("\n");

describe("reads", () => {
  test.each([
    { what: "unix seconds", text: csv("1700000000,1", "1700000300,2.5", "1700000600,0") },
    { what: "ISO 8601", text: csv("2023-11-14T22:13:20Z,1", "2023-11-14T22:18:20Z,2.5", "2023-11-14T22:23:20Z,0") },
    { what: "no zone as UTC", text: csv("2023-11-14 22:13:20,1", "2023-11-14T22:18:20,2.5", "2023-11-14T22:23:20,0") },
    {
      what: "another zone",
      text: csv("2023-11-14T23:13:20+01:00,1", "2023-11-14T23:18:20+01:00,2.5", "2023-11-14T23:23:20+01:00,0"),
    },
    { what: "CRLF", text: csv("1700000000,1", "1700000300,2.5", "1700000600,0").replaceAll("\n", "\r\n") },
    { what: "a byte order mark", text: `\uFEFF${csv("1700000000,1", "1700000300,2.5", "1700000600,0")}` },
    {
      what: "it before a quoted header",
      text: `\uFEFF${csv("1700000000,1", "1700000300,2.5", "1700000600,0").replace("timestamp", '"timestamp"')}`,
    },
    { what: "no newline at the end", text: csv("1700000000,1", "1700000300,2.5", "1700000600,0").trimEnd() },
    { what: "several newlines at the end", text: `${csv("1700000000,1", "1700000300,2.5", "1700000600,0")}\n\n` },
    { what: "spaces and quotes", text: csv('1700000000 , "1"', "1700000300,2.50", "1700000600,0e0") },
  ])("$what", ({ text }) => {
    const trace = { file: "a.csv", start: 1_700_000_000, interval: 300, values: [1, 2.5, 0], gaps: [] };
    expect(parseTrace(text, "a.csv")).toEqual(trace);
  });

  test("no zone as UTC, whatever the zone of this machine", () => {
    vi.stubEnv("TZ", "America/New_York");
    expect(parseTrace(csv("2023-11-14T22:13:20,1", "2023-11-14T22:18:20,2"), "a.csv").start).toBe(1_700_000_000);
    vi.unstubAllEnvs();
  });

  test("days given by their dates", () => {
    expect(parseTrace(csv("2024-02-28,1", "2024-02-29,2", "2024-03-01,3"), "a.csv")).toMatchObject({
      interval: 86_400,
    });
  });
});

test("fills gaps on a line between their neighbours, and reports them", () => {
  const text = csv("0,10", "60,20", "240,50", "300,60", "360,0", "480,20");
  const trace = parseTrace(text, "a.csv");
  expect(trace.values).toEqual([10, 20, 30, 40, 50, 60, 0, 10, 20]);
  expect(trace.gaps).toEqual([
    { from: 120, to: 240, intervals: 2 },
    { from: 420, to: 480, intervals: 1 },
  ]);
  expect(traceNotices(trace, 0)).toEqual(["a.csv leaves out 3 intervals in 2 gaps: filled in"]);
});

describe("refuses, naming file, line, value and what to do", () => {
  test.each([
    {
      what: "another header",
      text: "time,value\n0,1\n60,2\n",
      says: 'a.csv, line 1: the header is "time,value": make it "timestamp,value"',
    },
    { what: "an empty file", text: "", says: 'a.csv, line 1: the header is "": make it "timestamp,value"' },
    { what: "no rows", text: csv(), says: "a.csv: has 0 rows of data: give at least 2" },
    { what: "one row", text: csv("0,1"), says: "a.csv: has 1 rows of data: give at least 2" },
    { what: "a word", text: csv("0,1", "60,many"), says: 'a.csv, line 3: value "many" is not a number' },
    { what: "NaN", text: csv("0,NaN", "60,1"), says: 'a.csv, line 2: value "NaN" is not a number' },
    { what: "infinity", text: csv("0,1", "60,Infinity"), says: 'a.csv, line 3: value "Infinity" is not a number' },
    { what: "too many digits", text: csv("0,1", "60,1e999"), says: 'a.csv, line 3: value "1e999" is not a number' },
    { what: "hexadecimal", text: csv("0,1", "60,0x10"), says: 'a.csv, line 3: value "0x10" is not a number' },
    {
      what: "a negative value",
      text: csv("0,1", "60,-3"),
      says: "a.csv, line 3: value -3 is negative: load is 0 or more",
    },
    { what: "no value", text: csv("0,1", "60,"), says: "a.csv, line 3: the value is empty" },
    { what: "no timestamp", text: csv("0,1", ",4"), says: "a.csv, line 3: the timestamp is empty" },
    { what: "a comma too many", text: csv("0,1", "60,1,2"), says: "a.csv, line 3: has 3 fields, not 2" },
    { what: "a comma too few", text: csv("0,1", "60"), says: "a.csv, line 3: has 1 fields, not 2" },
    {
      what: "a day that does not exist",
      text: csv("2023-02-30T00:00:00Z,1", "60,1"),
      says: 'a.csv, line 2: timestamp "2023-02-30T00:00:00Z" is neither',
    },
    {
      what: "milliseconds",
      text: csv("1700000000000,1", "1700000060000,1"),
      says: "a.csv, line 2: timestamp 1700000000000 is in milliseconds: divide it by 1000",
    },
    {
      what: "disorder",
      text: csv("0,1", "120,1", "60,1"),
      says: "a.csv, line 4: timestamp 60 is earlier than the one before it, 120: sort the rows",
    },
    {
      what: "a timestamp twice",
      text: csv("0,1", "60,1", "60,1"),
      says: "a.csv, line 4: timestamp 60 stands there twice",
    },
    {
      what: "a row off the grid",
      text: csv("0,1", "60,1", "120,1", "150,1", "210,1"),
      says: "a.csv, line 5: timestamp 150 is 30 s after the one before it, where rows are 60 s apart",
    },
    {
      what: "a timestamp far away",
      text: csv("0,1", "1,1", "2,1", "400000000,1"),
      says: "a.csv, line 5: timestamp 400000000 comes after 2: with what is between them the trace has 400,000,001 intervals of 1 s, and 2,000,000 are the most",
    },
    { what: "an unclosed quote", text: csv("0,1", '60,"1'), says: "a.csv: is not CSV: " },
  ])("$what", ({ text, says }) => {
    const parsing = () => parseTrace(text, "a.csv");
    expect(parsing).toThrow(Invalid);
    expect(parsing).toThrow(says);
  });

  test("a wrong row after an empty line keeps its line number", () => {
    expect(() => parseTrace(csv("0,1", "", "60,x"), "a.csv")).toThrow('a.csv, line 4: value "x"');
  });

  test("a file that is not there, and one that is none", () => {
    expect(() => readTrace("/no/such.csv")).toThrow(new Invalid("/no/such.csv: there is no such file: check the path"));
    expect(() => readTrace(import.meta.dirname)).toThrow("cannot be read");
  });
});

test("tells that it repeats once the run is longer than the trace", () => {
  const trace = parseTrace(csv("0,1", "43200,1", "86400,3"), "a.csv");
  expect(traceNotices(trace, 129_600)).toEqual([]);
  expect(traceNotices(trace, 129_601)).toEqual(["a.csv repeats after 36 hours"]);
});
