import { REGION } from "../offline/place.ts";
import type { Template } from "../template.ts";
import { unless, unlessSame } from "./rule.ts";

/** Whether the synthesis is to be believed: everything in it is known, and it asked nobody else. */
export function whole({ unknown, refused, config, stage }: Template): string[] {
  const { tags } = JSON.parse(config["aws:defaultTags"] ?? "{}");
  return [
    ...unknown.map((what) => `nothing is known of ${what}: say in test/synth/offline what AWS computes of it`),
    ...refused.map((request) => `the CLI sent ${request}, which has no answer`),
    ...unlessSame([config["aws:region"], config["aws:version"]], [REGION, "7.20.0"], "the provider"),
    ...unless(tags?.application === "headroom" && tags?.stage === stage, "resources have no tags"),
  ];
}
