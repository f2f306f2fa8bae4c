import { every, kinds } from "../kinds.ts";
import type { Template } from "../template.ts";
import { unless } from "./rule.ts";

/** Types by which something could be reached from outside. None is there, so there is nothing to judge. */
const DOORS = /functionUrl|apigateway|cloudfront|lb\/|ec2\//i;

/** Nobody from outside reaches anything. */
export function exposure(template: Template): string[] {
  const doors = template.resources.filter(({ type }) => DOORS.test(type));
  const policies = [...every(template, kinds.queuePolicy), ...every(template, kinds.topicPolicy)];
  return [
    ...doors.map(({ type, name }) => `${name} is a ${type}: say in test/synth/rules/exposure.ts who may use it`),
    ...every(template, kinds.permission).flatMap(({ logical, principal, sourceArn }) => [
      ...unless(/^[a-z]+\.amazonaws\.com$/.test(principal), `${logical} lets ${principal} call a function`),
      ...unless(sourceArn !== undefined, `${logical} does not say on whose behalf`),
    ]),
    ...policies.flatMap(({ logical, policy }) =>
      policy.flatMap(({ Principal, Condition }) => [
        ...unless(!JSON.stringify(Principal).includes('"*"'), `${logical} lets anybody in`),
        ...unless(
          /"aws:Source(Arn|Account)"/.test(JSON.stringify(Condition ?? {})),
          `${logical} does not say on whose behalf`,
        ),
      ]),
    ),
  ];
}
