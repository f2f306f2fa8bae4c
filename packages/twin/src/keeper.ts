/**
 * Something at AWS that changes a resource by itself, at seconds of its own choosing, whether or not anybody looks: a
 * scheduled action, a native scaler, a deployment tool.
 */
export type Keeper = {
  /** The next second at which it acts; infinite when it has nothing to do. */
  due(): number;
  /** Acts, once, at the second that it was due at. */
  act(second: number): void;
  /** Its whole state as plain JSON. */
  snapshot(): unknown;
  /** @throws ZodError when it is no snapshot of this keeper */
  restore(snapshot: unknown): void;
};

/** Lives on until `second`, stopping wherever one of the keepers acts; those due at the same second act in their order. */
export function liveWith(keepers: readonly Keeper[], advanceTo: (second: number) => void, second: number): void {
  for (;;) {
    let next: Keeper | undefined;
    let due = Number.POSITIVE_INFINITY;
    for (const keeper of keepers) {
      const its = keeper.due();
      if (its < due) {
        next = keeper;
        due = its;
      }
    }
    if (next === undefined || due > second) break;
    advanceTo(due);
    next.act(due);
  }
  advanceTo(second);
}
