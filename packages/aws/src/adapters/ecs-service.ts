import { DescribeServicesCommand, ECSClient, type Service, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import type { Place } from "@headroom/decisions/config/place";
import type { ResourceOf } from "@headroom/decisions/config/resources";
import { NotFound } from "@headroom/decisions/errors";
import { answered, fewAtATime, ifPossible, inLists } from "../answers.ts";
import { translated } from "../errors.ts";
import { rivalsOf } from "../native/application-rivals.ts";
import { type Registered, type Registration, scalableTargets } from "../native/scalable-targets.ts";
import type { Adapter, Asked, Wires } from "../targets/target-kind.ts";
import { ecsHealth } from "./ecs-health.ts";
import { protectedTasks } from "./ecs-protection.ts";
import { capacityOfService } from "./ecs-units.ts";

type EcsService = ResourceOf<"ecs-service">;

/** Services that one DescribeServices takes. */
const SERVICES_A_CALL = 10;
const AT_A_TIME = 10;

function registrationOf({ cluster, service }: EcsService): Registration {
  return { namespace: "ecs", resourceId: `service/${cluster}/${service}`, dimension: "ecs:service:DesiredCount" };
}

type Bounds = ReadonlyMap<string, Registered> | undefined;

/** @see TargetKind */
export function adapter({ connect, clock }: Wires): Adapter<EcsService> {
  const client = connect("ECS", (configuration) => new ECSClient(configuration));
  const scaler = scalableTargets(connect);
  const health = ecsHealth(connect);

  async function describe(cluster: string, services: string[], place: Place): Promise<Map<string, Service>> {
    const call = client(place).send(new DescribeServicesCommand({ cluster, services }));
    const found = (await translated(`reading services of ${cluster}`, call)).services ?? [];
    return new Map(found.flatMap((each) => (each.serviceName === undefined ? [] : [[each.serviceName, each]])));
  }

  async function answerFor(
    resource: EcsService,
    found: Service | undefined,
    bounds: Registered | undefined,
    place: Place,
  ) {
    if (found?.status !== "ACTIVE") {
      const what = found === undefined ? "does not exist" : `is ${found.status}`;
      throw new NotFound(`ECS service ${resource.cluster}/${resource.service} ${what}`);
    }
    const [healthy, busy] = await Promise.all([
      health(found, place),
      resource.taskProtection ? protectedTasks(client(place), resource) : undefined,
    ]);
    return capacityOfService({ service: found, bounds, healthy, busy }, clock.now());
  }

  /** Up to ten services of one cluster. */
  async function readSome(cluster: string, asked: readonly Asked<EcsService>[], bounds: Bounds, place: Place) {
    const found = await describe(cluster, [...new Set(asked.map(({ resource }) => resource.service))], place);
    const answers = await Promise.all(
      asked.map(({ id, resource }) =>
        answered([id], async () => {
          const own = bounds?.get(registrationOf(resource).resourceId);
          return new Map([[id, await answerFor(resource, found.get(resource.service), own, place)]]);
        }),
      ),
    );
    return new Map(answers.flat());
  }

  async function set({ cluster, service }: EcsService, capacity: number, place: Place): Promise<void> {
    const command = new UpdateServiceCommand({ cluster, service, desiredCount: capacity });
    await translated(`setting ${capacity} tasks of ${cluster}/${service}`, client(place).send(command));
  }

  return {
    async read(asked, place) {
      const ids = asked.map(({ resource }) => registrationOf(resource).resourceId);
      // Without its bounds a service can still be scaled: what Application Auto Scaling withholds is absent.
      const bounds = await ifPossible(
        scaler.read({ namespace: "ecs", dimension: "ecs:service:DesiredCount" }, ids, place),
      );
      const clusters = [...Map.groupBy(asked, ({ resource }) => resource.cluster)];
      const lists = clusters.flatMap(([cluster, some]) =>
        inLists(some, SERVICES_A_CALL).map((list) => ({ cluster, list })),
      );
      const answers = await fewAtATime(lists, AT_A_TIME, ({ cluster, list }) =>
        answered(
          list.map(({ id }) => id),
          () => readSome(cluster, list, bounds, place),
        ),
      );
      return new Map(answers.flat());
    },

    set,

    // ECS itself knows no minimum: a service below a raised one is raised to it here, and not only when an alarm next goes off.
    async setMinimum(resource, minimum, fallback, place) {
      await scaler.setMinimum(registrationOf(resource), minimum, fallback, place);
      const found = (await describe(resource.cluster, [resource.service], place)).get(resource.service);
      if ((found?.desiredCount ?? minimum) < minimum) await set(resource, minimum, place);
    },

    rivals: (asked, place) => rivalsOf(scaler, asked, { of: registrationOf, place }),
  };
}
