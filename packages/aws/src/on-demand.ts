/**
 * Something that takes loading, such as a client and the SDK that it needs: made when it is first asked for, and kept. A
 * function so loads, and its cold start waits for, no more of AWS than its fleet has.
 */
export function onDemand<Made>(make: () => Promise<Made>): () => Promise<Made> {
  let made: Promise<Made> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
