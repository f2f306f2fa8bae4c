/**
 * A number from 0 to 2³² − 1 that depends on a text alone, with every bit as good as any other: FNV-1a over its UTF-16
 * units (http://www.isthe.com/chongo/tech/comp/fnv), then MurmurHash3's finalizer, without which the low bits of similar
 * texts are alike (https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp).
 */
export function spread(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
