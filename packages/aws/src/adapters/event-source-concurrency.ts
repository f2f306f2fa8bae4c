import { GetEventSourceMappingCommand, LambdaClient, UpdateEventSourceMappingCommand } from "@aws-sdk/client-lambda";
import type { Place } from "@headroom/decisions/config/place";
import type { ResourceOf } from "@headroom/decisions/config/resources";
import { Invalid } from "@headroom/decisions/errors";
import type { CapacityAnswer } from "@headroom/decisions/model";
import { answered, fewAtATime } from "../answers.ts";
import { translated } from "../errors.ts";
import type { Adapter, Wires } from "../targets/target-kind.ts";
import { triedOnce } from "../tried-once.ts";

type EventSource = ResourceOf<"event-source-concurrency">;

/** Lambda takes 15 control calls a second. */
const AT_A_TIME = 5;

/** What a mapping's maximum can be (Lambda API, ScalingConfig). */
const BOUNDS = { minimum: 2, maximum: 1000 };

/** States in which the mapping polls. */
const POLLING = ["Enabled", "Updating"];

/** @see TargetKind */
export function adapter({ connect, clock }: Wires): Adapter<EventSource> {
  const client = connect("LAMBDA", (configuration) => new LambdaClient(configuration));
  const changing = connect("LAMBDA", (configuration) => new LambdaClient(triedOnce(configuration)));

  async function answerFor({ mapping }: EventSource, place: Place): Promise<CapacityAnswer> {
    const call = client(place).send(new GetEventSourceMappingCommand({ UUID: mapping }));
    const { State: state = "", ScalingConfig } = await translated(`reading event source mapping ${mapping}`, call);
    const most = ScalingConfig?.MaximumConcurrency;
    if (most === undefined) {
      throw new Invalid(
        `event source mapping ${mapping} has no maximum concurrency: give it one, for Headroom to move`,
      );
    }
    // A mapping takes up its maximum at once; how many messages there are decides what it uses.
    const serving = POLLING.includes(state) ? most : 0;
    return { is: "capacity", at: clock.now(), desired: most, running: serving, ready: serving, ...BOUNDS };
  }

  return {
    async read(asked, place) {
      const answers = await fewAtATime(asked, AT_A_TIME, ({ id, resource }) =>
        answered([id], async () => new Map([[id, await answerFor(resource, place)]])),
      );
      return new Map(answers.flat());
    },

    async set({ mapping }, capacity, place) {
      const command = new UpdateEventSourceMappingCommand({
        UUID: mapping,
        ScalingConfig: { MaximumConcurrency: capacity },
      });
      await translated(`setting a maximum concurrency of ${capacity} for ${mapping}`, changing(place).send(command));
    },

    async setMinimum({ mapping }) {
      throw new Invalid(`event source mapping ${mapping}: its kind has no minimum`);
    },

    // AWS has no scaler that moves a mapping's maximum.
    rivals: async (asked) => new Map(asked.map(({ id }) => [id, []])),
  };
}
