import type { Clock } from "@headroom/loops/world";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { Connect, Handler, Service, Timeouts } from "../clients.ts";

/** One request as it went over the wire, whatever became of it. */
export type Exchange = {
  service: Service;
  host: string;
  /** By this machine's clock, in seconds since the epoch: when it was sent, and when its answer or failure came. */
  sent: number;
  ended: number;
  /** The instant at which AWS says that it answered, if it says so; or why there was no answer. */
  outcome: { is: "answered"; date: number | undefined } | { is: "silent"; why: string };
};

type Outcome = Exchange["outcome"];
type Handled = Awaited<ReturnType<NodeHttpHandler["handle"]>>;

/** With its port where that is not the usual one. */
function hostOf({ hostname, port }: Parameters<NodeHttpHandler["handle"]>[0]): string {
  return port === undefined ? hostname : `${hostname}:${port}`;
}

function answered({ response: { headers } }: Handled): Outcome {
  const date = Date.parse(headers.date ?? "") / 1000;
  return { is: "answered", date: Number.isNaN(date) ? undefined : date };
}

function silent(error: unknown): Outcome {
  const why = error instanceof Error ? error.message || error.name : String(error);
  return { is: "silent", why };
}

/** Sends requests as the SDK does, and tells of each how it ended. */
function watching(
  timeouts: Timeouts,
  clock: Clock,
  tell: (host: string, sent: number, outcome: Outcome) => void,
): Handler {
  const inner = new NodeHttpHandler(timeouts);
  return {
    metadata: inner.metadata,
    destroy: () => inner.destroy(),
    updateHttpClientConfig: (key, value) => inner.updateHttpClientConfig(key, value),
    httpHandlerConfigs: () => inner.httpHandlerConfigs(),
    async handle(request, options) {
      const sent = clock.now();
      try {
        const handled = await inner.handle(request, options);
        tell(hostOf(request), sent, answered(handled));
        return handled;
      } catch (error) {
        tell(hostOf(request), sent, silent(error));
        throw error;
      }
    },
  };
}

/** The same connections, with every request noted. Those with which a role is assumed are not among them. */
export function watched(connect: Connect, timeouts: Timeouts, clock: Clock) {
  const exchanges: Exchange[] = [];
  const noting: Connect = (service, make) =>
    connect(service, (configuration) => {
      const requestHandler = watching(timeouts, clock, (host, sent, outcome) => {
        exchanges.push({ service, host, sent, ended: clock.now(), outcome });
      });
      return make({ ...configuration, requestHandler });
    });
  return { connect: noting, exchanges: (): readonly Exchange[] => exchanges };
}
