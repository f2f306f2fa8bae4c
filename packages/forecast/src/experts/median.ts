/** The median of the first `count` numbers, which it sorts. Insertion: they are a dozen at most. */
export function medianOf(numbers: Float64Array, count: number): number {
  for (let sorted = 1; sorted < count; sorted += 1) {
    const value = numbers[sorted] ?? 0;
    let place = sorted - 1;
    while (place >= 0 && (numbers[place] ?? 0) > value) {
      numbers[place + 1] = numbers[place] ?? 0;
      place -= 1;
    }
    numbers[place + 1] = value;
  }
  const middle = count >> 1;
  return count % 2 === 1 ? (numbers[middle] ?? 0) : ((numbers[middle] ?? 0) + (numbers[middle - 1] ?? 0)) / 2;
}

/** The middle one of three. */
export function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
