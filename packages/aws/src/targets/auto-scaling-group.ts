import {
  AutoScalingClient,
  DescribeInstanceRefreshesCommand,
  type AutoScalingGroup as Group,
  PutScheduledUpdateGroupActionCommand,
  paginateDescribeAutoScalingGroups,
  paginateDescribePolicies,
  paginateDescribeScheduledActions,
  SetDesiredCapacityCommand,
  UpdateAutoScalingGroupCommand,
} from "@aws-sdk/client-auto-scaling";
import type { Place } from "@headroom/decisions/config/place";
import type { ResourceOf } from "@headroom/decisions/config/resources";
import type { TargetConfig } from "@headroom/decisions/config/settings";
import { Conflict, NotFound } from "@headroom/decisions/errors";
import type { CapacityAnswer } from "@headroom/decisions/model";
import { answered, collected, fewAtATime, ifPossible, inLists } from "../answers.ts";
import { arn, type Where } from "../arn.ts";
import { translated } from "../errors.ts";
import type { Grant } from "../grants.ts";
import { loweringGroupActions, loweringGroupPolicies } from "../native/group-rivals.ts";
import { capacityOfGroup } from "./group-units.ts";
import type { Adapter, Fallback, Wires } from "./target-kind.ts";

type AutoScalingGroup = ResourceOf<"auto-scaling-group">;

export const documentation =
  "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingGroups.html";

const READS = ["autoscaling:DescribeAutoScalingGroups", "autoscaling:DescribeInstanceRefreshes"];
const RIVALS = ["autoscaling:DescribePolicies", "autoscaling:DescribeScheduledActions"];

const CHANGES: { [Mode in TargetConfig["mode"]]: string[] } = {
  observe: [],
  floor: ["autoscaling:UpdateAutoScalingGroup", "autoscaling:PutScheduledUpdateGroupAction"],
  control: ["autoscaling:SetDesiredCapacity"],
};

/** Names that one DescribeAutoScalingGroups takes by default. */
const GROUPS_A_CALL = 50;
const AT_A_TIME = 5;

/** Refreshes that replace instances now. */
const REFRESHING = ["Pending", "InProgress", "Cancelling", "RollbackInProgress", "Baking"];

/** Our scheduled action that takes a raised minimum back. */
const FALLBACK_ACTION = "headroom-floor";

/** AWS refuses two scheduled actions of a group at the same instant: so often the next minute is tried. */
const MINUTES_TRIED = 3;

/** @see TargetKind */
export function grants({ group }: AutoScalingGroup, where: Where, mode: TargetConfig["mode"]): Grant[] {
  const actions = CHANGES[mode];
  // The id in the middle is AWS's own; the name at the end is unique.
  const own = arn("autoscaling", `autoScalingGroup:*:autoScalingGroupName/${group}`, where);
  return [
    {
      actions: mode === "floor" ? READS : [...READS, ...RIVALS],
      ...{ resources: ["*"], why: "EC2 Auto Scaling has no resource level for reading" },
    },
    ...(actions.length > 0 ? [{ actions, resources: [own] }] : []),
  ];
}

/** @see TargetKind */
export function adapter({ connect, clock }: Wires): Adapter<AutoScalingGroup> {
  const client = connect("AUTO_SCALING", (configuration) => new AutoScalingClient(configuration));

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

  /** Puts the fallback where no other scheduled action is. @throws Conflict when there is no such minute near by */
  async function schedule(group: string, { to, at }: Fallback, place: Place, tries = MINUTES_TRIED): Promise<void> {
    const command = new PutScheduledUpdateGroupActionCommand({
      ...{ AutoScalingGroupName: group, ScheduledActionName: FALLBACK_ACTION },
      ...{ StartTime: new Date(Math.ceil(at) * 1000), MinSize: to },
    });
    try {
      await translated(`scheduling the minimum of ${group}`, client(place).send(command));
    } catch (error) {
      if (!(error instanceof Conflict) || tries <= 1) throw error;
      await schedule(group, { to, at: at + 60 }, place, tries - 1);
    }
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
      await translated(`setting a capacity of ${capacity} for ${group}`, client(place).send(command));
    },

    // The fallback comes first: should we die in between, nothing stays raised for ever. AWS raises what is below a minimum.
    async setMinimum({ group }, minimum, fallback, place) {
      await schedule(group, fallback, place);
      const command = new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: group, MinSize: minimum });
      await translated(`setting a minimum of ${minimum} for ${group}`, client(place).send(command));
    },

    async rivals({ group }, place) {
      const found = (await describe([group], place)).get(group);
      const suspended = (found?.SuspendedProcesses ?? []).map(({ ProcessName }) => ProcessName);
      const [configuration, name] = [{ client: client(place) }, { AutoScalingGroupName: group }];
      const [policies, actions] = await translated(
        `reading what scales ${group}`,
        Promise.all([
          collected(paginateDescribePolicies(configuration, name), (page) => page.ScalingPolicies),
          collected(paginateDescribeScheduledActions(configuration, name), (page) => page.ScheduledUpdateGroupActions),
        ]),
      );
      const others = actions.filter(({ ScheduledActionName }) => ScheduledActionName !== FALLBACK_ACTION);
      return [
        ...(suspended.includes("AlarmNotification") ? [] : loweringGroupPolicies(policies)),
        ...(suspended.includes("ScheduledActions") ? [] : loweringGroupActions(others)),
      ];
    },
  };
}
