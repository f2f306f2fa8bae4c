import { IAMClient } from "@aws-sdk/client-iam";
import type { Fleet } from "@headroom/decisions/config/fleet";
import { type Grant, grantsOf, grantsOfRole } from "../grants.ts";
import type { Check, Finding } from "./check.ts";
import { fixOf, whyOf } from "./failure.ts";
import type { Look } from "./look.ts";
import { principalOf } from "./principal.ts";
import { simulated, type Verdict } from "./simulation.ts";

/** Those whose permissions a part of the fleet rests on, and what each target of theirs needs. */
type Holder = { principal: string; client: IAMClient; grants: Grant[]; needs: ReadonlyMap<string, Grant[]> };

const pair = (action: string, resource: string) => `${action} on ${resource}`;

function pairsOf(grants: readonly Grant[]): Set<string> {
  return new Set(grants.flatMap(({ actions, resources }) => actions.flatMap((a) => resources.map((r) => pair(a, r)))));
}

function needsOf(fleet: Fleet, grantsFor: (only: Fleet) => Grant[]): Map<string, Grant[]> {
  const each = Object.entries(fleet.targets).map(
    ([id, config]) => [id, grantsFor({ ...fleet, targets: { [id]: config } })] as const,
  );
  return new Map(each.filter(([, grants]) => grants.length > 0));
}

function refused(verdicts: readonly Verdict[], is: Verdict["is"], needed: ReadonlySet<string>): string[] {
  const found = verdicts.filter((each) => each.is === is).map(({ action, resource }) => pair(action, resource));
  return found.filter((each) => needed.has(each));
}

function findingsOf({ principal, grants, needs }: Holder, verdicts: readonly Verdict[]): Finding[] {
  const found = [...needs].flatMap(([target, grants]): Finding[] => {
    const needed = pairsOf(grants);
    const denied = refused(verdicts, "denied", needed);
    const unknown = refused(verdicts, "unknown", needed);
    const says = `${principal} may not do ${denied.join(", ")}.`;
    const depends = `Whether ${principal} may do ${unknown.join(", ")} depends on conditions that cannot be simulated.`;
    return [
      ...(denied.length > 0 ? [{ target, status: "problem" as const, says, fix: "allow it, or ask with --role" }] : []),
      ...(unknown.length > 0 ? [{ target, status: "notChecked" as const, says: depends }] : []),
    ];
  });
  const count = pairsOf(grants).size;
  const all = verdicts.filter(({ is }) => is === "allowed").length;
  if (found.length > 0) return found;
  return all < count
    ? [{ status: "notChecked", says: `IAM's simulator answered ${all} of ${count} questions about ${principal}.` }]
    : [{ status: "ok", says: `${principal} may do all ${count} things that the fleet needs.` }];
}

async function check(holder: Holder): Promise<Finding[]> {
  if (holder.grants.length === 0) return [];
  try {
    return findingsOf(holder, await simulated(holder.client, holder.principal, holder.grants));
  } catch (error) {
    const why = whyOf(error);
    const says = `Whether ${holder.principal} may do what the fleet needs was not simulated. ${why}`;
    const fix = why.startsWith("Denied") ? "allow iam:SimulatePrincipalPolicy to whoever asks" : fixOf(why);
    return [{ status: "notChecked", says, fix }];
  }
}

async function own(look: Look, client: IAMClient): Promise<Finding[]> {
  const { fleet, here, caller } = look;
  const principal = look.role ?? (await principalOf(client, caller));
  if (principal === undefined) {
    const fix = "ask as a user or role, or name one with --role";
    return [{ status: "notChecked", says: `IAM cannot simulate the permissions of ${caller}.`, fix }];
  }
  const needs = needsOf(fleet, (only) => grantsOf(only, here));
  return check({ principal, client, grants: grantsOf(fleet, here), needs });
}

/** Whether the permissions that the fleet needs are there: of whoever asks or of a role that is named, and of targets' own roles. */
export const permissions: Check = {
  name: "permissions",
  async run(look) {
    const { fleet, here, connect } = look;
    const client = connect("IAM", (configuration) => new IAMClient(configuration));
    const roles = new Set(Object.values(fleet.targets).flatMap(({ role }) => (role === undefined ? [] : [role])));
    const each = await Promise.all([
      own(look, client()),
      ...[...roles].map((role) => {
        const needs = needsOf(fleet, (only) => grantsOfRole(only, role, here));
        return check({ principal: role, client: client({ role }), grants: grantsOfRole(fleet, role, here), needs });
      }),
    ]);
    return each.flat();
  },
};
