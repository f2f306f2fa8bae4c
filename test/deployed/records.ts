import { dynamoClient } from "@headroom/aws/clients";
import { dynamoStores } from "@headroom/aws/stores/table";
import type { StoredRecord } from "@headroom/loops/world";
import { CREDENTIALS } from "./emulator.ts";

/** Longer than anything here takes, in seconds. */
const LONG = 3600;

/** What Headroom kept of its decisions about a target, oldest first. @param endpoint the emulator's */
export async function recordsOf(target: string, table: string, endpoint: string): Promise<StoredRecord[]> {
  const { records } = dynamoStores(dynamoClient({ region: "eu-west-1", endpoint, credentials: CREDENTIALS }), table);
  const now = Date.now() / 1000;
  const newestFirst = await records.list(target, { from: now - LONG, to: now + LONG, limit: 100 });
  return newestFirst.toReversed();
}
