import type { Refused } from "./mutation.ts";

/** What does not get as far as a template. */
export const refused: Refused[] = [
  {
    what: "a handler in a file that is not there",
    ...{ file: "infra/functions.ts", from: "functions/lambda/", to: "functions/lamda/" },
    says: /functions\/lamda/,
  },
  {
    what: "a handler with a broken import",
    ...{ file: "functions/lambda/tick.ts", from: "../tick.ts", to: "../tock.ts", says: /Could not resolve.*tock/ },
  },
  {
    what: "an alarm that a target cannot have",
    ...{
      file: "headroom.config.ts",
      from: 'mode: "observe", min: 5',
      to: 'mode: "observe", min: 5, region: "us-east-1", wake: "alarm"',
    },
    says: /targets\.checkout\.wake: an alarm wakes only/,
  },
  {
    what: "a mistake in the fleet",
    ...{
      file: "headroom.config.ts",
      from: "max: 40",
      to: "max: 1",
      says: /targets\.web\.min \(2\) is above max, which is 1/,
    },
  },
];
