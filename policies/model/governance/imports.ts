import { kind } from "../estate.ts";
import { listOf, objectOf, textOf } from "../json.ts";
import type { Place } from "../place.ts";
import { Block } from "../terraform/block.ts";
import type { Document } from "../terraform/document.ts";
import { isUnknown, Unknown, type Value } from "../value.ts";

/** Something that is there already and that a state takes in. */
export interface Import {
  readonly at: Place;
  readonly document: Document;
  readonly stack: string | undefined;
  /** The address that it is to have. */
  readonly to: string;
  /** What AWS knows it by. */
  readonly id: Value<string>;
}

/** Blocks `import` of configurations, and what plans take in. */
export const imports = kind<Import>("import", ({ terraform }) =>
  terraform.documents.flatMap((document) => {
    const { stack, source, changes = [], others } = document;
    const importOf = (to: string, id: Value<string> | undefined): Import => ({
      ...{ at: { resource: to, stack, source }, document, stack, to, id: id ?? new Unknown("what it is known by") },
    });
    const planned = changes.flatMap(({ address, importing }) =>
      importing === undefined ? [] : [importOf(address, importing.id)],
    );
    if (document.kind === "plan") return planned;
    const scope = { graph: terraform, document, module: "" };
    return listOf(others?.["import"])
      .map((each) => new Block(objectOf(each), scope))
      .map((block) => importOf(textOf(block.raw["to"])?.replace(/^\$\{(.*)\}$/, "$1") ?? "import", idOf(block)));
  }),
);

/** Since Terraform 1.12 it may be known by several things together, its identity. */
function idOf(block: Block): Value<string> | undefined {
  const { identity } = block.raw;
  const id = block.text("id");
  if (id !== undefined || identity === undefined) return id;
  const parts = block.blocks("identity").flatMap((each) => each.names.map((name) => each.text(name) ?? ""));
  return parts.find(isUnknown) ?? parts.join(",");
}
