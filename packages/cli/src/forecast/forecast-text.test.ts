import { forecast } from "@headroom/forecast/forecast";
import { expect, it } from "vitest";
import { bursting, DAY, MONDAY, recorded } from "../../../../test/builders/loads.ts";
import { notes } from "./forecast-text.ts";

const found = forecast(recorded(14, bursting(0.25, [30, 35])), { now: MONDAY + 14 * DAY, horizon: 3600 });
if (found.is === "none") throw new Error(found.why);

it("says at which minutes of the hour bursts recur", () => {
  expect(notes(found)[1]).toMatch(/^Bursts recur at :30 to :40 past the hour \(UTC\), in up to 2\d % of the hours\.$/);
});

it.each([
  [[], undefined],
  [[0], ":00 to :05"],
  [[0, 300, 1800], ":00 to :10 and :30 to :35"],
  [[120, 1200, 3300], ":02 to :07, :20 to :25 and :55 to :00"],
])("bursts at %j s past the hour are %s", (starts, says) => {
  const bursts = starts.map((pastHour, index) => ({ pastHour, share: index === 0 ? 0.284 : 0.15 }));
  const said = notes({ ...found, bursts }).filter((line) => line.startsWith("Bursts"));
  const sentence = `Bursts recur at ${says} past the hour (UTC), in up to 28 % of the hours.`;
  expect(said).toEqual(says === undefined ? [] : [sentence]);
});
