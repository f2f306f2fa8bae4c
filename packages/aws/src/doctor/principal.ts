import { GetRoleCommand, type IAMClient } from "@aws-sdk/client-iam";
import { ifPossible } from "../answers.ts";
import { translated } from "../errors.ts";

const ASSUMED = /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\//;

/** Who cannot be simulated: the root of an account, and those whom another identity provider sent without a role. */
const BEYOND = /:(root|federated-user\/.*)$/;

/**
 * The user or role whose policies count for a caller, as IAM's simulator wants it; undefined for those that have none.
 * Of a role the caller's ARN holds only the name, so its path is asked for.
 */
export async function principalOf(client: IAMClient, caller: string): Promise<string | undefined> {
  const [, partition, account, role] = ASSUMED.exec(caller) ?? [];
  if (role === undefined) return BEYOND.test(caller) ? undefined : caller;
  const found = await ifPossible(
    translated(`reading role ${role}`, client.send(new GetRoleCommand({ RoleName: role }))),
  );
  return found?.Role?.Arn ?? `arn:${partition}:iam::${account}:role/${role}`;
}
