import type { Answer } from "./model.ts";

/** Errors of forecasts; MASE and pinball in units of what repeating the day before missed in the history. */
export type Score = { smape: number; mase: number; pinball50: number; pinball90: number; coverage90: number };

/** Mean absolute difference from the same time of the day before. Hyndman and Koehler 2006. */
export function dailyNaiveError(history: Float64Array, day: number): number {
  let sum = 0;
  for (let at = day; at < history.length; at += 1) sum += Math.abs((history[at] ?? 0) - (history[at - day] ?? 0));
  return sum / (history.length - day) || 1;
}

const pinball = (level: number, beyond: number) => Math.max(level * beyond, (level - 1) * beyond);

/** The score of one forecast. */
export function scoreOf(actual: Float64Array, { median, upper }: Answer, scale: number): Score {
  const score: Score = { smape: 0, mase: 0, pinball50: 0, pinball90: 0, coverage90: 0 };
  for (const [index, value] of actual.entries()) {
    const error = value - (median[index] ?? 0);
    const beyond = value - (upper[index] ?? 0);
    score.smape += (200 * Math.abs(error)) / (Math.abs(value) + Math.abs(median[index] ?? 0) || 1);
    score.mase += Math.abs(error) / scale;
    score.pinball50 += pinball(0.5, error) / scale;
    score.pinball90 += pinball(0.9, beyond) / scale;
    score.coverage90 += beyond <= 0 ? 1 : 0;
  }
  return scaled(score, 1 / actual.length);
}

function scaled(score: Score, by: number): Score {
  const { smape, mase, pinball50, pinball90, coverage90 } = score;
  return {
    ...{ smape: smape * by, mase: mase * by },
    ...{ pinball50: pinball50 * by, pinball90: pinball90 * by, coverage90: coverage90 * by },
  };
}

/** The mean of several. */
export function meanScore(scores: readonly Score[]): Score {
  const sum = scores.reduce((a, b) => ({
    ...{ smape: a.smape + b.smape, mase: a.mase + b.mase, pinball50: a.pinball50 + b.pinball50 },
    ...{ pinball90: a.pinball90 + b.pinball90, coverage90: a.coverage90 + b.coverage90 },
  }));
  return scaled(sum, 1 / scores.length);
}
