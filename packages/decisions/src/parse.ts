import type * as z from "zod";
import { Invalid } from "./errors.ts";
import { problems } from "./problems.ts";

const MOST_SHOWN = 10;

function message(source: string, found: readonly string[]): string {
  const shown = found.slice(0, MOST_SHOWN);
  const more = found.length > MOST_SHOWN ? [`and ${found.length - MOST_SHOWN} more`] : [];
  const heading = `${source} has ${found.length === 1 ? "1 problem" : `${found.length} problems`}:`;
  return [heading, ...[...shown, ...more].map((line) => `  ${line}`)].join("\n");
}

/** zod's own sentences are not used, and writing them fails on objects that cannot be written. */
const unused = { error: () => "Invalid" };

type Outcome<T> = { is: "parsed"; data: T } | { is: "wrong"; found: string[] } | { is: "unreadable"; cause: unknown };

function attempt<Schema extends z.ZodType>(schema: Schema, input: unknown): Outcome<z.output<Schema>> {
  try {
    const result = schema.safeParse(input, unused);
    if (result.success) return { is: "parsed", data: result.data };
    return { is: "wrong", found: problems(result.error, schema, input) };
  } catch (cause) {
    // Only what runs code when it is looked at comes here: a getter or a proxy that throws.
    return { is: "unreadable", cause };
  }
}

/**
 * What a schema makes of an input from outside.
 * @param source what the input is called in the message, such as the name of its file
 * @throws Invalid with every mistake in it, for people
 */
export function parse<Schema extends z.ZodType>(schema: Schema, input: unknown, source: string): z.output<Schema> {
  const outcome = attempt(schema, input);
  switch (outcome.is) {
    case "parsed":
      return outcome.data;
    case "wrong":
      throw new Invalid(message(source, outcome.found));
    case "unreadable":
      throw new Invalid(`${source} cannot be read: something in it throws when it is looked at`, outcome);
  }
}
