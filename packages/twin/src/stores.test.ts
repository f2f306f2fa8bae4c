import { expect, test } from "vitest";
import { recordOf } from "../../../test/contract/samples.ts";
import { memoryStores } from "./stores.ts";

const all = { from: 0, to: Number.MAX_SAFE_INTEGER, limit: 1000 };

test("of each target only the newest records are kept, in whatever order they come", async () => {
  const { records } = memoryStores({ keep: 3 });
  await records.append([5, 1, 4, 2, 3].map((at) => recordOf("web", at * 60)));
  await records.append([recordOf("api", 60)]);
  expect((await records.list("web", all)).map(({ input }) => input.at)).toEqual([300, 240, 180]);
  await records.append([recordOf("web", 300, 7)]);
  expect(await records.list("web", all)).toEqual([recordOf("web", 300, 7), recordOf("web", 240), recordOf("web", 180)]);
  expect(await records.list("api", all)).toEqual([recordOf("api", 60)]);
});
