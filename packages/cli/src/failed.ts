/** The command was understood and could not do what it should, for reasons outside of it. Exit code 1. */
export class Failed extends Error {
  override readonly name = "Failed";
}
