import * as z from "zod";

// Each class by its own name, not out of `z.core`: a bundler then leaves out what is not named, 340 KB of it.

type Schema = z.core.$ZodType;

/** A spot in what was given: where it is, what is there, and the schemas that it may follow. */
export type Place = { path: PropertyKey[]; value: unknown; schemas: Schema[] };

/** The schema that says what may be written, below the layers that say when it may be left out or what becomes of it. */
function wrapped(schema: Schema): Schema | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodNonOptional) {
    return schema._zod.def.innerType;
  }
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodCatch) {
    return schema._zod.def.innerType;
  }
  if (schema instanceof z.ZodReadonly) return schema._zod.def.innerType;
  if (schema instanceof z.ZodLazy) return schema._zod.innerType;
  if (!(schema instanceof z.ZodPipe)) return undefined;
  const { in: first, out } = schema._zod.def;
  return first instanceof z.ZodTransform ? out : first;
}

function allows(option: Schema, key: string, value: unknown): boolean {
  const values = option._zod.propValues?.[key];
  return values === undefined || [...values].some((each) => each === property(value, key));
}

/** The options of a union that a value may have meant, by the keys that have only a few values; otherwise all. */
function optionsFor(union: z.core.$ZodUnion, value: unknown): readonly Schema[] {
  const { options } = union._zod.def;
  const meant = options.filter((option) => {
    const telling = Object.keys(option._zod.propValues ?? {});
    const keys = union instanceof z.ZodDiscriminatedUnion ? [union._zod.def.discriminator] : telling;
    return keys.every((key) => allows(option, key, value));
  });
  return meant.length > 0 ? meant : options;
}

/** The schemas behind one, without wrappers, unions and intersections. */
function forms(schema: Schema, value: unknown): Schema[] {
  const inner = wrapped(schema);
  if (inner !== undefined) return forms(inner, value);
  if (schema instanceof z.ZodUnion) return optionsFor(schema, value).flatMap((option) => forms(option, value));
  if (schema instanceof z.ZodIntersection) {
    return [schema._zod.def.left, schema._zod.def.right].flatMap((side) => forms(side, value));
  }
  return [schema];
}

function below(schema: Schema, key: PropertyKey): Schema[] {
  if (schema instanceof z.ZodObject) {
    const { shape } = schema._zod.def;
    const child = typeof key === "string" && Object.hasOwn(shape, key) ? shape[key] : undefined;
    return child === undefined ? [] : [child];
  }
  if (schema instanceof z.ZodRecord) return [schema._zod.def.valueType];
  if (schema instanceof z.ZodArray) return [schema._zod.def.element];
  if (!(schema instanceof z.ZodTuple)) return [];
  const item = schema._zod.def.items[Number(key)] ?? schema._zod.def.rest;
  return item ? [item] : [];
}

/** An own property of anything; undefined where there is none. */
export function property(value: unknown, key: PropertyKey): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}

/** The place that a path leads to from another. */
export function placeAt(start: Place, path: readonly PropertyKey[]): Place {
  return path.reduce<Place>(
    (place, key) => ({
      path: [...place.path, key],
      value: property(place.value, key),
      schemas: place.schemas.flatMap((schema) => forms(schema, place.value)).flatMap((schema) => below(schema, key)),
    }),
    start,
  );
}

function shapesAt(place: Place): z.core.$ZodShape[] {
  return place.schemas
    .flatMap((schema) => forms(schema, place.value))
    .flatMap((schema) => (schema instanceof z.ZodObject ? [schema._zod.def.shape] : []));
}

/** The keys that the schemas allow at a place. */
export function keysAt(place: Place): string[] {
  return [...new Set(shapesAt(place).flatMap((shape) => Object.keys(shape)))];
}

/** The keys that cannot be left out at a place, whichever of its forms is chosen. */
export function requiredAt(place: Place): string[] {
  const [first, ...others] = shapesAt(place).map((shape) =>
    Object.keys(shape).filter((key) => shape[key]?._zod.optin === undefined),
  );
  return (first ?? []).filter((key) => others.every((keys) => keys.includes(key)));
}

/** The format that text or a number must have at a place: `datetime`, `safeint`; undefined for any. */
export function formatAt(place: Place): string | undefined {
  return place.schemas
    .flatMap((schema) => forms(schema, place.value))
    .flatMap((schema) =>
      schema instanceof z.ZodStringFormat || schema instanceof z.ZodNumberFormat ? [schema._zod.def.format] : [],
    )
    .at(0);
}

/** The options of the plain union at a place: the one whose parsing gave as many lists of issues. */
export function unionAt(place: Place, options: number): readonly Schema[] {
  for (const schema of place.schemas) {
    let inner: Schema | undefined = schema;
    while (inner !== undefined && !(inner instanceof z.ZodUnion)) inner = wrapped(inner);
    if (inner instanceof z.ZodUnion && inner._zod.def.options.length === options) return inner._zod.def.options;
  }
  return [];
}
