import type { Gap } from "../aws/gaps/gap.ts";

/** What MiniStack 1.5.33 does not do as AWS's documentation says, with what is deployed. */
export const gaps: readonly Gap[] = [
  {
    why: "MiniStack's CloudWatch puts nothing on the bus when an alarm changes; `acceptEnvelopes` stands in",
    says: /to be greater than/,
    cases: ["CloudWatch itself says on the bus that an alarm went off"],
  },
  {
    why: "MiniStack keeps the batching window of an event source mapping, and delivers at once",
    says: /expected \d+ to be \d+/,
    cases: ["alarms that go off within five seconds are one pass"],
  },
  {
    why: "MiniStack's Scheduler sends context attributes as they are; `inputAt` stands in",
    says: /<aws\.scheduler\.scheduled-time>/,
    cases: ["the scheduler puts the scheduled time in its place"],
  },
  {
    why: "MiniStack's Scheduler calls a function without the destination for failures of asynchronous calls",
    says: /to deep equally contain ObjectContaining/,
    cases: ["a tick that the scheduler calls, and that fails, is in the dead letters"],
  },
  {
    why: "MiniStack's rules have no dead letters, and drop what they cannot deliver",
    says: /to deep equally contain ObjectContaining/,
    cases: ["an event that a rule cannot deliver is in the dead letters"],
  },
  {
    why: "MiniStack asks for sqs:SendMessageBatch, which is no action of AWS; `asRead` stands in",
    says: /not authorized to perform: sqs:SendMessageBatch/,
    cases: ["who may send a message to a queue may send several"],
  },
  {
    why: "MiniStack asks for permission on the cluster of a service; `asRead` stands in",
    says: /not authorized to perform: ecs:DescribeServices/,
    cases: ["who may read a service may read it, whatever the cluster"],
  },
  {
    why: "MiniStack's rules deliver to a queue whatever its policy says",
    says: /promise resolved/,
    cases: ["a rule that the policy of a queue does not name delivers nothing to it"],
  },
];
