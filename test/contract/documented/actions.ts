import type { IncomingMessage } from "node:http";

/** How IAM calls a service that requests are signed for; the others are called the same. */
const PREFIXES: Record<string, string> = { monitoring: "cloudwatch" };

/** Operations whose permission has another name (Service Authorization Reference). */
const RENAMED: Record<string, string> = { "sqs:SendMessageBatch": "sqs:SendMessage" };

/** Lambda's calls have no name on the wire, only a method and a path. */
const LAMBDA: readonly [method: string, path: RegExp, action: string][] = [
  ["GET", /^\/2019-09-30\/functions\/[^/]+\/provisioned-concurrency$/, "GetProvisionedConcurrencyConfig"],
  ["PUT", /^\/2019-09-30\/functions\/[^/]+\/provisioned-concurrency$/, "PutProvisionedConcurrencyConfig"],
  ["DELETE", /^\/2019-09-30\/functions\/[^/]+\/provisioned-concurrency$/, "DeleteProvisionedConcurrencyConfig"],
  ["GET", /^\/2015-03-31\/event-source-mappings\/[^/]+$/, "GetEventSourceMapping"],
  ["PUT", /^\/2015-03-31\/event-source-mappings\/[^/]+$/, "UpdateEventSourceMapping"],
];

type Head = Pick<IncomingMessage, "method" | "url" | "headers">;

/** The service that a request is signed for: `.../us-east-1/ecs/aws4_request`. */
function serviceOf({ headers }: Head): string {
  const scope = /Credential=[^/]+\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/.exec(headers.authorization ?? "");
  if (scope?.[1] === undefined) throw new Error("the request is not signed");
  return PREFIXES[scope[1]] ?? scope[1];
}

function lambdaOperation({ method, url = "" }: Head): string | undefined {
  const [path = ""] = url.split("?");
  return LAMBDA.find(([its, pattern]) => its === method && pattern.test(path))?.[2];
}

function operationOf(head: Head, service: string, body: string): string {
  const target = head.headers["x-amz-target"];
  const named = typeof target === "string" ? target.split(".").at(-1) : undefined;
  const operation = named ?? new URLSearchParams(body).get("Action") ?? undefined;
  const found = service === "lambda" ? lambdaOperation(head) : operation;
  if (found === undefined) throw new Error(`${head.method} ${head.url} of ${service} names no known operation`);
  return found;
}

/**
 * The IAM action that a request of the SDK needs.
 * @throws Error when it cannot be told
 */
export function actionOf(head: Head, body: string): string {
  const service = serviceOf(head);
  const action = `${service}:${operationOf(head, service, body)}`;
  return RENAMED[action] ?? action;
}
