import { isProduction } from "./stage.ts";

/** Headroom's state; `packages/aws/src/stores/table.ts` says what is in it. SST turns point-in-time recovery on. */
export const table = new sst.aws.Dynamo("State", {
  fields: { pk: "string", sk: "string" },
  primaryIndex: { hashKey: "pk", rangeKey: "sk" },
  ttl: "expires",
  deletionProtection: isProduction,
});
