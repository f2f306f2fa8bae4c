import { parseConfig } from "@headroom/decisions/config/define";
import config from "../../headroom.config.ts";

/** The fleet of this deployment: infra gives permission for what is in here, and the functions look after it. */
export const fleet = parseConfig(config, "headroom.config.ts");
