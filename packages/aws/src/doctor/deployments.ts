import { type Deployment, DescribeServicesCommand, ECSClient } from "@aws-sdk/client-ecs";
import { type Place, placeName, placeOf } from "@headroom/decisions/config/place";
import { NotFound } from "@headroom/decisions/errors";
import { time } from "@headroom/decisions/say";
import { fewAtATime, inLists } from "../answers.ts";
import { translated } from "../errors.ts";
import type { Check, Finding } from "./check.ts";
import { whyOf } from "./failure.ts";
import type { Look } from "./look.ts";

/** Services that one DescribeServices takes. */
const SERVICES_A_CALL = 10;
const AT_A_TIME = 5;

/** A deployment that has not ended after so many seconds hardly will: nothing is lowered while it runs. */
const STUCK_SECONDS = 3600;

type Service = { target: string; cluster: string; service: string; place: Place };

function servicesOf({ fleet }: Look): Service[] {
  return Object.entries(fleet.targets).flatMap(([target, config]) => {
    const { resource } = config;
    if (resource.kind !== "ecs-service") return [];
    return [{ target, cluster: resource.cluster, service: resource.service, place: placeOf(config) }];
  });
}

/** Services that are read in one call: of one cluster, in one place. */
function listsOf(services: readonly Service[]): Service[][] {
  const alike = Map.groupBy(services, ({ cluster, place }) => `${placeName(place)} ${cluster}`);
  return [...alike.values()].flatMap((some) => inLists(some, SERVICES_A_CALL));
}

function trouble({ rolloutState, rolloutStateReason, createdAt, failedTasks = 0 }: Deployment, now: number) {
  const age = createdAt === undefined ? 0 : now - createdAt.getTime() / 1000;
  const why = rolloutStateReason === undefined ? "" : ` ECS says: ${rolloutStateReason}`;
  if (rolloutState === "FAILED") return `A deployment has failed.${why}`;
  if (rolloutState !== "IN_PROGRESS" || age < STUCK_SECONDS) return undefined;
  return `A deployment has been running for ${time(age)}, with ${failedTasks} failed tasks.${why}`;
}

function findingFor(target: string, deployments: readonly Deployment[], now: number): Finding {
  const troubles = deployments.map((each) => trouble(each, now)).filter((each) => each !== undefined);
  if (troubles.length === 0) return { target, status: "ok", says: "No deployment is stuck." };
  const fix = "roll it back, or deploy what can start; until then nothing is lowered";
  return { target, status: "problem", says: troubles.join(" "), fix };
}

/** Whether deployments of ECS services come to an end. */
export const deployments: Check = {
  name: "deployments",
  async run(look) {
    const client = look.connect("ECS", (configuration) => new ECSClient(configuration));

    async function read(list: readonly Service[]): Promise<Finding[]> {
      const [first] = list;
      if (first === undefined) return [];
      const { cluster, place } = first;
      const services = list.map(({ service }) => service);
      const call = client(place).send(new DescribeServicesCommand({ cluster, services }));
      try {
        const { services: found = [] } = await translated(`reading services of ${cluster}`, call);
        return list.flatMap(({ target, service }) => {
          const there = found.find(({ serviceName, status }) => serviceName === service && status === "ACTIVE");
          return there === undefined ? [] : [findingFor(target, there.deployments ?? [], look.clock.now())];
        });
      } catch (error) {
        if (error instanceof NotFound) return []; // that it does not exist is another check's
        const says = `Its deployments cannot be read. ${whyOf(error)}`;
        return list.map(({ target }) => ({ target, status: "notChecked" as const, says }));
      }
    }

    return (await fewAtATime(listsOf(servicesOf(look)), AT_A_TIME, read)).flat();
  },
};
