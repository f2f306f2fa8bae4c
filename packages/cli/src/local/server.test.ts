import { request } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type LocalServer, serveLocally } from "./server.ts";

let server: LocalServer;
beforeEach(async () => {
  server = await serveLocally(() => new Response("hello"), "secret");
});
afterEach(() => server.close());

/** The status of a request with these headers; `fetch` would not let Host be chosen. */
function statusOf(headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(server.url, { headers, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.on("error", reject).end();
  });
}

const authorization = "Bearer secret";

describe("the local server", () => {
  it("listens to this machine alone", () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it.each([
    ["the token", { authorization }, 200],
    ["no token", {}, 401],
    ["another token", { authorization: "Bearer secrex" }, 401],
    ["a longer token", { authorization: "Bearer secret2" }, 401],
    ["another scheme", { authorization: "Basic secret" }, 401],
    ["the token, and localhost", { authorization, host: "localhost:1234" }, 200],
    ["the token, and another host", { authorization, host: "evil.example" }, 403],
    ["the token, and a host that begins like ours", { authorization, host: "127.0.0.1.evil.example:80" }, 403],
  ])("with %s", async (_, headers, status) => {
    expect(await statusOf(headers)).toBe(status);
  });
});
