import { every, kinds } from "../kinds.ts";
import { partsOf } from "../parts.ts";
import type { Template } from "../template.ts";
import { unless, unlessSame } from "./rule.ts";

/** The table that `packages/aws/src/stores` writes to. */
export function table(template: Template): string[] {
  const { table } = partsOf(template);
  const keys = [table.hashKey, table.rangeKey, ...table.attributes.map(({ name, type }) => `${name}:${type}`)];
  return [
    ...unlessSame(keys, ["pk", "sk", "pk:S", "sk:S"], "the table's keys"),
    ...unlessSame(table.ttl, { attributeName: "expires", enabled: true }, "what expires in the table"),
    ...unless(table.pointInTimeRecovery?.enabled === true, "the table cannot be restored to a point in time"),
    ...unlessSame(table.billingMode, "PAY_PER_REQUEST", "how the table is paid for"),
  ];
}

/** In production nothing that remembers goes away by mistake; elsewhere nothing stays. */
export function retention(template: Template): string[] {
  const { table } = partsOf(template);
  const isProduction = template.stage === "production";
  const stack = template.resources.find(({ type }) => type === "pulumi:pulumi:Stack");
  return [
    ...unlessSame(table.isRetained, isProduction, "whether the table is retained"),
    ...unlessSame(table.deletionProtectionEnabled, isProduction, "whether the table is protected from deletion"),
    ...unlessSame(stack?.outputs._protect, isProduction, "whether the stage is protected"),
    ...every(template, kinds.log).flatMap(({ logical, isRetained }) =>
      unlessSame(isRetained, isProduction, `whether ${logical} is retained`),
    ),
  ];
}
