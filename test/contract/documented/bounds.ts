import { json, jsonError } from "./server.ts";
import { nameOfError, type Vector } from "./vector.ts";

const web = { id: "web", resource: { kind: "ecs-service", cluster: "main", service: "web" } } as const;
const API = "https://docs.aws.amazon.com/autoscaling/application/APIReference";
const REGISTER = "application-autoscaling:RegisterScalableTarget";
const SCHEDULE = "application-autoscaling:PutScheduledAction";
const TARGETS = { "application-autoscaling:DescribeScalableTargets": [json({ ScalableTargets: [] })] };
const FALLBACK = { to: 2, at: 1_767_272_400 };

function refusal(what: string, name: string, gives: string, on: string): Vector {
  return {
    what,
    source: `${API}/API_${on.split(":")[1]}.html`,
    emulators: "moto checks less, MiniStack has no Application Auto Scaling",
    script: { ...TARGETS, [REGISTER]: [json({})], [SCHEDULE]: [json({})], [on]: [jsonError(name, what)] },
    ask: (world) => nameOfError(world.capacities.setMinimum(web, 5, FALLBACK)),
    gives,
  };
}

export const boundsVectors: Vector[] = [
  refusal("a minimum above the maximum is refused", "ValidationException", "Invalid", REGISTER),
  refusal("what is not registered cannot have its minimum moved", "ObjectNotFoundException", "NotFound", SCHEDULE),
  refusal("while another update is pending it is left for later", "ConcurrentUpdateException", "Conflict", REGISTER),
  {
    what: "bounds are not moved while scheduled scaling is suspended: nothing would take them back",
    source:
      "https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-suspend-resume-scaling.html",
    emulators: "moto schedules actions and never performs them",
    script: {
      "application-autoscaling:DescribeScalableTargets": [
        json({
          ScalableTargets: [
            {
              ...{ ResourceId: "service/main/web", MinCapacity: 2, MaxCapacity: 10 },
              SuspendedState: { ScheduledScalingSuspended: true },
            },
          ],
        }),
      ],
    },
    ask: (world) => nameOfError(world.capacities.setMinimum(web, 5, FALLBACK)),
    gives: "Invalid",
  },
  refusal("User is missing the following permissions: ecs:UpdateService", "ValidationException", "Denied", REGISTER),
  refusal("too many scheduled actions", "LimitExceededException", "Throttled", SCHEDULE),
  {
    what: "a schedule of one time is at(yyyy-mm-ddThh:mm:ss), in UTC",
    source: `${API}/API_PutScheduledAction.html`,
    emulators: "moto keeps any text",
    script: { ...TARGETS, [REGISTER]: [json({})], [SCHEDULE]: [json({})] },
    async ask(world, sent) {
      await world.capacities.setMinimum(web, 5, FALLBACK).catch(() => undefined);
      const [request = "{}"] = sent.asked(SCHEDULE);
      return JSON.parse(request);
    },
    gives: { Schedule: "at(2026-01-01T13:00:00)", ScalableTargetAction: { MinCapacity: 2 } },
  },
];
