import { defineConfig } from "@headroom/decisions/config/define";

/** Requests that a task of the service takes in a minute. */
const PER_TASK = 10;

/**
 * What is deployed here: a service where Headroom runs, with an alarm that wakes it, and one elsewhere that works off a
 * queue. In two Regions, so that the tick sends each shard a message instead of looking itself.
 */
export default defineConfig({
  name: "deployed",
  targets: {
    web: {
      resource: { kind: "ecs-service", cluster: "deployed", service: "web" },
      ...{ mode: "control", wake: "alarm", min: 1, max: 10 },
      policies: [
        {
          ...{ kind: "target-tracking", of: "total", target: PER_TASK },
          signals: [
            {
              ...{ source: "cloudwatch", namespace: "Deployed", metric: "Requests", statistic: "Sum" },
              ...{ dimensions: { Service: "web" }, period: "60s", delay: "0s" },
            },
          ],
        },
      ],
    },
    images: {
      resource: { kind: "ecs-service", cluster: "deployed", service: "images" },
      ...{ region: "us-east-1", mode: "control", min: 1, max: 10 },
      policies: [{ kind: "queue", queue: "images", drainWithin: "1m", secondsPerMessage: 20 }],
    },
  },
});
