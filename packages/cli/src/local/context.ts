import type { tickFunction } from "../../../../functions/tick.ts";

type Context = Parameters<ReturnType<typeof tickFunction>>[1];

const TIMEOUT_MILLISECONDS = 60_000;
const nothing = () => undefined;

/** What Lambda tells a function about its invocation, where there is no Lambda. */
export function localContext(functionName: string): Context {
  return {
    ...{ functionName, functionVersion: "$LATEST", memoryLimitInMB: "512", awsRequestId: "local" },
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
    ...{ logGroupName: functionName, logStreamName: "local", callbackWaitsForEmptyEventLoop: false },
    getRemainingTimeInMillis: () => TIMEOUT_MILLISECONDS,
    ...{ done: nothing, fail: nothing, succeed: nothing },
  };
}
