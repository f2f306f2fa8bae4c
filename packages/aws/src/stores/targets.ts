import { action } from "@headroom/decisions/model";
import { parse } from "@headroom/decisions/parse";
import type { TargetRow, TargetStore } from "@headroom/loops/world";
import {
  $remove,
  $set,
  any,
  BatchGetCommand,
  BatchGetRequest,
  Entity,
  executeBatchGet,
  type FormattedItem,
  item,
  map,
  number,
  string,
  UpdateItemCommand,
} from "dynamodb-toolbox";
import { translated } from "../errors.ts";
import { inBatches } from "./batches.ts";
import type { StateTable } from "./table.ts";

const MOST_KEYS_A_BATCH = 100;

const partition = (target: string) => `target#${target}`;

function targetEntity(table: StateTable) {
  return new Entity({
    name: "target",
    table,
    schema: item({
      target: string().key(),
      /** The newest tick that claimed it. */
      at: number(),
      claim: map({
        at: number(),
        sets: string().enum("capacity", "minimum"),
        from: number(),
        to: number(),
        until: number(),
      }).optional(),
      /** Absent until the first claim was settled. */
      actions: any().optional(),
    }),
    computeKey: ({ target }) => ({ pk: partition(target), sk: "row" }),
    timestamps: false, // they would be the wall clock's
  });
}
type TargetEntity = ReturnType<typeof targetEntity>;

function rowOf({ target, at, claim, actions = [] }: FormattedItem<TargetEntity>): TargetRow {
  return { target, at, claim: claim ?? null, actions: parse(action.array(), actions, `The past of ${target}`) };
}

async function loadInto(
  rows: Map<string, TargetRow>,
  entity: TargetEntity,
  targets: readonly string[],
): Promise<string[]> {
  const requests = targets.map((target) => entity.build(BatchGetRequest).key({ target }));
  const command = entity.table
    .build(BatchGetCommand)
    .requests(...requests)
    .options({ consistent: true });
  const { Responses, UnprocessedKeys } = await translated("reading targets", executeBatchGet(command));
  for (const found of Responses[0]) {
    if (found !== undefined) rows.set(found.target, rowOf(found));
  }
  const left = new Set(UnprocessedKeys?.[entity.table.getName()]?.Keys?.map(({ pk }) => pk));
  return targets.filter((target) => left.has(partition(target)));
}

/** Rows of targets, an item each. */
export function targetStore(table: StateTable): TargetStore {
  const entity = targetEntity(table);
  return {
    async load(targets) {
      const rows = new Map<string, TargetRow>();
      const send = (some: readonly string[]) => loadInto(rows, entity, some);
      await inBatches([...new Set(targets)], { size: MOST_KEYS_A_BATCH, send });
      return rows;
    },

    // When the SDK repeats a write whose answer got lost, these may find their own doing and report a Conflict. That is
    // safe: whoever loses looks again, and a claim that nobody settles is resolved by the next tick.
    async claim(target, claim) {
      const update = entity
        .build(UpdateItemCommand)
        .item({ target, at: claim.at, claim: $set({ ...claim }) })
        .options({
          condition: {
            and: [
              {
                or: [
                  { attr: "at", exists: false },
                  { attr: "at", lt: claim.at },
                ],
              },
              { attr: "claim", exists: false },
            ],
          },
        });
      await translated(`claiming ${target} at ${claim.at}`, update.send());
    },

    async settle(target, at, actions) {
      const update = entity
        .build(UpdateItemCommand)
        .item({ target, claim: $remove(), actions: $set([...actions]) })
        .options({ condition: { attr: "claim.at", eq: at } });
      await translated(`settling ${target} at ${at}`, update.send());
    },
  };
}
