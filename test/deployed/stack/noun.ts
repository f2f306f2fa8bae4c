import type { Template } from "../../synth/template.ts";
import type { Clients } from "../clients.ts";

/** The resources of some types, made in the emulator as the template describes them. */
export type Noun = {
  types: readonly string[];
  standUp(template: Template, clients: Clients): Promise<void>;
};
