import type { Check, Finding } from "./check.ts";
import type { Exchange } from "./traffic.ts";

function findingFor(host: string, exchanges: readonly Exchange[]): Finding {
  const services = [...new Set(exchanges.map(({ service }) => service.toLowerCase().replaceAll("_", "-")))].join(", ");
  const what = `${host} (${services})`;
  const answered = exchanges.filter(({ outcome }) => outcome.is === "answered");
  const silent = exchanges.flatMap(({ outcome }) => (outcome.is === "silent" ? [outcome.why] : []));
  if (answered.length === 0) {
    const fix = "look at the network, a proxy, AWS_ENDPOINT_URL and the Region";
    return { status: "problem", says: `${what} cannot be reached: ${silent[0] ?? "no answer"}.`, fix };
  }
  if (silent.length > 0) {
    const says = `${what} did not answer ${silent.length} of ${exchanges.length} times: ${silent[0]}.`;
    return { status: "warning", says, fix: "look at the network between here and there" };
  }
  const slowest = Math.max(...exchanges.map(({ sent, ended }) => ended - sent));
  return { status: "ok", says: `${what} answers, within ${Math.ceil(slowest * 1000)} ms.` };
}

/** Whether each endpoint that was asked answers. A refusal is an answer. It asks nothing itself. */
export const endpoints: Check = {
  name: "endpoint",
  async run({ exchanges }) {
    const byHost = Map.groupBy(exchanges(), ({ host }) => host);
    return [...byHost].sort().map(([host, some]) => findingFor(host, some));
  },
};
