import { Logger } from "@aws-lambda-powertools/logger";
import { Invalid, InvalidEvent } from "@headroom/decisions/errors";
import { parse } from "@headroom/decisions/parse";
import middy from "@middy/core";
import type { Context } from "aws-lambda";
import type * as z from "zod";

/** Where a function writes what it did: one line an invocation. */
export type Log = Pick<Logger, "info" | "error">;

/** One function: the event it takes, what it does, and what its log line says of the result. */
export type Work<Schema extends z.ZodType, Result> = {
  schema: Schema;
  handle(event: z.infer<Schema>, context: Context): Promise<Result>;
  summary(result: Result): Record<string, unknown>;
};

const TIMEOUT_EARLY_MILLISECONDS = 500;

/** Structured lines on stdout, which Lambda sends to CloudWatch Logs. */
export function lambdaLog(): Log {
  return new Logger({ serviceName: "headroom" });
}

function failures(log: Log): middy.MiddlewareObj {
  return {
    onError: ({ context, event, error }) => {
      log.error("failed", { function: context.functionName, event, error: error ?? undefined });
    },
  };
}

/** @throws InvalidEvent with every mistake in it */
function eventOf<Schema extends z.ZodType>(schema: Schema, event: unknown): z.output<Schema> {
  try {
    return parse(schema, event, "the event");
  } catch (cause) {
    if (cause instanceof Invalid) throw new InvalidEvent(cause.message, { cause });
    throw cause;
  }
}

/**
 * The one middleware stack: the event is parsed by its schema, the result or the error is one log line, and a function
 * that is about to be cut off fails before it is. Errors are thrown on, so that retries and the dead-letter queue work.
 */
export function edge<Schema extends z.ZodType, Result>(
  { schema, handle, summary }: Work<Schema, Result>,
  log: Log,
): (event: unknown, context: Context) => Promise<Result | undefined> {
  const handler = middy<unknown, Result>({ timeoutEarlyInMillis: TIMEOUT_EARLY_MILLISECONDS })
    .use(failures(log))
    .handler(async (event: unknown, context) => {
      const result = await handle(eventOf(schema, event), context);
      log.info("done", { function: context.functionName, ...summary(result) });
      return result;
    });
  return async (event, context) => handler(event, context, new AbortController());
}
