import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { NotFound } from "@headroom/decisions/errors";
import type { Where } from "../arn.ts";
import type { Connect } from "../clients.ts";
import { translated } from "../errors.ts";
import type { Check } from "./check.ts";

/**
 * Who asks, and where.
 * @throws Denied where there are no credentials or they are refused, Throttled where AWS cannot be reached
 */
export async function callerOf(connect: Connect, region: string): Promise<{ caller: string; here: Where }> {
  const client = connect("STS", (configuration) => new STSClient(configuration))();
  const { Arn: caller, Account: account } = await translated(
    "asking who is asking",
    client.send(new GetCallerIdentityCommand({})),
  );
  const partition = caller?.split(":")[1];
  if (caller === undefined || account === undefined || partition === undefined)
    throw new NotFound("GetCallerIdentity names nobody");
  return { caller, here: { partition, region, account } };
}

/** Says as who everything else was looked at. Where that is not known, nothing else is looked at. */
export const credentials: Check = {
  name: "credentials",
  run: async ({ caller, here }) => [{ status: "ok", says: `Asked as ${caller}, in Region ${here.region}.` }],
};
