import { DescribeServicesCommand, ECSClient, type Service, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import type { Place } from "@headroom/decisions/config/place";
import type { ResourceOf } from "@headroom/decisions/config/resources";
import { NotFound, Throttled } from "@headroom/decisions/errors";
import type { CapacityAnswer } from "@headroom/decisions/model";
import { answered, fewAtATime, ifPossible, inLists } from "../answers.ts";
import { translated } from "../errors.ts";
import { rivalsOf } from "../native/application-rivals.ts";
import { type Registered, type Registration, scalableTargets } from "../native/scalable-targets.ts";
import type { Adapter, Asked, Wires } from "../targets/target-kind.ts";
import { triedOnce } from "../tried-once.ts";
import { ecsHealth } from "./ecs-health.ts";
import { protectedTasks } from "./ecs-protection.ts";
import { capacityOfService } from "./ecs-units.ts";

type EcsService = ResourceOf<"ecs-service">;

/** Services that one DescribeServices takes. */
const SERVICES_A_CALL = 10;

/** Calls to ECS at a time, and services that are asked for their health: load balancers of an account share few calls. */
const AT_A_TIME = 10;

function registrationOf({ cluster, service }: EcsService): Registration {
  return { namespace: "ecs", resourceId: `service/${cluster}/${service}`, dimension: "ecs:service:DesiredCount" };
}

/** @see TargetKind */
export function adapter({ connect, clock }: Wires): Adapter<EcsService> {
  const client = connect("ECS", (configuration) => new ECSClient(configuration));
  const changing = connect("ECS", (configuration) => new ECSClient(triedOnce(configuration)));
  const scaler = scalableTargets(connect);
  const health = ecsHealth(connect);

  async function describe(cluster: string, services: string[], place: Place): Promise<Map<string, Service>> {
    const call = client(place).send(new DescribeServicesCommand({ cluster, services }));
    const found = (await translated(`reading services of ${cluster}`, call)).services ?? [];
    return new Map(found.flatMap((each) => (each.serviceName === undefined ? [] : [[each.serviceName, each]])));
  }

  /**
   * How many tasks its load balancers find healthy; undefined where there are none, or they take no more calls now. Then
   * every task that runs is taken for one that serves: with the same readings more units have more load between them, so
   * that no proposal is lower for it.
   */
  async function healthyOf(service: Service, place: Place): Promise<number | undefined> {
    try {
      return await health(service, place);
    } catch (error) {
      if (error instanceof Throttled) return undefined;
      throw error;
    }
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
      healthyOf(found, place),
      resource.taskProtection ? protectedTasks(client(place), resource) : undefined,
    ]);
    return capacityOfService({ service: found, bounds, healthy, busy }, clock.now());
  }

  /** What ECS says of each, by id: ten services of one cluster a call. */
  async function describeAll(asked: readonly Asked<EcsService>[], place: Place) {
    const clusters = [...Map.groupBy(asked, ({ resource }) => resource.cluster)];
    const lists = clusters.flatMap(([cluster, some]) =>
      inLists(some, SERVICES_A_CALL).map((list) => ({ cluster, list })),
    );
    const answers = await fewAtATime(lists, AT_A_TIME, ({ cluster, list }) =>
      answered(
        list.map(({ id }) => id),
        async () => {
          const found = await describe(cluster, [...new Set(list.map(({ resource }) => resource.service))], place);
          return new Map(
            list.map(({ id, resource }) => [id, { is: "service" as const, found: found.get(resource.service) }]),
          );
        },
      ),
    );
    return new Map(answers.flat());
  }

  async function set({ cluster, service }: EcsService, capacity: number, place: Place): Promise<void> {
    const command = new UpdateServiceCommand({ cluster, service, desiredCount: capacity });
    await translated(`setting ${capacity} tasks of ${cluster}/${service}`, changing(place).send(command));
  }

  return {
    async read(asked, place) {
      const ids = asked.map(({ resource }) => registrationOf(resource).resourceId);
      // Without its bounds a service can still be scaled: what Application Auto Scaling withholds is absent.
      const bounds = await ifPossible(
        scaler.read({ namespace: "ecs", dimension: "ecs:service:DesiredCount" }, ids, place),
      );
      const described = await describeAll(asked, place);
      const answers = await fewAtATime(asked, AT_A_TIME, ({ id, resource }) =>
        answered([id], async (): Promise<Map<string, CapacityAnswer>> => {
          const known = described.get(id);
          if (known?.is === "failed") return new Map([[id, known]]);
          const own = bounds?.get(registrationOf(resource).resourceId);
          return new Map([[id, await answerFor(resource, known?.found, own, place)]]);
        }),
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
