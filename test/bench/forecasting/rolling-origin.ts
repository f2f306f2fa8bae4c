import type { Trace } from "@headroom/twin/workloads/trace";
import type { Model, Question } from "./model.ts";
import { dailyNaiveError, meanScore, type Score, scoreOf } from "./score.ts";

const ORIGINS = 50;
const LONGEST_DAYS = 28;
const SHORTEST_DAYS = 2;
/** Every model answers for so much CPU time before the clock runs: compilers need a run-up. */
const WARMING_MS = 1000;

export type Row = { trace: string; model: string; origins: number } & Score & { cpuMs: number };

type Asked = { history: Float64Array; actual: Float64Array; now: number };

/** Origins evenly over the last half, the last one a horizon before the end, the first after two days. None, if too short. */
function questionsOf({ values, start, interval }: Trace, horizon: number): Asked[] {
  const series = Float64Array.from(values);
  const from = Math.max(Math.floor(series.length / 2), Math.ceil((SHORTEST_DAYS * 86_400) / interval));
  if (from >= series.length - horizon) return [];
  const longest = (LONGEST_DAYS * 86_400) / interval;
  return Array.from({ length: ORIGINS }, (_, index) => {
    const origin = Math.round(from + ((series.length - horizon - from) * index) / (ORIGINS - 1));
    return {
      history: series.slice(Math.max(0, origin - longest), origin),
      actual: series.slice(origin, origin + horizon),
      now: start + origin * interval,
    };
  });
}

function warm(model: Model, questions: readonly Question[]): void {
  const begin = process.cpuUsage();
  let spent = 0;
  for (let asked = 0; spent < WARMING_MS * 1000; asked += 1) {
    const question = questions[asked % questions.length];
    if (question !== undefined) model.answer(question);
    const { user, system } = process.cpuUsage(begin);
    spent = user + system;
  }
}

/** Asks a model at every origin of a trace; undefined where the trace is too short for one. CPU time is that of the answers alone, of this whole process. */
export function rollingOrigin(trace: Trace, name: string, model: Model, seconds: number): Row | undefined {
  const step = trace.interval;
  const horizon = Math.round(seconds / step);
  const asked = questionsOf(trace, horizon).filter((_, index) => index % model.every === 0);
  const questions = asked.map(({ history, now }) => ({
    ...{ value: history, now, step, horizon },
    at: history.map((_, index) => now - (history.length - index) * step),
  }));
  if (questions.length === 0) return undefined;
  warm(model, questions);
  const before = process.cpuUsage();
  const answers = questions.map((question) => model.answer(question));
  const { user, system } = process.cpuUsage(before);
  const day = Math.round(86_400 / step);
  const scores = asked.flatMap(({ actual, history }, index) => {
    const answer = answers[index];
    return answer === undefined ? [] : [scoreOf(actual, answer, dailyNaiveError(history, day))];
  });
  const cpuMs = (user + system) / 1000 / answers.length;
  return { trace: name, model: model.name, origins: answers.length, ...meanScore(scores), cpuMs };
}
