import { Conflict, Invalid } from "@headroom/decisions/errors";
import { decodeRecord, encodeRecord } from "@headroom/decisions/record";
import { isIdle, RECORDS_KEPT_SECONDS, type RecordStore, type StoredRecord } from "@headroom/loops/world";
import {
  BatchPutRequest,
  BatchWriteCommand,
  binary,
  boolean,
  Entity,
  executeBatchWrite,
  type FormattedItem,
  item,
  number,
  PutItemCommand,
  QueryCommand,
  string,
} from "dynamodb-toolbox";
import { translated } from "../errors.ts";
import { inBatches } from "./batches.ts";
import { pack, unpack } from "./packing.ts";
import type { StateTable } from "./table.ts";

const MOST_PUTS_A_BATCH = 25;
const MOST_ITEMS_A_PAGE = 1000;

function recordEntity(table: StateTable) {
  return new Entity({
    name: "record",
    table,
    schema: item({
      target: string().key(),
      at: number().key(),
      body: binary(),
      /** Something was done about it: then one about which nothing was done does not replace it. */
      acted: boolean().optional(),
      expires: number(),
    }),
    computeKey: ({ target, at }) => ({ pk: partition(target), sk: sortKey(at) }),
    timestamps: false,
  });
}
type RecordEntity = ReturnType<typeof recordEntity>;
type RecordItem = FormattedItem<RecordEntity>;

const partition = (target: string) => `target#${target}`;

/** Milliseconds to the year 5138 in as many digits: as text they sort as they do in time. */
const DIGITS = 14;
const LAST_SECOND = (10 ** DIGITS - 1) / 1000;

function sortKey(at: number): string {
  const within = Math.min(Math.max(at, 0), LAST_SECOND);
  return `record#${String(Math.round(within * 1000)).padStart(DIGITS, "0")}`;
}

function keptAt({ input: { target, at } }: StoredRecord): { target: string; at: number } {
  if (at >= 0 && at <= LAST_SECOND) return { target, at };
  throw new Invalid(`The record of ${target} is for ${at}: an instant is a number of seconds since 1970`);
}

async function itemOf(record: StoredRecord): Promise<RecordItem> {
  const { target, at } = keptAt(record);
  const body = await pack(encodeRecord(record), `The record of ${target} at ${at}`);
  const acted = isIdle(record) ? {} : { acted: true };
  return { target, at, body, ...acted, expires: Math.ceil(at + RECORDS_KEPT_SECONDS) };
}

async function recordOf({ target, at, body }: Pick<RecordItem, "target" | "at" | "body">): Promise<StoredRecord> {
  return decodeRecord(await unpack(body, `The record of ${target} at ${at}`));
}

/** The last of those that are for the same target and instant: a batch may write a key only once. */
function lastOfEach(records: readonly StoredRecord[]): StoredRecord[] {
  return [...new Map(records.map((record) => [`${sortKey(record.input.at)} ${record.input.target}`, record])).values()];
}

async function put(entity: RecordEntity, items: readonly RecordItem[]): Promise<RecordItem[]> {
  const requests = items.map((each) => entity.build(BatchPutRequest).item(each));
  const command = entity.table.build(BatchWriteCommand).requests(...requests);
  const { UnprocessedItems } = await translated("keeping records", executeBatchWrite(command));
  const left = new Set(
    UnprocessedItems?.[entity.table.getName()]?.map(
      ({ PutRequest }) => `${PutRequest?.Item?.pk} ${PutRequest?.Item?.sk}`,
    ),
  );
  return items.filter(({ target, at }) => left.has(`${partition(target)} ${sortKey(at)}`));
}

/** Keeps one about which nothing was done, where no other is in its place. A batch cannot ask for that. */
async function putIdle(entity: RecordEntity, each: RecordItem): Promise<void> {
  const put = entity
    .build(PutItemCommand)
    .item(each)
    .options({ condition: { attr: "acted", exists: false } });
  try {
    await translated("keeping a record", put.send());
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
  }
}

type Range = Parameters<RecordStore["list"]>[1];

async function newest(entity: RecordEntity, target: string, { from, to, limit }: Range): Promise<RecordItem[]> {
  const found: RecordItem[] = [];
  const pages = entity.table
    .build(QueryCommand)
    .query({ partition: partition(target), range: { between: [sortKey(from), sortKey(to)] } })
    .entities(entity)
    .options({ consistent: true, entityAttrFilter: false, reverse: true, limit: Math.min(limit, MOST_ITEMS_A_PAGE) })
    .paginate();
  for await (const { Items = [] } of pages) {
    found.push(...Items);
    if (found.length >= limit) break;
  }
  return found.slice(0, limit);
}

/** Records, an item each, beside the row of their target. Their instants are told apart by the millisecond. */
export function recordStore(table: StateTable): RecordStore {
  const entity = recordEntity(table);
  return {
    async append(records) {
      const items = await Promise.all(lastOfEach(records).map(itemOf));
      const acted = items.filter((each) => each.acted);
      const idle = items.filter((each) => !each.acted);
      await inBatches(acted, { size: MOST_PUTS_A_BATCH, send: (some) => put(entity, some) });
      for (let first = 0; first < idle.length; first += MOST_PUTS_A_BATCH) {
        await Promise.all(idle.slice(first, first + MOST_PUTS_A_BATCH).map((each) => putIdle(entity, each)));
      }
    },

    async list(target, { from, to, limit }) {
      if (from > to || limit < 1) return [];
      const found = await translated(`reading records of ${target}`, newest(entity, target, { from, to, limit }));
      return Promise.all(found.map(recordOf));
    },
  };
}
