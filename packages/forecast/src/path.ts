import type { Forecast } from "./forecast.ts";

/** What the path of a forecast is read from. */
export type Path = Pick<Forecast, "start" | "step" | "point">;

/**
 * The middle of a forecast at an instant (epoch seconds), on the line between the middles of its steps; before the first
 * of them and after the last it stays as it is there. 0 where there are no steps.
 */
export function pathAt({ start, step, point }: Path, at: number): number {
  const last = point.length - 1;
  const place = Math.max(0, Math.min(last, (at - start) / step - 0.5));
  const index = Math.floor(place);
  const before = point[index] ?? 0;
  return before + ((point[Math.min(last, index + 1)] ?? 0) - before) * (place - index);
}

/** The highest point of the middle of a forecast from one instant to another (epoch seconds). */
export function pathMaximum(path: Path, from: number, to: number): number {
  const { start, step } = path;
  let most = Math.max(pathAt(path, from), pathAt(path, to));
  const first = Math.ceil((from - start) / step - 0.5);
  for (let index = first; start + (index + 0.5) * step < to; index += 1) {
    most = Math.max(most, pathAt(path, start + (index + 0.5) * step));
  }
  return most;
}
