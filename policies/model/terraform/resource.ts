import { Block } from "./block.ts";
import type { Document, RawResource } from "./document.ts";
import type { Graph } from "./graph.ts";

/** A resource of one environment, its expressions resolved as far as outputs say. */
export class Resource {
  /** As Terraform prints it. */
  readonly address: string;
  readonly type: string;
  /** Its attributes. */
  readonly block: Block;
  readonly document: Document;
  readonly raw: RawResource;

  constructor(raw: RawResource, document: Document, graph: Graph) {
    this.address = raw.address;
    this.type = raw.type;
    this.raw = raw;
    this.document = document;
    this.block = new Block(raw.attributes, { graph, document, module: raw.module });
  }

  get stack(): string | undefined {
    return this.document.stack;
  }

  get source(): string {
    return this.raw.source ?? this.document.source;
  }
}
