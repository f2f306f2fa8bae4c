import * as auroraReaders from "./aurora-readers.ts";
import * as dynamodbThroughput from "./dynamodb-throughput.ts";
import * as elasticacheNodes from "./elasticache-nodes.ts";
import type { Reader } from "./reader.ts";

/** Every service whose capacity can be read behind a registration. A new one is a file beside this one, and its line. */
export const readers: readonly Reader[] = [auroraReaders, dynamodbThroughput, elasticacheNodes];

/** Who can read the capacity of a dimension, if anybody. */
export function readerOf(dimension: string): Reader | undefined {
  return readers.find(({ dimensions }) => dimensions.includes(dimension));
}
