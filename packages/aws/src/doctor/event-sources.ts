import { GetEventSourceMappingCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { placeOf } from "@headroom/decisions/config/place";
import type { ResourceOf } from "@headroom/decisions/config/resources";
import { NotFound } from "@headroom/decisions/errors";
import { fewAtATime } from "../answers.ts";
import { translated } from "../errors.ts";
import type { Check, Finding } from "./check.ts";
import { whyOf } from "./failure.ts";

type EventSource = ResourceOf<"event-source-concurrency">;
type Mapping = {
  FunctionArn?: string | undefined;
  State?: string | undefined;
  ScalingConfig?: { MaximumConcurrency?: number | undefined } | undefined;
};

const AT_A_TIME = 5;

/** Maximum concurrency exists for queues alone, from 2 to 1,000 (Lambda API, ScalingConfig). */
function limited({ mapping }: EventSource, min: number, { ScalingConfig }: Mapping): Omit<Finding, "target"> {
  const most = ScalingConfig?.MaximumConcurrency;
  if (most !== undefined) return { status: "ok", says: `Its mapping has a maximum concurrency, of ${most}.` };
  const value = Math.max(2, min);
  return {
    status: "problem",
    says: `Event source mapping ${mapping} has no maximum concurrency that Headroom could move.`,
    fix: `aws lambda update-event-source-mapping --uuid ${mapping} --scaling-config MaximumConcurrency=${value}`,
  };
}

function wired({ mapping, function: name }: EventSource, { FunctionArn, State }: Mapping): Omit<Finding, "target">[] {
  const found: Omit<Finding, "target">[] = [];
  if (FunctionArn !== undefined && FunctionArn.split(":")[6] !== name) {
    const says = `Event source mapping ${mapping} is of ${FunctionArn}, not of ${name}.`;
    found.push({ status: "problem", says, fix: "correct function or mapping in headroom.config.ts" });
  }
  if (State === "Disabled" || State === "Disabling") {
    const fix = "enable it, or leave it out of the fleet";
    found.push({ status: "warning", says: `Event source mapping ${mapping} is ${State}: it works nothing off.`, fix });
  }
  return found;
}

/** Whether event source mappings have a maximum concurrency, poll, and are of the function that is configured. */
export const eventSources: Check = {
  name: "event source",
  async run({ fleet, connect }) {
    const client = connect("LAMBDA", (configuration) => new LambdaClient(configuration));
    const each = await fewAtATime(Object.entries(fleet.targets), AT_A_TIME, async ([target, config]) => {
      const { resource, min } = config;
      if (resource.kind !== "event-source-concurrency") return [];
      const { mapping: UUID } = resource;
      const call = client(placeOf(config)).send(new GetEventSourceMappingCommand({ UUID }));
      try {
        const found = await translated(`reading event source mapping ${UUID}`, call);
        return [limited(resource, min, found), ...wired(resource, found)].map((finding) => ({ target, ...finding }));
      } catch (error) {
        if (error instanceof NotFound) return []; // that it does not exist is another check's
        return [{ target, status: "notChecked" as const, says: `Its mapping cannot be read. ${whyOf(error)}` }];
      }
    });
    return each.flat();
  },
};
