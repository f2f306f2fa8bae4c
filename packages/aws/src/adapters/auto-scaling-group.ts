import {
  AutoScalingClient,
  DescribeInstanceRefreshesCommand,
  type AutoScalingGroup as Group,
  paginateDescribeAutoScalingGroups,
  SetDesiredCapacityCommand,
  UpdateAutoScalingGroupCommand,
} from "@aws-sdk/client-auto-scaling";
import type { Place } from "@headroom/decisions/config/place";
import type { ResourceOf } from "@headroom/decisions/config/resources";
import { Invalid, NotFound } from "@headroom/decisions/errors";
import type { CapacityAnswer } from "@headroom/decisions/model";
import { answered, collected, fewAtATime, ifPossible, inLists } from "../answers.ts";
import { translated } from "../errors.ts";
import { scheduleFallback } from "../native/group-fallback.ts";
import { groupRivals, whatScales } from "../native/group-rivals.ts";
import type { Adapter, Wires } from "../targets/target-kind.ts";
import { triedOnce } from "../tried-once.ts";
import { capacityOfGroup } from "./group-units.ts";

type AutoScalingGroup = ResourceOf<"auto-scaling-group">;

/** Names that one DescribeAutoScalingGroups takes by default. */
const GROUPS_A_CALL = 50;
const AT_A_TIME = 5;

/** Refreshes that replace instances now. */
const REFRESHING = ["Pending", "InProgress", "Cancelling", "RollbackInProgress", "Baking"];

/** Groups of which each is asked for what scales it. */
const EACH_BY_ITSELF = 10;

/** @see TargetKind */
export function adapter({ connect, clock }: Wires): Adapter<AutoScalingGroup> {
  const client = connect("AUTO_SCALING", (configuration) => new AutoScalingClient(configuration));
  const changing = connect("AUTO_SCALING", (configuration) => new AutoScalingClient(triedOnce(configuration)));

  async function describe(names: string[], place: Place): Promise<Map<string, Group>> {
    const pages = paginateDescribeAutoScalingGroups({ client: client(place) }, { AutoScalingGroupNames: names });
    const groups = await translated(
      "reading Auto Scaling groups",
      collected(pages, ({ AutoScalingGroups }) => AutoScalingGroups),
    );
    return new Map(groups.flatMap((each) => (each.AutoScalingGroupName ? [[each.AutoScalingGroupName, each]] : [])));
  }

  /** Whether an instance refresh runs; undefined where that could not be found out. The newest one comes first. */
  async function isRefreshing(group: string, place: Place): Promise<boolean | undefined> {
    const command = new DescribeInstanceRefreshesCommand({ AutoScalingGroupName: group, MaxRecords: 1 });
    const call = translated(`reading instance refreshes of ${group}`, client(place).send(command));
    const found = await ifPossible(call);
    const status = found?.InstanceRefreshes?.[0]?.Status;
    return found === undefined ? undefined : status !== undefined && REFRESHING.includes(status);
  }

  async function answerFor(group: string, found: Group | undefined, place: Place): Promise<CapacityAnswer> {
    if (found === undefined) throw new NotFound(`Auto Scaling group ${group} does not exist`);
    const capacity = capacityOfGroup(found, clock.now());
    const deploying = await isRefreshing(group, place);
    return deploying === undefined || capacity.is === "failed" ? capacity : { ...capacity, deploying };
  }

  return {
    async read(asked, place) {
      const lists = inLists(asked, GROUPS_A_CALL);
      const answers = await fewAtATime(lists, 1, (list) =>
        answered(
          list.map(({ id }) => id),
          async () => {
            const found = await describe([...new Set(list.map(({ resource }) => resource.group))], place);
            const each = await fewAtATime(list, AT_A_TIME, ({ id, resource: { group } }) =>
              answered([id], async () => new Map([[id, await answerFor(group, found.get(group), place)]])),
            );
            return new Map(each.flat());
          },
        ),
      );
      return new Map(answers.flat());
    },

    async set({ group }, capacity, place) {
      const command = new SetDesiredCapacityCommand({
        ...{ AutoScalingGroupName: group, DesiredCapacity: capacity, HonorCooldown: false },
      });
      await translated(`setting a capacity of ${capacity} for ${group}`, changing(place).send(command));
    },

    // The fallback comes first: should we die in between, nothing stays raised for ever. AWS raises what is below a minimum.
    async setMinimum({ group }, minimum, fallback, place) {
      const found = (await describe([group], place)).get(group);
      if (found?.SuspendedProcesses?.some(({ ProcessName }) => ProcessName === "ScheduledActions")) {
        throw new Invalid(
          `the minimum of ${group} would never fall back, since its ScheduledActions are suspended: resume them`,
        );
      }
      await scheduleFallback(changing(place), group, fallback);
      const command = new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: group, MinSize: minimum });
      await translated(`setting a minimum of ${minimum} for ${group}`, changing(place).send(command));
    },

    async rivals(asked, place) {
      const names = [...new Set(asked.map(({ resource }) => resource.group))];
      const found = await describe(names, place);
      // Many are looked up together: what scales every group there is comes in a few large pages.
      const lists = names.length > EACH_BY_ITSELF ? [{}] : names.map((name) => ({ AutoScalingGroupName: name }));
      const scaling = await translated(
        "reading what scales Auto Scaling groups",
        Promise.all(lists.map((list) => whatScales(client(place), list))),
      );
      const all = {
        policies: scaling.flatMap(({ policies }) => policies),
        actions: scaling.flatMap(({ actions }) => actions),
      };
      return new Map(
        asked.map(({ id, resource: { group: name }, max }) => [id, groupRivals({ name, max }, found.get(name), all)]),
      );
    },
  };
}
