/** A guard does not let it happen, however well it was asked for. The message names the guard and the way around it. */
export class Refused extends Error {
  override readonly name = "Refused";
}
