import type { Forecast } from "./forecast.ts";

/** A forecast as plain JSON: its arrays are 32-bit floats, little endian, in base64. 48 hours of minutes take 110 KB. */
export type PackedForecast = Omit<Forecast, "point" | "quantiles"> & { point: string; quantiles: string[] };

/** So many characters are made of bytes at a time: more arguments than this overflow the stack. */
const CHUNK = 8_192;
const BYTES = 4;

function packed(numbers: Float64Array): string {
  const view = new DataView(new ArrayBuffer(numbers.length * BYTES));
  for (const [index, number] of numbers.entries()) view.setFloat32(index * BYTES, number, true);
  let text = "";
  for (let from = 0; from < view.byteLength; from += CHUNK) {
    const bytes = new Uint8Array(view.buffer, from, Math.min(CHUNK, view.byteLength - from));
    text += String.fromCharCode(...bytes);
  }
  return btoa(text);
}

/** A loop, and not `Uint8Array.from`: ticks unpack what every target has, and that takes ten times as long. */
function unpacked(text: string): Float64Array {
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = characters.charCodeAt(index);
  const view = new DataView(bytes.buffer);
  const numbers = new Float64Array(bytes.length / BYTES);
  for (let index = 0; index < numbers.length; index += 1) numbers[index] = view.getFloat32(index * BYTES, true);
  return numbers;
}

/** A forecast to be kept: values to seven digits. */
export function pack(forecast: Forecast): PackedForecast {
  return { ...forecast, point: packed(forecast.point), quantiles: forecast.quantiles.map(packed) };
}

/** The forecast that was packed. @throws DOMException when its arrays are not base64 */
export function unpack(kept: PackedForecast): Forecast {
  return { ...kept, point: unpacked(kept.point), quantiles: kept.quantiles.map(unpacked) };
}
