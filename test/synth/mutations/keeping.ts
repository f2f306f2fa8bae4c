import type { Mutation } from "./mutation.ts";

const table = "has the table that the stores need";
const retains = "retains in production, and only there";

export const keeping: Mutation[] = [
  {
    what: "records that never expire",
    ...{ file: "infra/table.ts", from: 'ttl: "expires"', to: 'ttl: "expiresAt"', breaks: table, says: /what expires/ },
  },
  {
    what: "no restoring to a point in time",
    ...{ file: "infra/table.ts", from: "deletionProtection", breaks: table, says: /point in time/ },
    to: "transform: { table: { pointInTimeRecovery: { enabled: false } } },\n  deletionProtection",
  },
  {
    what: "a table that can be deleted in production",
    ...{
      file: "infra/table.ts",
      from: /deletionProtection: .*/,
      to: "",
      breaks: retains,
      says: /protected from deletion/,
    },
  },
  {
    what: "a production that goes with its stage",
    ...{
      file: "sst.config.ts",
      from: '"retain"',
      to: '"remove"',
      breaks: retains,
      says: /whether the table is retained/,
    },
  },
  {
    what: "a production that is not protected",
    ...{ file: "sst.config.ts", from: "protect: isProduction", to: "protect: false", breaks: retains },
    says: /whether the stage is protected/,
  },
  {
    what: "resources without tags",
    ...{
      file: "sst.config.ts",
      from: /, defaultTags: .*? \} \}/,
      to: "",
      breaks: "is all there is, and asks nobody else",
    },
    says: /no tags/,
  },
];
