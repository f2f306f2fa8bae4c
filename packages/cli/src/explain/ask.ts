import { iso } from "@headroom/api/instants";
import { Invalid, NotFound } from "@headroom/decisions/errors";
import { decodeRecord, type StoredRecord } from "@headroom/decisions/record";
import { instant } from "@headroom/decisions/say";
import type { Client } from "../client.ts";
import { readInstant, readTimeOfDay } from "../instants.ts";
import type { Explanation, Now } from "./explanation.ts";

function seconds(text: string | null, otherwise: number): number {
  return text === null ? otherwise : Date.parse(text) / 1000;
}

function timeFrom(text: string | undefined, now: number): number {
  if (text === undefined) return now;
  const time = readTimeOfDay(text, now) ?? readInstant(text);
  if (time !== undefined) return time;
  throw new Invalid(`--at ${text} is not a time: write HH:MM, or an instant such as ${iso(now)}`);
}

/** The newest record that is not after `time`. @throws NotFound when there is none */
export async function recordInForce(client: Client, target: string, time: number): Promise<StoredRecord> {
  const [record] = await client.records(target, { to: iso(time), limit: 1 });
  if (record !== undefined) return record;
  throw new NotFound(`There is no record of ${target} at ${instant(time)} or before`);
}

async function lookNow(client: Client, target: string): Promise<Now> {
  const now = await client.now(target);
  return now.is === "busy" ? now : { is: now.is, record: decodeRecord(now.record) };
}

/**
 * Asks a running `headroom dev` what it decided about a target at a time, and what it would decide now.
 * @param at `HH:MM` or an ISO instant; now when not given
 * @throws NotFound, Invalid
 */
export async function ask(client: Client, target: string, at: string | undefined): Promise<Explanation> {
  const { now, tick } = await client.status();
  const time = timeFrom(at, seconds(now, 0));
  const looked = await lookNow(client, target);
  const record = await recordInForce(client, target, time);
  const lastTick = Math.min(seconds(tick, record.input.at), Math.floor(time / 60) * 60);
  return { record, heldUntil: lastTick > record.input.at ? lastTick : null, now: looked };
}
