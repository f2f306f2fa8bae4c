import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "@aws-sdk/types";
import { HERE, type Place, placeName } from "@headroom/decisions/config/place";
import { memoize } from "@smithy/core/config";
import type { NodeHttpHandler } from "@smithy/node-http-handler";

// The one place that configures SDK clients, so that what holds for all of them is said once. All but
// DynamoDB's, which every function needs, are made in the file that uses them: a bundle holds no others.

/** Services, as the SDK's own `AWS_ENDPOINT_URL_<SERVICE>` names them. */
export type Service =
  | "APPLICATION_AUTO_SCALING"
  | "AUTO_SCALING"
  | "CLOUDWATCH"
  | "DYNAMODB"
  | "ECS"
  | "ELASTICACHE"
  | "ELASTIC_LOAD_BALANCING_V2"
  | "EVENTBRIDGE"
  | "IAM"
  | "LAMBDA"
  | "RDS"
  | "SQS"
  | "STS";

/**
 * How AWS is reached. Without endpoints the SDK asks `AWS_ENDPOINT_URL_<SERVICE>` and `AWS_ENDPOINT_URL`, then it is AWS
 * itself; without `credentials` the SDK's own chain finds them.
 */
export type ClientSettings = {
  region: string;
  /** URL of an emulator or of a VPC endpoint. */
  endpoint?: string;
  /** The same for single services, before `endpoint`. */
  endpoints?: Partial<Record<Service, string>>;
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  /** How often the SDK tries a call before it gives up; its own default is 3. */
  maxAttempts?: number;
  /** Sends large bodies as they are: some emulators cannot read gzip, and some of those say nothing. */
  disableRequestCompression?: boolean;
  /** How CloudWatch is spoken to: AWS's own choice, unless an emulator understands only the older query protocol. */
  cloudwatchProtocol?: "query";
};

/** Milliseconds that are waited for a connection, and for an answer. */
export type Timeouts = { connectionTimeout: number; requestTimeout: number; throwOnRequestTimeout: boolean };

/** What sends requests in place of the SDK's own. */
export type Handler = Pick<
  NodeHttpHandler,
  "metadata" | "destroy" | "handle" | "updateHttpClientConfig" | "httpHandlerConfigs"
>;

/** What every client is made with. */
export type Configuration = {
  region: string;
  endpoint?: string;
  credentials?: AwsCredentialIdentity | AwsCredentialIdentityProvider;
  maxAttempts?: number;
  requestHandler: Timeouts | Handler;
};

// The SDK waits for ever by default. A tick has a minute: a call that hangs must leave time for another try. Retries are
// the SDK's standard ones, with jitter; its adaptive mode would hold calls back for longer than a claim lasts.
export const TIMEOUTS: Timeouts = { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true };

/** What a client of a service is made with, where Headroom itself runs. */
export function configurationFor(service: Service, settings: ClientSettings): Configuration {
  const { region, endpoints, credentials, maxAttempts } = settings;
  const endpoint = endpoints?.[service] ?? settings.endpoint;
  return {
    ...{ region, requestHandler: TIMEOUTS },
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
    ...(maxAttempts === undefined ? {} : { maxAttempts }),
  };
}

/** Seconds before their end at which assumed credentials are fetched anew. */
const EARLY_SECONDS = 300;

function endsWithin({ expiration }: AwsCredentialIdentity, seconds: number): boolean {
  return expiration !== undefined && expiration.getTime() - Date.now() < seconds * 1000;
}

/** Credentials of a role that Headroom assumes, for all clients: fetched when first needed, and again before they end. */
function assumed(role: string, settings: ClientSettings): AwsCredentialIdentityProvider {
  const { credentials, ...clientConfig } = configurationFor("STS", settings);
  const provider = fromTemporaryCredentials({
    params: { RoleArn: role, RoleSessionName: "headroom" },
    clientConfig,
    ...(credentials === undefined ? {} : { masterCredentials: credentials }),
  });
  return memoize(
    provider,
    (found) => endsWithin(found, EARLY_SECONDS),
    ({ expiration }) => expiration !== undefined,
  );
}

/** A client for each place, made when it is first used and kept. */
export type ClientAt<Client> = (place?: Place) => Client;

/** Clients of one service; `make` is given what the client at a place is made with. */
export type Connect = <Client>(service: Service, make: (configuration: Configuration) => Client) => ClientAt<Client>;

/** Makes what is asked for by a key once. */
function once<Made>() {
  const made = new Map<string, Made>();
  return (key: string, make: () => Made): Made => {
    const there = made.get(key);
    if (there !== undefined) return there;
    const fresh = make();
    made.set(key, fresh);
    return fresh;
  };
}

/** Connections to AWS: where Headroom runs, and to other Regions and accounts with the roles of targets there. */
export function connections(settings: ClientSettings): Connect {
  const credentials = once<AwsCredentialIdentityProvider>();
  function at(service: Service, { region = settings.region, role }: Place): Configuration {
    const configuration = { ...configurationFor(service, settings), region };
    if (role === undefined) return configuration;
    return { ...configuration, credentials: credentials(role, () => assumed(role, settings)) };
  }
  return <Client>(service: Service, make: (configuration: Configuration) => Client) => {
    const clients = once<Client>();
    return (place: Place = HERE) => clients(placeName(place), () => make(at(service, place)));
  };
}

/** DynamoDB, speaking plain values. Absent values are left out of what is written. */
export function dynamoClient(settings: ClientSettings): DynamoDBDocumentClient {
  const client = new DynamoDBClient(configurationFor("DYNAMODB", settings));
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}
