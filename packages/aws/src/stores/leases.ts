import { Conflict, NotFound } from "@headroom/decisions/errors";
import { type Lease, lease as leaseSchema } from "@headroom/decisions/model";
import { parse } from "@headroom/decisions/parse";
import type { LeaseStore } from "@headroom/loops/world";
import { any, DeleteItemCommand, Entity, item, number, PutItemCommand, QueryCommand, string } from "dynamodb-toolbox";
import { translated } from "../errors.ts";
import type { StateTable } from "./table.ts";

// All under one partition key: there are few, and every tick wants all of them in one query.
const PARTITION = "leases";

function leaseEntity(table: StateTable) {
  return new Entity({
    name: "lease",
    table,
    schema: item({
      target: string().key(),
      kind: string().key(),
      lease: any(),
      expires: number(),
    }),
    computeKey: ({ target, kind }) => ({ pk: PARTITION, sk: `${target}#${kind}` }),
    timestamps: false,
  });
}
type LeaseEntity = ReturnType<typeof leaseEntity>;

async function allLeases(entity: LeaseEntity): Promise<Lease[]> {
  const { table } = entity;
  const query = table
    .build(QueryCommand)
    .query({ partition: PARTITION })
    .entities(entity)
    .options({ consistent: true, entityAttrFilter: false, maxPages: Number.POSITIVE_INFINITY });
  const { Items = [] } = await translated("reading leases", query.send());
  return Items.map(({ target, kind, lease }) => parse(leaseSchema, lease, `The ${kind} on ${target}`));
}

async function takeBack(entity: LeaseEntity, key: { target: string; kind: Lease["kind"] }): Promise<void> {
  const command = entity
    .build(DeleteItemCommand)
    .key(key)
    .options({ condition: { attr: "lease", exists: true } });
  try {
    await translated(`removing the ${key.kind} on ${key.target}`, command.send());
  } catch (cause) {
    if (cause instanceof Conflict) throw new NotFound(`There is no ${key.kind} on ${key.target}`, { cause });
    throw cause;
  }
}

/** Leases, an item each. */
export function leaseStore(table: StateTable): LeaseStore {
  const entity = leaseEntity(table);
  return {
    async list(now) {
      return (await allLeases(entity)).filter(({ until }) => until > now);
    },

    async put(lease) {
      const { target, kind, until } = lease;
      const command = entity.build(PutItemCommand).item({ target, kind, lease, expires: Math.ceil(until) });
      await translated(`granting the ${kind} on ${target}`, command.send());
    },

    remove: (target, kind) => takeBack(entity, { target, kind }),
  };
}
