import { Conflict, Denied, Invalid, NotFound, Throttled } from "@headroom/decisions/errors";

// What AWS's errors mean to Headroom. What is not in this table is a defect, and is thrown on as it is.

type Meaning = new (message: string, options: ErrorOptions) => Error;

const table: readonly (readonly [Meaning, readonly string[]])[] = [
  [
    Invalid,
    [
      "ValidationException",
      "ValidationError",
      "InvalidParameterException",
      "InvalidParameterValue",
      "InvalidParameterValueException",
      "InvalidRequestException",
      "ItemCollectionSizeLimitExceededException",
      "SerializationException",
      // of the scalers
      "ClientException",
      "PlatformTaskDefinitionIncompatibilityException",
      "PlatformUnknownException",
      "UnsupportedFeatureException",
      "InvalidNextToken",
      "InvalidNextTokenException",
      "InvalidParameterCombination",
      "InvalidParameterCombinationException",
      "MissingRequiredParameterException",
      // of queues and of the bus
      "InvalidMessageContents",
      "AWS.SimpleQueueService.BatchRequestTooLong",
      "BatchRequestTooLong",
      "InvalidArgument",
      "InvalidAttributeName",
      "InvalidAddress",
      "UnsupportedOperation",
      // of IAM
      "InvalidInput",
      "InvalidInputException",
    ],
  ],
  [
    NotFound,
    [
      "ResourceNotFoundException",
      "NotFoundException",
      "ServiceNotFoundException",
      "ServiceNotActiveException",
      "ClusterNotFoundException",
      "ObjectNotFoundException",
      "ProvisionedConcurrencyConfigNotFoundException",
      "QueueDoesNotExist",
      "AWS.SimpleQueueService.NonExistentQueue",
      "DBClusterNotFoundFault",
      "DBInstanceNotFoundFault",
      "ReplicationGroupNotFoundFault",
      "TargetGroupNotFoundException",
      "NoSuchEntity",
      "NoSuchEntityException",
    ],
  ],
  [
    Conflict,
    [
      "ConditionalCheckFailedException",
      "ConflictException",
      "ResourceInUseException",
      "ResourceConflictException",
      "ResourceInUseFault",
      "UpdateInProgressException",
      // Another change of the same resource is under way.
      "ScalingActivityInProgress",
      "ScalingActivityInProgressFault",
      "ResourceContention",
      "ResourceContentionFault",
      "ConcurrentUpdateException",
      "ConcurrentModificationException",
      "AlreadyExists",
      "AlreadyExistsFault",
    ],
  ],
  [
    Throttled,
    [
      "ProvisionedThroughputExceededException",
      "ThrottlingException",
      "ThrottledException",
      "Throttling",
      "RequestLimitExceeded",
      "RequestThrottled",
      "RequestThrottledException",
      "TooManyRequestsException",
      "LimitExceededException",
      "LimitExceededFault",
      "APICallRateForCustomerExceededFault",
      "HealthUnavailableException",
      "KmsThrottled",
      "OverLimit",
      "ReplicatedWriteConflictException",
      // AWS is unwell
      "InternalServerError",
      "InternalServerException",
      "InternalServiceError",
      "InternalServiceException",
      "InternalServiceFault",
      "InternalException",
      "ServerException",
      "ServiceException",
      "InternalFailure",
      "InternalError",
      "ServiceUnavailable",
      "ServiceUnavailableException",
      // It cannot be reached. A name that does not resolve may be a typing error, but so it is while the network is down.
      "RequestTimeout",
      "RequestTimeoutException",
      "TimeoutError",
      "ECONNREFUSED",
      "ECONNRESET",
      "ENOTFOUND",
      "EAI_AGAIN",
      "EHOSTUNREACH",
      "ENETUNREACH",
      "ENETDOWN",
      "EPIPE",
      "ETIMEDOUT",
    ],
  ],
  [
    Denied,
    [
      "AccessDeniedException",
      "AccessDenied",
      "UnauthorizedOperation",
      "UnrecognizedClientException",
      "InvalidClientTokenId",
      "InvalidSignatureException",
      "SignatureDoesNotMatch",
      "IncompleteSignature",
      "IncompleteSignatureException",
      "MissingAuthenticationToken",
      "MissingAuthenticationTokenException",
      "ExpiredToken",
      "ExpiredTokenException",
      "RequestExpired",
      "OptInRequired",
      "RegionDisabledException",
      "KMSAccessDeniedException",
      "KmsAccessDenied",
      "KmsDisabled",
      "KmsNotFound",
      "KmsOptInRequired",
      "BlockedException",
      "ServiceLinkedRoleFailure",
      "CredentialsProviderError",
      // Application Auto Scaling could not act on the resource with its own role.
      "FailedResourceAccessException",
    ],
  ],
];

const meanings = new Map(table.flatMap(([meaning, names]) => names.map((name) => [name, meaning] as const)));

/** What services say of what is missing that have no name for it: it comes as a ValidationError or ValidationException. */
const MISSING = [
  /^AutoScalingGroup\b.*\bnot found\b/, // EC2 Auto Scaling
  /^ECS service doesn't exist\b/, // Application Auto Scaling
];

/** What Application Auto Scaling says as a ValidationException of whoever may not do what it does. */
const FORBIDDEN = /\bis missing the following permissions\b/;

function meaningOf(name: string, message: string): Meaning | undefined {
  const meaning = meanings.get(name);
  if (meaning !== Invalid) return meaning;
  if (FORBIDDEN.test(message)) return Denied;
  return MISSING.some((missing) => missing.test(message)) ? NotFound : Invalid;
}

/** What names an error: AWS says `name`, Node's network says `code`. */
function namesOf(error: Error): string[] {
  return "code" in error && typeof error.code === "string" ? [error.name, error.code] : [error.name];
}

/** Whether the SDK says that the fault is AWS's own, whatever its name. */
function isServerFault(error: Error): boolean {
  return "$fault" in error && error.$fault === "server";
}

function translate(doing: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const name = namesOf(error).find((each) => meanings.has(each)) ?? error.name;
  const Meaning = meaningOf(name, error.message) ?? (isServerFault(error) ? Throttled : undefined);
  if (Meaning === undefined) return error;
  // A refused connection has no message of its own.
  return new Meaning(`${doing}: ${error.message || name} (${name})`, { cause: error });
}

/**
 * An error for what a call that succeeded as a whole says of one entry in it, in Headroom's words; as it is where they
 * have none.
 */
export function refused(doing: string, { name, message }: { name: string; message: string }): unknown {
  const error = new Error(message);
  error.name = name;
  return translate(doing, error);
}

/**
 * What a call to AWS gives, its errors in Headroom's words with the original as `cause`.
 * @param doing what is being tried, for the message: "claiming web"
 * @throws Invalid, NotFound, Conflict, Throttled, Denied; anything that is not AWS's or the network's unchanged
 */
export async function translated<Result>(doing: string, call: Promise<Result>): Promise<Result> {
  try {
    return await call;
  } catch (error) {
    throw translate(doing, error);
  }
}
