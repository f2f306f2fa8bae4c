import type { Refused } from "./mutation.ts";

/** What `npm run infra:types` finds, and what the compiler says. */
export const types: Refused[] = [
  {
    what: "memory without its unit",
    ...{ file: "infra/functions.ts", from: '"512 MB"', to: '"512"', says: /infra\/functions\.ts.*"512"/ },
  },
  {
    what: "a property that no queue has",
    ...{
      file: "infra/queues.ts",
      from: "visibilityTimeout:",
      to: "visibility:",
      says: /infra\/queues\.ts.*visibility/,
    },
  },
  {
    what: "a table that infra does not have",
    ...{ file: "sst.config.ts", from: "const { table }", to: "const { tabel: table }", says: /sst\.config\.ts.*tabel/ },
  },
];
