import { Invalid } from "@headroom/decisions/errors";
import jsep from "jsep";
import * as z from "zod";

// The expressions of CloudWatch's metric math. The parser is general: what metric math does not have is refused here.

jsep.addBinaryOp("OR", 1);
jsep.addBinaryOp("AND", 2);
jsep.addBinaryOp("^", 11, true);

/** An expression, as far as metric math has it. */
export type Node =
  | { type: "Literal"; value: number }
  | { type: "Identifier"; name: string }
  | { type: "ArrayExpression"; elements: Node[] }
  | { type: "UnaryExpression"; operator: "-" | "+"; argument: Node }
  | { type: "BinaryExpression"; operator: string; left: Node; right: Node }
  | { type: "CallExpression"; callee: { type: "Identifier"; name: string }; arguments: Node[] };

const identifier = z.object({ type: z.literal("Identifier"), name: z.string() });
const node: z.ZodType<Node> = z.lazy(() =>
  z.discriminatedUnion("type", [
    z.object({ type: z.literal("Literal"), value: z.number() }),
    identifier,
    z.object({ type: z.literal("ArrayExpression"), elements: z.array(node).min(1) }),
    z.object({ type: z.literal("UnaryExpression"), operator: z.enum(["-", "+"]), argument: node }),
    z.object({ type: z.literal("BinaryExpression"), operator: z.string(), left: node, right: node }),
    z.object({ type: z.literal("CallExpression"), callee: identifier, arguments: z.array(node) }),
  ]),
);

/**
 * Reads an expression of metric math.
 * @throws Invalid when it is none
 */
export function parseMath(expression: string): Node {
  let parsed: unknown;
  try {
    parsed = jsep(expression);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Invalid(`metric math cannot read "${expression}": ${why}`, { cause });
  }
  const { data, error } = node.safeParse(parsed);
  if (data === undefined) throw new Invalid(`metric math cannot read "${expression}"`, { cause: error });
  return data;
}
