import * as z from "zod";

const transformer = z.object({ inputPaths: z.record(z.string(), z.string()), inputTemplate: z.string() });

/** A value in an event, by a path such as `$.detail.data.target`. */
function at(path: string, event: unknown): unknown {
  const steps = path.split(".").slice(1);
  return steps.reduce<unknown>((value, step) => Object(value)[step], event);
}

/**
 * What the target of a rule is given of an event: EventBridge puts values in the template as JSON has them.
 * @throws when that is not JSON in the end
 */
export function transformed(target: { inputTransformer?: unknown }, event: unknown): unknown {
  const { inputPaths, inputTemplate } = transformer.parse(target.inputTransformer);
  return JSON.parse(
    inputTemplate.replaceAll(/<(\w+)>/g, (_, name) => JSON.stringify(at(inputPaths[name] ?? "", event))),
  );
}
