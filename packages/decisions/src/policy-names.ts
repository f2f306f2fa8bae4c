/** A name for each policy of a target: its kind, numbered from the second of a kind on. */
export function namesOf(policies: readonly { kind: string }[]): string[] {
  return policies.map(({ kind }, index) => {
    const earlier = policies.slice(0, index).filter((other) => other.kind === kind).length;
    return earlier === 0 ? kind : `${kind} ${earlier + 1}`;
  });
}
