import { dynamoClient } from "@headroom/aws/clients";
import { settingsOfProfile } from "@headroom/aws/profile";
import { dynamoStores } from "@headroom/aws/stores/table";
import { bindingReason } from "@headroom/decisions/binding";
import { sentence } from "@headroom/decisions/reasons";
import { encodeRecord, type StoredRecord } from "@headroom/decisions/record";
import { instant } from "@headroom/decisions/say";

// What a deployed Headroom decided about a target in the last day, newest last: `npm run records -- TABLE TARGET`. With
// --json each line is a record as `headroom replay -` takes it.

const DAY_SECONDS = 86_400;
const MOST = 200;

const [table, target, form] = process.argv.slice(2);
if (table === undefined || target === undefined) {
  console.error("Write the table that `npx sst deploy` named, and a target: npm run records -- TABLE TARGET [--json]");
  process.exit(2);
}

function line({ input, decision, outcome }: StoredRecord): string {
  const what = decision.is === "scale" ? `${decision.from} -> ${decision.to}` : `hold ${decision.at ?? ""}`;
  return `${instant(input.at)}  ${what.padEnd(12)}  ${outcome.is.padEnd(8)}  ${sentence(bindingReason(decision))}`;
}

const { records } = dynamoStores(dynamoClient(await settingsOfProfile()), table);
const now = Date.now() / 1000;
const found = await records.list(target, { from: now - DAY_SECONDS, to: now, limit: MOST });
for (const record of found.toReversed())
  console.log(form === "--json" ? JSON.stringify(encodeRecord(record)) : line(record));
if (found.length === 0) console.error(`There is no record of ${target} of the last day in ${table}.`);
