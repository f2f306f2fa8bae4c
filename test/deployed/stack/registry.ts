import { kinds } from "../../synth/kinds.ts";
import { alarms } from "./alarms.ts";
import { functions } from "./functions.ts";
import { mappings } from "./mappings.ts";
import type { Noun } from "./noun.ts";
import { queues } from "./queues.ts";
import { roles } from "./roles.ts";
import { rules } from "./rules.ts";
import { tables } from "./tables.ts";
import { topics } from "./topics.ts";

/** What is made, in this order: what others name comes before them. The schedules come last, in the test: time runs. */
export const nouns: readonly Noun[] = [tables, queues, topics, roles, functions, mappings, rules, alarms];

/** Types that are not made here, and why. */
export const leftOut: Readonly<Record<string, string>> = {
  [kinds.dashboard.type]: "is only looked at",
  "aws:s3/bucketObjectv2:BucketObjectv2": "only carries a bundle to its function, which is given it directly",
  [kinds.schedule.type]: "is made by the test, by createSchedules",
};
