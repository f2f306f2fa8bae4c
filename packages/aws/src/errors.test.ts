import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { Conflict, Denied, Invalid, NotFound, Throttled } from "@headroom/decisions/errors";
import { describe, expect, test } from "vitest";
import { refused, translated } from "./errors.ts";

function named(name: string, message = "says AWS"): Error {
  return Object.assign(new Error(message), { name });
}

async function thrown(error: unknown): Promise<unknown> {
  try {
    await translated("claiming web", Promise.reject(error));
  } catch (caught) {
    return caught;
  }
  throw new Error("nothing was thrown");
}

describe("translated", () => {
  test.each([
    ["ValidationException", Invalid],
    ["ResourceNotFoundException", NotFound],
    ["ConditionalCheckFailedException", Conflict],
    ["ProvisionedThroughputExceededException", Throttled],
    ["ThrottlingException", Throttled],
    ["RequestLimitExceeded", Throttled],
    ["InternalServerError", Throttled],
    ["TimeoutError", Throttled],
    ["AccessDeniedException", Denied],
    ["ExpiredTokenException", Denied],
    ["UnrecognizedClientException", Denied],
    ["CredentialsProviderError", Denied],
  ])("%s says what to do about it, and keeps the cause", async (name, Meaning) => {
    const error = named(name);
    const caught = await thrown(error);
    expect(caught).toBeInstanceOf(Meaning);
    expect(caught).toMatchObject({ message: `claiming web: says AWS (${name})`, cause: error });
  });

  test.each([
    ["ValidationError", "AutoScalingGroup name not found - AutoScalingGroup web not found", NotFound],
    ["ValidationError", "AutoScalingGroup name not found - null", NotFound],
    ["ValidationException", "ECS service doesn't exist: service/shop/web", NotFound],
    ["ValidationError", "New SetDesiredCapacity value 11 is above max value 10 for the AutoScalingGroup.", Invalid],
    ["ThrottlingException", "AutoScalingGroup web not found", Throttled],
    ["ValidationException", "User is missing the following permissions: rds:CreateDBInstance", Denied],
  ])("%s: %s", async (name, message, Meaning) => {
    expect(await thrown(named(name, message))).toBeInstanceOf(Meaning);
  });

  test.each([
    ["ServiceNotFoundException", NotFound],
    ["ClusterNotFoundException", NotFound],
    ["ObjectNotFoundException", NotFound],
    ["QueueDoesNotExist", NotFound],
    ["ScalingActivityInProgressFault", Conflict],
    ["ResourceContentionFault", Conflict],
    ["ConcurrentUpdateException", Conflict],
    ["ResourceConflictException", Conflict],
    ["FailedResourceAccessException", Denied],
    ["InternalServiceException", Throttled],
    ["InvalidNextToken", Invalid],
    ["NoSuchEntityException", NotFound],
    ["NoSuchEntity", NotFound],
    ["InvalidInputException", Invalid],
    ["RegionDisabledException", Denied],
  ])("%s of a scaler or of IAM does too", async (name, Meaning) => {
    expect(await thrown(named(name))).toBeInstanceOf(Meaning);
  });

  test("a fault of AWS's own is passing, whatever it is called", async () => {
    const fault = Object.assign(named("SomethingBroke"), { $fault: "server" });
    expect(await thrown(fault)).toBeInstanceOf(Throttled);
    const ours = Object.assign(named("SomethingBroke"), { $fault: "client" });
    expect(await thrown(ours)).toBe(ours);
  });

  test("the SDK's own classes are known by their names", async () => {
    const error = new ConditionalCheckFailedException({ message: "The conditional request failed", $metadata: {} });
    expect(await thrown(error)).toBeInstanceOf(Conflict);
  });

  test.each(["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT", "EPIPE"])(
    "%s of the network, which has no name and maybe no message, means later",
    async (code) => {
      const caught = await thrown(Object.assign(new AggregateError([], ""), { code }));
      expect(caught).toBeInstanceOf(Throttled);
      expect(caught).toMatchObject({ message: `claiming web: ${code} (${code})` });
    },
  );

  test.each([
    ["a defect", new TypeError("x is not a function")],
    ["an unknown error of AWS", named("NobodyHasHeardOfThisException")],
    ["one of ours", new Conflict("somebody was first")],
    ["an error named after something in JavaScript", named("constructor")],
    ["no error at all", "text"],
  ])("%s is thrown on as it is", async (_, error) => {
    expect(await thrown(error)).toBe(error);
  });

  test("what succeeds is given back", async () => {
    expect(await translated("reading", Promise.resolve(7))).toBe(7);
  });
});

describe("refused", () => {
  test("gives one entry of a batch the meaning that a whole call would have", () => {
    const error = refused("sending", { name: "ThrottlingException", message: "slow down" });
    expect(error).toBeInstanceOf(Throttled);
    expect(error).toMatchObject({ message: "sending: slow down (ThrottlingException)" });
  });

  test("keeps the name of what nobody knows", () => {
    expect(refused("sending", { name: "Odd", message: "hm" })).toMatchObject({ name: "Odd", message: "hm" });
  });
});
