import {
  DeleteProvisionedConcurrencyConfigCommand,
  GetProvisionedConcurrencyConfigCommand,
  LambdaClient,
  PutProvisionedConcurrencyConfigCommand,
} from "@aws-sdk/client-lambda";
import type { Place } from "@headroom/decisions/config/place";
import type { ResourceOf } from "@headroom/decisions/config/resources";
import { answered, fewAtATime, ifPossible } from "../answers.ts";
import { translated } from "../errors.ts";
import { rivalsOf } from "../native/application-rivals.ts";
import { type Registered, type Registration, scalableTargets } from "../native/scalable-targets.ts";
import type { Adapter, Wires } from "../targets/target-kind.ts";
import { triedOnce } from "../tried-once.ts";

type ProvisionedConcurrency = ResourceOf<"lambda-provisioned-concurrency">;

/** Lambda takes 15 control calls a second. */
const AT_A_TIME = 5;

const DIMENSION = { namespace: "lambda", dimension: "lambda:function:ProvisionedConcurrency" } as const;

function registrationOf(resource: ProvisionedConcurrency): Registration {
  return { ...DIMENSION, resourceId: `function:${resource.function}:${resource.alias}` };
}

function named(resource: ProvisionedConcurrency) {
  return { FunctionName: resource.function, Qualifier: resource.alias };
}

/** What AWS answers where nothing is provisioned: the alias is there, its configuration is not. */
function isNothingProvisioned(error: unknown): boolean {
  return error instanceof Error && error.name === "ProvisionedConcurrencyConfigNotFoundException";
}

/** @see TargetKind */
export function adapter({ connect, clock }: Wires): Adapter<ProvisionedConcurrency> {
  const client = connect("LAMBDA", (configuration) => new LambdaClient(configuration));
  const changing = connect("LAMBDA", (configuration) => new LambdaClient(triedOnce(configuration)));
  const scaler = scalableTargets(connect);

  async function provisioned(resource: ProvisionedConcurrency, place: Place) {
    try {
      const found = await client(place).send(new GetProvisionedConcurrencyConfigCommand(named(resource)));
      return {
        desired: found.RequestedProvisionedConcurrentExecutions ?? 0,
        running: found.AllocatedProvisionedConcurrentExecutions ?? 0,
        ready: found.AvailableProvisionedConcurrentExecutions ?? 0,
      };
    } catch (error) {
      if (isNothingProvisioned(error)) return { desired: 0, running: 0, ready: 0 };
      throw error;
    }
  }

  const read = (resource: ProvisionedConcurrency, place: Place) =>
    translated(`reading ${registrationOf(resource).resourceId}`, provisioned(resource, place));

  async function answerFor(resource: ProvisionedConcurrency, bounds: Registered | undefined, place: Place) {
    const units = await read(resource, place);
    const { minimum, maximum } = bounds ?? {};
    return {
      ...{ is: "capacity" as const, at: clock.now(), ...units },
      ...(minimum === undefined ? {} : { minimum }),
      ...(maximum === undefined ? {} : { maximum }),
    };
  }

  async function set(resource: ProvisionedConcurrency, capacity: number, place: Place): Promise<void> {
    const doing = `provisioning ${capacity} for ${registrationOf(resource).resourceId}`;
    // Lambda takes 1 and more; none is to have no configuration. Deleting what is not there succeeds.
    if (capacity === 0) {
      const none = new DeleteProvisionedConcurrencyConfigCommand(named(resource));
      await translated(doing, changing(place).send(none));
      return;
    }
    const command = new PutProvisionedConcurrencyConfigCommand({
      ...named(resource),
      ProvisionedConcurrentExecutions: capacity,
    });
    await translated(doing, changing(place).send(command));
  }

  return {
    async read(asked, place) {
      const ids = asked.map(({ resource }) => registrationOf(resource).resourceId);
      const bounds = await ifPossible(scaler.read(DIMENSION, ids, place));
      const answers = await fewAtATime(asked, AT_A_TIME, ({ id, resource }) =>
        answered([id], async () => {
          const own = bounds?.get(registrationOf(resource).resourceId);
          return new Map([[id, await answerFor(resource, own, place)]]);
        }),
      );
      return new Map(answers.flat());
    },

    set,

    async setMinimum(resource, minimum, fallback, place) {
      await scaler.setMinimum(registrationOf(resource), minimum, fallback, place);
      if ((await read(resource, place)).desired < minimum) await set(resource, minimum, place);
    },

    rivals: (asked, place) => rivalsOf(scaler, asked, { of: registrationOf, place }),
  };
}
