import type { Context } from "aws-lambda";
import type { Log } from "#functions/edge";

// What Lambda gives a function besides its event.

/** The context of an invocation that has so many milliseconds left. */
export function context(left = 30_000): Context {
  const nothing = () => {};
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName: "a-function",
    functionVersion: "1",
    invokedFunctionArn: "arn:aws:lambda:eu-west-1:123456789012:function:a-function",
    memoryLimitInMB: "256",
    awsRequestId: "request",
    logGroupName: "/aws/lambda/a-function",
    logStreamName: "stream",
    getRemainingTimeInMillis: () => left,
    done: nothing,
    fail: nothing,
    succeed: nothing,
  };
}

/** A log that keeps its lines: the level, and what was logged. */
export function keptLog(): { log: Log; lines: [level: string, message: unknown, more: unknown][] } {
  const lines: [string, unknown, unknown][] = [];
  const log: Log = {
    info: (message, ...more) => void lines.push(["info", message, more[0]]),
    error: (message, ...more) => void lines.push(["error", message, more[0]]),
  };
  return { log, lines };
}

/** An SQS event with these bodies, each received so many times. */
export function batchOf(bodies: readonly unknown[], receives = 1) {
  return {
    Records: bodies.map((body, index) => ({
      messageId: `m${index}`,
      body: typeof body === "string" ? body : JSON.stringify(body),
      attributes: { ApproximateReceiveCount: String(receives) },
      eventSource: "aws:sqs",
    })),
  };
}
