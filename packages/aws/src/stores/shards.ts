import { decodeMemories, encodeMemories } from "@headroom/decisions/memories";
import { lease } from "@headroom/decisions/model";
import { parse } from "@headroom/decisions/parse";
import type { ShardMemory, ShardStore } from "@headroom/loops/world";
import { any, binary, Entity, GetItemCommand, item, number, PutItemCommand, string } from "dynamodb-toolbox";
import { translated } from "../errors.ts";
import { pack, unpack } from "./packing.ts";
import type { StateTable } from "./table.ts";

function shardEntity(table: StateTable) {
  return new Entity({
    name: "shard",
    table,
    schema: item({
      shard: string().key(),
      at: number(),
      /** The memories of its targets. */
      targets: binary(),
      leases: any(),
    }),
    computeKey: ({ shard }) => ({ pk: `shard#${shard}`, sk: "memory" }),
    timestamps: false,
  });
}

/** What shards remember, an item each: a tick reads and writes one item for all of its targets. */
export function shardStore(table: StateTable): ShardStore {
  const entity = shardEntity(table);
  return {
    async load(shard): Promise<ShardMemory | undefined> {
      const get = entity.build(GetItemCommand).key({ shard }).options({ consistent: true });
      const { Item } = await translated(`reading shard ${shard}`, get.send());
      if (Item === undefined) return undefined;
      const json = await unpack(Item.targets, `The memory of shard ${shard}`);
      const leases = parse(lease.array(), Item.leases, `The leases of shard ${shard}`);
      return { at: Item.at, targets: decodeMemories(json), leases };
    },

    /** @throws Invalid when the memory does not fit in an item, too */
    async save(shard, { at, targets, leases }) {
      const what = `The memory of shard ${shard}, with ${Object.keys(targets).length} targets,`;
      const packed = await pack(encodeMemories(targets), what);
      const put = entity
        .build(PutItemCommand)
        .item({ shard, at, targets: packed, leases })
        .options({
          condition: {
            or: [
              { attr: "at", exists: false },
              { attr: "at", lt: at },
            ],
          },
        });
      await translated(`saving shard ${shard} at ${at}`, put.send());
    },
  };
}
