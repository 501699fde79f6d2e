import { type ASTNode, Environment, serialize } from "@marcbachmann/cel-js";

/** A part of an expression in CEL. `text` is how it reads, in one spelling: two that read the same are the same. */
export interface Part {
  readonly operator: "text" | "number" | "name" | "list" | "map" | "member" | "index" | "call" | "!" | "-" | Between;
  readonly text: string;
  readonly of: readonly Part[];
  /** What a text, a number or a name says; the name of a member or of a function. */
  readonly word: string;
}

/** Operators that stand between parts. */
type Between = Exclude<ASTNode["op"], "value" | "id" | "." | ".?" | "[]" | "[?]" | "call" | "rcall" | "!_" | "-_">;

/** Kubernetes knows optional fields, and the parameters of each policy are of another shape. */
const language = new Environment({ enableOptionalTypes: true, unlistedVariablesAreDyn: true });

/** An expression as a tree; nothing where it is none that can be read. */
export function parseCel(expression: string): Part | undefined {
  let tree: ASTNode;
  try {
    tree = language.parse(expression).ast;
  } catch {
    return undefined;
  }
  return partOf(tree);
}

function partOf(node: ASTNode): Part {
  const made = (operator: Part["operator"], of: readonly ASTNode[], word = ""): Part => ({
    ...{ operator, word, text: serialize(node), of: of.map(partOf) },
  });
  switch (node.op) {
    case "value":
      return made(kindOf(node.args), [], String(node.args));
    case "id":
      return made("name", [], node.args);
    case ".":
    case ".?":
      return made("member", [node.args[0]], node.args[1]);
    case "[]":
    case "[?]":
      return made("index", node.args);
    case "call":
      return made("call", node.args[1], node.args[0]);
    case "rcall":
      return made("call", [node.args[1], ...node.args[2]], node.args[0]);
    case "!_":
      return made("!", [node.args]);
    case "-_":
      return made("-", [node.args]);
    case "map":
      return made("map", node.args.flat());
    default:
      return made(node.op, node.args);
  }
}

/** `true`, `false` and `null` are names of values. */
function kindOf(value: unknown): "text" | "number" | "name" {
  if (typeof value === "boolean" || value === null) return "name";
  return typeof value === "string" || value instanceof Uint8Array ? "text" : "number";
}
