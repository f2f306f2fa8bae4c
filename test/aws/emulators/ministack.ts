import type { Recipe } from "./emulator.ts";

/** https://github.com/ministackorg/ministack: fewer APIs, and more behaviour behind them. */
export const ministack: Recipe = {
  name: "MiniStack",
  command: "ministack",
  args: () => [],
  env: (port, folder) => ({
    BIND_HOST: "127.0.0.1",
    GATEWAY_PORT: String(port),
    MINISTACK_ACCOUNT_ID: "123456789012",
    LAMBDA_EXECUTOR: "local",
    // It would listen on every interface for devices.
    IOT_MTLS_ENABLED: "0",
    STATE_DIR: folder,
    TMPDIR: folder,
  }),
  health: "/_ministack/health",
  // At the first request for a service that it lacks it loads all that it has: seconds in which it answers nobody.
  async warmUp(endpoint) {
    const authorization = "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/application-autoscaling/aws4_request";
    const answer = await fetch(endpoint, { method: "POST", headers: { authorization } });
    await answer.body?.cancel();
  },
};
