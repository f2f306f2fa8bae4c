import type { Contender } from "./autoscaler.ts";
import { CLOUDWATCH, DIRECT, deciding, keysOf, newest, type Source, settingsOf, shared } from "./deciding.ts";

/** How long a backlog may last once there are units to work it off. */
const DRAIN_SECONDS = 300;

function onQueue(policy: string, source: Source, perUnit: number): Contender {
  return {
    ...shared,
    policy,
    rule: `its defaults: the queue looked at every ${source.every} s, arrivals 120 s late; a backlog gone in ${DRAIN_SECONDS} s once units start`,
    create(target, bounds) {
      const drainWithin = `${bounds.startDelay + DRAIN_SECONDS}s` as const;
      const secondsPerMessage = 1 / (perUnit * target);
      const settings = settingsOf(bounds, [{ kind: "queue", queue: "backtest", drainWithin, secondsPerMessage }]);
      const [attributes = "", sent = ""] = keysOf(settings);
      return deciding(settings, source, (view) => ({
        [attributes]: { is: "queue", at: view.now, delayed: 0, ...view.queue },
        [sent]: newest(CLOUDWATCH, view, (from, to) => view.load(from, to) * perUnit * CLOUDWATCH.period),
      }));
    },
  };
}

/** Headroom's queue policy: attributes read directly once a minute or every ten seconds, arrivals from CloudWatch. */
export const headroomQueue = (perUnit: number) => onQueue("headroom", CLOUDWATCH, perUnit);
export const headroomQueueDirect = (perUnit: number) => onQueue("headroom-direct", DIRECT, perUnit);
