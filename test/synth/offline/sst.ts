import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startAwsStub } from "./aws-stub.ts";
import { REGION } from "./place.ts";

const ROOT = join(import.meta.dirname, "../../..");
const NOWHERE = process.platform === "win32" ? "NUL" : "/dev/null";

export type Ran = { succeeded: boolean; output: string; refused: readonly string[] };

/** Where the CLI looks for the executables that it drives. */
function installStandIn(home: string): void {
  const folder = join(home, "sst/bin");
  const file = join(folder, "pulumi");
  const script = `#!/bin/sh\nexec "${process.execPath}" --no-warnings "${join(import.meta.dirname, "pulumi.ts")}" "$@"\n`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, script);
  chmodSync(file, 0o755);
}

/**
 * Nothing of the user's environment but the path: no profile, no credentials, no endpoint. All of AWS is at `url`; whatever
 * would go elsewhere is sent there too, and refused.
 */
function environment(home: string, url: string): Record<string, string> {
  return {
    ...{ PATH: process.env.PATH ?? "", HOME: home, XDG_CONFIG_HOME: home, NO_COLOR: "1", CI: "1" },
    ...{ SST_TELEMETRY_DISABLED: "1", SST_SKIP_DEPENDENCY_CHECK: "1", SST_NO_BUN: "1", SST_AWS_NO_PROFILE: "1" },
    ...{ AWS_ENDPOINT_URL: url, AWS_REGION: REGION, AWS_PROFILE: "", AWS_EC2_METADATA_DISABLED: "true" },
    ...{ AWS_ACCESS_KEY_ID: "offline", AWS_SECRET_ACCESS_KEY: "offline", AWS_SESSION_TOKEN: "" },
    ...{ AWS_CONFIG_FILE: NOWHERE, AWS_SHARED_CREDENTIALS_FILE: NOWHERE },
    ...{ HTTPS_PROXY: url, HTTP_PROXY: url, https_proxy: url, http_proxy: url, NO_PROXY: "", no_proxy: "" },
  };
}

/**
 * Runs the real SST CLI in a folder, without AWS and without Pulumi: in a home of its own, against a stand-in on loopback.
 * @param more what else, or instead, is in its environment
 */
export async function runSst(folder: string, args: readonly string[], more: Record<string, string> = {}): Promise<Ran> {
  const home = mkdtempSync(join(tmpdir(), "headroom-sst-"));
  installStandIn(home);
  const stub = await startAwsStub();
  const cli = join(ROOT, "node_modules/sst/bin/sst.mjs");
  const options = { cwd: folder, env: { ...environment(home, stub.url), ...more }, maxBuffer: 1 << 28 };
  try {
    return await new Promise((resolve) => {
      execFile(process.execPath, [cli, ...args], options, (error, stdout, stderr) =>
        resolve({ succeeded: error === null, output: `${stdout}${stderr}`, refused: stub.refused }),
      );
    });
  } finally {
    stub.close();
    rmSync(home, { recursive: true, force: true });
  }
}
