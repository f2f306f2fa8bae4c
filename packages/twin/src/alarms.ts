import { alarmName, alarmOf } from "@headroom/decisions/alarms";
import type { Fleet } from "@headroom/decisions/config/fleet";
import type { TargetConfig } from "@headroom/decisions/config/settings";
import type { MetricSignal } from "@headroom/decisions/config/signals";
import type { Point, SignalAnswer } from "@headroom/decisions/model";
import * as z from "zod";
import type { VirtualClock } from "./clock.ts";
import type { Meter } from "./meter.ts";
import { stream } from "./random.ts";

const MINUTE = 60;
/** Datapoints that an evaluation looks at, to find the newest although it is late: the period itself and so many before. */
const EVALUATION_PERIODS = 5;
/** Seconds until a change of state is an event in the queue. Assumption: EventBridge's 80 ms, p90 a second. */
const DELIVERY = [0.1, 1] as const;

const alarmState = z.enum(["OK", "ALARM", "INSUFFICIENT_DATA"]);
type AlarmState = z.infer<typeof alarmState>;

type Alarm = { id: string; config: TargetConfig; signal: MetricSignal; threshold: number };

/** The alarm of each target that asks for one. */
function alarmsOf(fleet: Fleet): Alarm[] {
  return Object.entries(fleet.targets).flatMap(([id, config]) => {
    const alarm = config.wake === "alarm" ? alarmOf(config) : undefined;
    return alarm === undefined ? [] : [{ id, config, ...alarm }];
  });
}

/** CloudWatch's timestamps in an alarm's reason. */
function stamp(at: number): string {
  return new Date(at * 1000).toISOString().replace("Z", "+0000");
}

type Changed = { before: AlarmState; after: AlarmState; point: Point | undefined; at: number };

/** The event as EventBridge delivers it: `events/alarm-state-changed.ts` has its schema. */
function eventOf(fleet: string, { id, config, signal, threshold }: Alarm, { before, after, point, at }: Changed) {
  const name = alarmName({ stage: "twin", fleet }, id);
  const account = config.account ?? "123456789012";
  const region = config.region ?? "eu-west-1";
  const points = point === undefined ? [] : [point];
  const reasonData = {
    ...{ version: "1.0", queryDate: stamp(at), period: signal.period, threshold },
    ...(point === undefined ? {} : { startDate: stamp(point.at) }),
    recentDatapoints: points.map(({ value }) => value),
    evaluatedDatapoints: points.map((each) => ({ timestamp: stamp(each.at), value: each.value })),
  };
  return {
    version: "0",
    id: `${name}@${at}`,
    "detail-type": "CloudWatch Alarm State Change",
    source: "aws.cloudwatch",
    ...{ account, region, time: new Date(at * 1000).toISOString() },
    resources: [`arn:aws:cloudwatch:${region}:${account}:alarm:${name}`],
    detail: {
      alarmName: name,
      state: { value: after, reasonData: JSON.stringify(reasonData), timestamp: stamp(at) },
      previousState: { value: before },
    },
  };
}

type Wires = {
  fleet: Fleet;
  seed: number;
  clock: VirtualClock;
  meter: Meter;
  look(signal: MetricSignal, since: number): SignalAnswer;
  send(body: string): void;
  /** Share of the events that come twice: EventBridge delivers at least once. */
  duplicates: number;
};

/** The alarms of a fleet, each evaluated once a minute at a second of its own: 1 of 1, and what is missing changes nothing. */
export function createAlarms({ fleet, seed, clock, meter, look, send, duplicates }: Wires) {
  const alarms = alarmsOf(fleet);
  let states: Record<string, AlarmState> = {};

  function newest({ signal }: Alarm, now: number): Point | undefined {
    const answer = look(signal, now - EVALUATION_PERIODS * Math.max(MINUTE, signal.period));
    return answer.is === "series" ? answer.points.at(-1) : undefined;
  }

  function deliver(body: string, at: number): void {
    const random = stream(seed, `alarm event ${at} ${body}`);
    const times = random.chance(duplicates) ? 2 : 1;
    for (let time = 0; time < times; time += 1) clock.at(at + random.uniform(...DELIVERY), () => send(body));
  }

  function evaluate(alarm: Alarm): void {
    const at = clock.now();
    meter.count("alarmMinutes");
    const point = newest(alarm, at);
    const before = states[alarm.id] ?? "INSUFFICIENT_DATA";
    const value = point === undefined ? undefined : Number(point.value);
    const after = value === undefined ? "INSUFFICIENT_DATA" : value > alarm.threshold ? "ALARM" : "OK";
    states[alarm.id] = after;
    if (after === before) return;
    deliver(JSON.stringify(eventOf(fleet.name, alarm, { before, after, point, at })), at);
  }

  return {
    /** Books the evaluations of the minute that begins at `at`. */
    book(at: number): void {
      for (const alarm of alarms) {
        const offset = stream(seed, `alarm ${alarm.id}`).uniform(0, MINUTE);
        clock.at(at + offset, () => evaluate(alarm));
      }
    },
    /** By target. */
    states: (): Readonly<Record<string, AlarmState>> => states,
    snapshot: () => ({ ...states }),
    /** @throws ZodError when it is no snapshot of this */
    restore(snapshot: unknown): void {
      states = z.record(z.string(), alarmState).parse(snapshot);
    },
  };
}

export type Alarms = ReturnType<typeof createAlarms>;
