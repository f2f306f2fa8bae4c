import type { ResourceOf } from "@headroom/decisions/config/resources";
import type { TargetConfig } from "@headroom/decisions/config/settings";
import { arn, type Where } from "../arn.ts";
import type { Grant } from "../grants.ts";
import { scalableTargetGrants, validated } from "../native/scalable-target-grants.ts";

type ProvisionedConcurrency = ResourceOf<"lambda-provisioned-concurrency">;

export const documentation = "https://docs.aws.amazon.com/lambda/latest/api/API_PutProvisionedConcurrencyConfig.html";

/** @see TargetKind */
export function grants(resource: ProvisionedConcurrency, where: Where, mode: TargetConfig["mode"]): Grant[] {
  const resources = [arn("lambda", `function:${resource.function}:${resource.alias}`, where)];
  const raise = ["lambda:PutProvisionedConcurrencyConfig"];
  const changes = { observe: [], floor: raise, control: [...raise, "lambda:DeleteProvisionedConcurrencyConfig"] };
  return [
    { actions: ["lambda:GetProvisionedConcurrencyConfig", ...changes[mode]], resources },
    ...scalableTargetGrants(where, mode),
    ...(mode === "floor" ? [validated(["lambda:DeleteProvisionedConcurrencyConfig"], resources)] : []),
  ];
}

/** @see TargetKind */
export const load = () => import("../adapters/lambda-provisioned-concurrency.ts");
