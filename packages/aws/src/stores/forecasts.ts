import { Invalid } from "@headroom/decisions/errors";
import { parse } from "@headroom/decisions/parse";
import { type KeptForecasts, keptForecasts } from "@headroom/loops/forecasts/kept";
import type { ForecastStore } from "@headroom/loops/world";
import {
  BatchGetCommand,
  BatchGetRequest,
  binary,
  Entity,
  executeBatchGet,
  item,
  number,
  PutItemCommand,
  string,
} from "dynamodb-toolbox";
import { translated } from "../errors.ts";
import { inBatches } from "./batches.ts";
import { pack, unpack } from "./packing.ts";
import type { StateTable } from "./table.ts";

const MOST_KEYS_A_BATCH = 100;

/** Seconds that forecasts are kept: they are made for days, every quarter of an hour. */
const KEPT_SECONDS = 14 * 86_400;

const partition = (target: string) => `target#${target}`;

function forecastEntity(table: StateTable) {
  return new Entity({
    name: "forecast",
    table,
    schema: item({
      target: string().key(),
      madeAt: number(),
      body: binary(),
      expires: number(),
    }),
    computeKey: ({ target }) => ({ pk: partition(target), sk: "forecasts" }),
    timestamps: false,
  });
}
type ForecastEntity = ReturnType<typeof forecastEntity>;

/** What was kept; undefined where it is not of a form that this version knows: the next quarter of an hour makes it anew. */
async function readable(body: Uint8Array, what: string): Promise<KeptForecasts | undefined> {
  try {
    return parse(keptForecasts, await unpack(body, what), what);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return undefined;
  }
}

async function loadInto(
  found: Map<string, KeptForecasts>,
  entity: ForecastEntity,
  targets: readonly string[],
): Promise<string[]> {
  const requests = targets.map((target) => entity.build(BatchGetRequest).key({ target }));
  // Not strongly consistent, at half the price: a forecast of a quarter of an hour ago is as good.
  const command = entity.table.build(BatchGetCommand).requests(...requests);
  const { Responses, UnprocessedKeys } = await translated("reading forecasts", executeBatchGet(command));
  for (const each of Responses[0]) {
    if (each === undefined) continue;
    const what = `The forecasts of ${each.target}`;
    const kept = await readable(each.body, what);
    if (kept !== undefined) found.set(each.target, kept);
  }
  const left = new Set(UnprocessedKeys?.[entity.table.getName()]?.Keys?.map(({ pk }) => pk));
  return targets.filter((target) => left.has(partition(target)));
}

/** Forecasts, an item a target. */
export function forecastStore(table: StateTable): ForecastStore {
  const entity = forecastEntity(table);
  return {
    async load(targets) {
      const found = new Map<string, KeptForecasts>();
      const send = (some: readonly string[]) => loadInto(found, entity, some);
      await inBatches([...new Set(targets)], { size: MOST_KEYS_A_BATCH, send });
      return found;
    },

    async save(target, madeAt, forecasts) {
      const what = `The forecasts of ${target}`;
      const body = await pack(parse(keptForecasts, JSON.parse(JSON.stringify(forecasts)), what), what);
      const put = entity
        .build(PutItemCommand)
        .item({ target, madeAt, body, expires: Math.ceil(madeAt + KEPT_SECONDS) })
        .options({
          condition: {
            or: [
              { attr: "madeAt", exists: false },
              { attr: "madeAt", lt: madeAt },
            ],
          },
        });
      await translated(`keeping the forecasts of ${target} of ${madeAt}`, put.send());
    },
  };
}
