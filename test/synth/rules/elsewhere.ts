import * as z from "zod";
import { every, kinds } from "../kinds.ts";
import { REGION } from "../offline/place.ts";
import { partsOf } from "../parts.ts";
import type { Template } from "../template.ts";
import { unless, unlessSame } from "./rule.ts";

/** The same stage can be deployed to several Regions of an account: IAM's names are not of a Region. */
export function regions(template: Template): string[] {
  return every(template, kinds.policy).flatMap(({ name, logical }) =>
    unless(name.includes(REGION), `${logical} is called ${name}, which another Region may have taken`),
  );
}

const outputs = z.object({ roles: z.array(z.string()).default([]) });

/** A deployment says whom a role in another account has to trust: each function, by its role. */
export function trusted(template: Template): string[] {
  const stack = template.resources.find(({ type }) => type === "pulumi:pulumi:Stack");
  const { functions } = partsOf(template);
  const { roles } = outputs.parse(stack?.outputs);
  return unlessSame(roles.sort(), functions.map(({ role }) => role).sort(), "the roles that a deployment names");
}
