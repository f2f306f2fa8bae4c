import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { runSst } from "./sst.ts";

const ROOT = join(import.meta.dirname, "../../..");
const PLATFORM = join(ROOT, ".sst/platform");

function versionOf(file: string): string | undefined {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).version : undefined;
}

function isThere(): boolean {
  const file = join(PLATFORM, "version");
  const installed = existsSync(file) ? readFileSync(file, "utf8").trim() : undefined;
  return (
    installed === versionOf(join(ROOT, "node_modules/sst/package.json")) &&
    versionOf(join(PLATFORM, "node_modules/@pulumi/aws/package.json")) !== undefined &&
    existsSync(join(PLATFORM, "config.d.ts"))
  );
}

/** How the user's npm reaches its registry: the CLI has npm install the platform's packages. */
function npmSettings(): Record<string, string> {
  const used = /^(npm_config_.*|https?_proxy|no_proxy|node_extra_ca_certs|ssl_cert_file)$/i;
  const given = Object.entries(process.env).flatMap(([name, value]) =>
    used.test(name) && value !== undefined ? [[name, value]] : [],
  );
  const direct = { HTTPS_PROXY: "", HTTP_PROXY: "", https_proxy: "", http_proxy: "" };
  const own = { npm_config_userconfig: join(homedir(), ".npmrc"), npm_config_cache: join(homedir(), ".npm") };
  return { ...direct, ...own, ...Object.fromEntries(given) };
}

/**
 * SST's platform, with Pulumi's SDK and types in it: 320 MB that the CLI installs in `.sst`, in about a minute.
 * @throws Error with what the CLI says, when it cannot
 */
export async function installPlatform(): Promise<string> {
  if (isThere()) return PLATFORM;
  process.stderr.write("headroom: installing SST's platform; about a minute ...\n");
  const { output } = await runSst(ROOT, ["install"], { ...npmSettings(), SST_STAGE: "dev" });
  if (!isThere()) throw new Error(`sst install did not succeed:\n${output}`);
  return PLATFORM;
}
