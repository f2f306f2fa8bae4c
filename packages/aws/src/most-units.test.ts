import { targetConfig } from "@headroom/decisions/config/settings";
import { expect, it } from "vitest";
import { tracking } from "../../../test/builders/decisions.ts";
import { mostUnits } from "./most-units.ts";

const resource = { kind: "auto-scaling-group", group: "web" };
const peaks = (exceedMax?: object) => ({
  ...{ kind: "predictive", signal: { source: "cloudwatch", namespace: "Shop", metric: "load", statistic: "Sum" } },
  ...{ target: 100, ...(exceedMax === undefined ? {} : { exceedMax }) },
});

it.each([
  ["max", [tracking()], 10],
  ["max, without peaks above it", [tracking(), peaks()], 10],
  ["what a peak may raise it to", [tracking(), peaks({ upTo: 25 })], 25],
])("are %s", (_, policies, most) => {
  expect(mostUnits(targetConfig.parse({ resource, min: 1, max: 10, policies }))).toBe(most);
});

it("have no end where nothing is configured", () => {
  expect(mostUnits(undefined)).toBe(Number.POSITIVE_INFINITY);
});
