const MOST_COMPARED = 64;

/** Spelling without what people forget first: case, hyphens, underscores, spaces. */
function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[-_\s]/g, "");
}

/** Length of the common beginning. */
function shared(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

/**
 * Insertions, deletions, substitutions and swaps of neighbours that turn one text into the other (optimal string
 * alignment distance).
 */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const step = a[i - 1] === b[j - 1] ? 0 : 1;
      const cheapest = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + step);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next.push(swapped ? Math.min(cheapest, (before[j - 2] ?? 0) + 1) : cheapest);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Whether a text is a shortening of another: `avg` of `average`, `ecs` of `ecs-service`. */
function shortens(short: string, long: string): boolean {
  if (short.length < 2 || short[0] !== long[0]) return false;
  let next = 0;
  for (const letter of long) if (letter === short[next]) next += 1;
  return next === short.length;
}

/**
 * The candidate that somebody who wrote `text` most likely meant: the one with the smallest edit distance, at most
 * two fifths of its length, or else one that shortens `text` or is shortened by it; undefined when none is near.
 */
export function nearest(text: string, candidates: readonly string[]): string | undefined {
  const written = plain(text.slice(0, MOST_COMPARED));
  const ranked = candidates
    .map((candidate) => ({ candidate, name: plain(candidate), distance: editDistance(written, plain(candidate)) }))
    .sort((a, b) => a.distance - b.distance || shared(written, b.name) - shared(written, a.name));
  const near = ranked.find(({ distance, name: { length } }) => {
    return distance < length && distance <= Math.max(1, Math.floor(length * 0.4));
  });
  const short = ranked.find(({ name }) => shortens(written, name) || shortens(name, written));
  return (near ?? short)?.candidate;
}
