import { json, jsonError, type Script, xml } from "./server.ts";
import { nameOfError, type Vector } from "./vector.ts";

const web = { id: "web", resource: { kind: "ecs-service", cluster: "main", service: "web" } } as const;
const API = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference";

type Deployment = { status: string; rolloutState: string; desired: number; running: number };

function deployment({ status, rolloutState, desired, running }: Deployment) {
  return { status, rolloutState, desiredCount: desired, runningCount: running, pendingCount: desired - running };
}

const settled = { status: "PRIMARY", rolloutState: "COMPLETED", desired: 4, running: 4 };

/** What reads of a service answer that is in no target group, and not registered. */
function service(
  counts: { desired: number; running: number; pending: number },
  deployments: readonly Deployment[],
  rest = {},
) {
  const { desired: desiredCount, running: runningCount, pending: pendingCount } = counts;
  const described = { serviceName: "web", status: "ACTIVE", desiredCount, runningCount, pendingCount, ...rest };
  return {
    "ecs:DescribeServices": [json({ services: [{ ...described, deployments: deployments.map(deployment) }] })],
    "application-autoscaling:DescribeScalableTargets": [json({ ScalableTargets: [] })],
    "application-autoscaling:DescribeScalingPolicies": [json({ ScalingPolicies: [] })],
    "application-autoscaling:DescribeScheduledActions": [json({ ScheduledActions: [] })],
  };
}

async function read(world: Parameters<Vector["ask"]>[0]) {
  return (await world.capacities.read([web])).get("web");
}

const GROUP = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/1";

function health(...states: readonly string[]): string {
  const each = states.map((state) => `<member><TargetHealth><State>${state}</State></TargetHealth></member>`);
  return `<TargetHealthDescriptions>${each.join("")}</TargetHealthDescriptions>`;
}

/** A service of four tasks that are behind a load balancer, in these states. */
function balanced(...states: readonly string[]): Script {
  return {
    ...service({ desired: 4, running: 4, pending: 0 }, [settled], { loadBalancers: [{ targetGroupArn: GROUP }] }),
    "elasticloadbalancing:DescribeTargetHealth": [xml("DescribeTargetHealth", health(...states))],
  };
}

const registered: Script = {
  "application-autoscaling:DescribeScalableTargets": [
    json({ ScalableTargets: [{ ResourceId: "service/main/web", MinCapacity: 2, MaxCapacity: 10 }] }),
  ],
};

const busy = { ...web, resource: { ...web.resource, taskProtection: true } };
const TASKS = ["a", "b", "c", "d"].map((name) => `arn:aws:ecs:us-east-1:123456789012:task/main/${name}`);

export const taskVectors: Vector[] = [
  {
    what: "a task behind a load balancer is ready once that finds it healthy",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html",
    emulators: "targets are healthy, or unused, at once",
    script: balanced("healthy", "healthy", "initial", "unhealthy", "draining"),
    ask: read,
    gives: { is: "capacity", desired: 4, running: 4, ready: 2 },
  },
  {
    what: "and no less in floor mode, with the bounds that it is registered with",
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html",
    emulators: "targets are healthy, or unused, at once",
    isFloor: true,
    script: { ...balanced("healthy", "initial", "initial", "initial"), ...registered },
    ask: read,
    gives: { is: "capacity", ready: 1, minimum: 2, maximum: 10 },
  },
  {
    what: "tasks that protect themselves are told",
    source: `${API}/API_GetTaskProtection.html`,
    emulators: "neither keeps them from being stopped",
    script: {
      ...balanced("healthy", "healthy", "healthy", "healthy"),
      ...registered,
      "ecs:ListTasks": [json({ taskArns: TASKS })],
      "ecs:GetTaskProtection": [
        json({
          protectedTasks: TASKS.map((taskArn, index) => ({ taskArn, protectionEnabled: index < 3 })),
          failures: [],
        }),
      ],
    },
    ask: async (world) => (await world.capacities.read([busy])).get("web"),
    gives: { is: "capacity", desired: 4, protected: 3 },
  },
  {
    what: "while old and new tasks run side by side, a deployment is running",
    source: `${API}/API_Deployment.html`,
    emulators: "both are done at once",
    script: service({ desired: 4, running: 5, pending: 1 }, [
      { status: "PRIMARY", rolloutState: "IN_PROGRESS", desired: 4, running: 2 },
      { status: "ACTIVE", rolloutState: "COMPLETED", desired: 3, running: 3 },
    ]),
    ask: read,
    gives: { is: "capacity", desired: 4, deploying: true },
  },
  {
    what: "tasks that start are running and not ready, without a deployment",
    source: `${API}/API_Service.html`,
    emulators: "tasks serve at once",
    script: service({ desired: 6, running: 4, pending: 2 }, [{ ...settled, desired: 6 }]),
    ask: read,
    gives: { is: "capacity", desired: 6, running: 6, ready: 4, deploying: false },
  },
  {
    what: "a service that was deleted is still described for a while, as INACTIVE, and is not there",
    source: `${API}/API_DescribeServices.html`,
    emulators: "both forget it at once",
    script: {
      ...service({ desired: 0, running: 0, pending: 0 }, []),
      "ecs:DescribeServices": [
        json({
          services: [{ serviceName: "web", status: "INACTIVE", desiredCount: 0, runningCount: 0, pendingCount: 0 }],
        }),
      ],
    },
    ask: read,
    gives: { is: "failed" },
  },
  {
    what: "a service that was deleted cannot be set",
    source: `${API}/API_UpdateService.html`,
    emulators: "both say that it was not found",
    script: { "ecs:UpdateService": [jsonError("ServiceNotActiveException", "Service was not ACTIVE.")] },
    ask: (world) => nameOfError(world.capacities.set(web, 5)),
    gives: "NotFound",
  },
];
