import { expect, test } from "vitest";
import { actionOf } from "./actions.ts";

function signedFor(service: string, headers = {}) {
  const authorization = `AWS4-HMAC-SHA256 Credential=AK/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host`;
  return { authorization, ...headers };
}

test.each([
  [
    "ecs",
    "POST",
    "/",
    { "x-amz-target": "AmazonEC2ContainerServiceV20141113.DescribeServices" },
    "{}",
    "ecs:DescribeServices",
  ],
  [
    "monitoring",
    "POST",
    "/",
    { "x-amz-target": "GraniteServiceVersion20100801.GetMetricData" },
    "{}",
    "cloudwatch:GetMetricData",
  ],
  ["autoscaling", "POST", "/", {}, "Action=SetDesiredCapacity&Version=2011-01-01", "autoscaling:SetDesiredCapacity"],
  ["sqs", "POST", "/", { "x-amz-target": "AmazonSQS.SendMessageBatch" }, "{}", "sqs:SendMessage"],
  [
    "lambda",
    "PUT",
    "/2019-09-30/functions/f/provisioned-concurrency?Qualifier=live",
    {},
    "{}",
    "lambda:PutProvisionedConcurrencyConfig",
  ],
])("%s %s %s %j", (service, method, url, headers, body, action) => {
  expect(actionOf({ method, url, headers: signedFor(service, headers) }, body)).toBe(action);
});

test("what is not signed, or not known, is refused", () => {
  expect(() => actionOf({ method: "GET", url: "/", headers: {} }, "")).toThrow(/not signed/);
  const unknown = { method: "GET", url: "/2015-03-31/functions/", headers: signedFor("lambda") };
  expect(() => actionOf(unknown, "")).toThrow(/names no known operation/);
});
