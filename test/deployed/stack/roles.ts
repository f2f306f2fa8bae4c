import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import * as z from "zod";
import { every, kinds } from "../../synth/kinds.ts";
import { asRead } from "../stand-ins.ts";
import type { Noun } from "./noun.ts";

/** A policy is text in most places, and an object where SST wrote it. */
const text = z.union([z.string(), z.looseObject({}).transform((value) => JSON.stringify(value))]);
const permissions = text.transform(asRead);

const policy = { type: kinds.policy.type, inputs: z.object({ name: z.string(), policy: permissions }) };
/** Roles with their policies, which `permit` puts in place. */
export const role = {
  type: kinds.role.type,
  inputs: z.object({
    ...{ name: z.string(), assumeRolePolicy: text, managedPolicyArns: z.array(z.string()).default([]) },
    inlinePolicies: z.array(z.object({ name: z.string(), policy: permissions })),
  }),
};

export const roles: Noun = {
  types: [kinds.policy.type, kinds.role.type],
  async standUp(template, { iam }) {
    for (const { name, policy: PolicyDocument } of every(template, policy))
      await iam.send(new CreatePolicyCommand({ PolicyName: name, PolicyDocument }));
    for (const { name: RoleName, assumeRolePolicy, managedPolicyArns, inlinePolicies } of every(template, role)) {
      await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: assumeRolePolicy }));
      for (const PolicyArn of managedPolicyArns) await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
      for (const { name: PolicyName, policy: PolicyDocument } of inlinePolicies)
        await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
    }
  },
};
