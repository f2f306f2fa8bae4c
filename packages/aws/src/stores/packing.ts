import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { Invalid } from "@headroom/decisions/errors";

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** DynamoDB takes 400 KB an item, of which keys and names need a little. */
const MOST_BYTES = 400 * 1024 - 4 * 1024;

/**
 * A JSON value, small enough for an attribute.
 * @param what the value is called in the message
 * @throws Invalid when it does not fit in an item, however it is compressed
 */
export async function pack(value: unknown, what: string): Promise<Uint8Array> {
  const packed = await compress(JSON.stringify(value));
  if (packed.byteLength <= MOST_BYTES) return packed;
  const [size, most] = [packed.byteLength, MOST_BYTES].map((bytes) => Math.ceil(bytes / 1024));
  throw new Invalid(`${what} is ${size} KB when packed, and DynamoDB takes ${most} KB`);
}

/**
 * The JSON value that was packed.
 * @param what the value is called in the message
 * @throws Invalid when the bytes are not what `pack` made
 */
export async function unpack(bytes: Uint8Array, what: string): Promise<unknown> {
  try {
    return JSON.parse((await decompress(bytes)).toString("utf8"));
  } catch (cause) {
    throw new Invalid(`${what} cannot be unpacked: it is damaged`, { cause });
  }
}
