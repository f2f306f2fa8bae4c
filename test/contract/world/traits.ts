import { hasMinimum, type Resource } from "@headroom/decisions/config/resources";

type Kind = Resource["kind"];

/** What AWS's documentation says of a kind, as far as the contract has to know. */
export type Traits = {
  kind: Kind;
  /** Whether it has a lower bound of its own. */
  hasMinimum: boolean;
  /** Resources that one describe call takes: one more than that needs a second call. */
  perRead: number;
  /** The least that can be set. */
  least: number;
  /** Bounds that the kind has always, in place of those that each resource is given. */
  bounds?: { minimum: number; maximum: number };
  /** Whether a capacity above its maximum is refused, and not just moved back later. */
  enforcesBounds: boolean;
  /** Whether AWS's own target tracking can scale it. */
  hasNative: boolean;
  /** Whether it can tell that a deployment is running. */
  tellsDeployments: boolean;
};

const OWN: { [K in Kind]: Omit<Traits, "kind" | "hasMinimum"> } = {
  // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html: up to 10 services.
  "ecs-service": { perRead: 10, least: 0, enforcesBounds: false, hasNative: true, tellsDeployments: true },
  // https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingGroups.html: 50 a page by default.
  // https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_SetDesiredCapacity.html: within MinSize and MaxSize.
  "auto-scaling-group": { perRead: 50, least: 0, enforcesBounds: true, hasNative: true, tellsDeployments: true },
  // https://docs.aws.amazon.com/lambda/latest/api/API_PutProvisionedConcurrencyConfig.html: from 1; none by deleting it.
  "lambda-provisioned-concurrency": {
    perRead: 1,
    least: 0,
    enforcesBounds: false,
    hasNative: true,
    tellsDeployments: false,
  },
  // https://docs.aws.amazon.com/lambda/latest/api/API_ScalingConfig.html: from 2 to 1,000.
  "event-source-concurrency": {
    perRead: 1,
    least: 2,
    bounds: { minimum: 2, maximum: 1000 },
    enforcesBounds: true,
    hasNative: false,
    tellsDeployments: false,
  },
  // https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalableTargets.html: 50 a page.
  // Between bounds that are pinned, which is how a capacity is set here, target tracking moves nothing.
  "application-auto-scaling": {
    perRead: 50,
    least: 1,
    enforcesBounds: false,
    hasNative: false,
    tellsDeployments: false,
  },
};

function traitsOf(kind: Kind): Traits {
  return { kind, hasMinimum: hasMinimum(kind), ...OWN[kind] };
}

/** Every kind, with its traits. */
export const kinds: readonly Traits[] = [
  traitsOf("ecs-service"),
  traitsOf("auto-scaling-group"),
  traitsOf("lambda-provisioned-concurrency"),
  traitsOf("event-source-concurrency"),
  traitsOf("application-auto-scaling"),
];
