import { expect, it } from "vitest";
import { createAccount, following } from "./world.ts";

it("what somebody else set is left alone for as long as was asked for, beyond an hour", async () => {
  const account = createAccount({ web: following("web", { foreignWrites: { policy: "hold", duration: "2h" } }) });
  await account.ticks(0, 1);
  account.units.set("web", 20);
  await account.ticks(2, 121);
  expect(account.changes).toEqual([]);
  await account.tick(122);
  expect(account.changes).toEqual([{ id: "web", from: 20, to: 10 }]);
});
