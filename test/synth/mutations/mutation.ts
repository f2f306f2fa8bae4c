import type { Edit } from "../offline/workspace.ts";
import type { RuleName } from "../rules/registry.ts";

/** A mistake in the source of the deployment, the rule that it breaks, and what the rule says of it. */
export type Mutation = Edit & { what: string; breaks: RuleName; says: RegExp };

/** A mistake that the SST CLI itself does not accept, and what it says. */
export type Refused = Edit & { what: string; says: RegExp };
