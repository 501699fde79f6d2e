import { kind } from "../estate.ts";
import type { Place } from "../place.ts";
import { Block } from "../terraform/block.ts";
import type { Document } from "../terraform/document.ts";
import type { Graph } from "../terraform/graph.ts";
import type { Value } from "../value.ts";

/** A configured provider of AWS: for which account and region it makes things, and what it tags them with. */
export interface AwsProvider {
  readonly at: Place;
  readonly document: Document;
  /** `aws`, `aws.copy`. */
  readonly name: string;
  readonly region: Value<string> | undefined;
  readonly accounts: readonly Value<string>[];
  /** Tags of whatever it makes. */
  readonly tags: Value<ReadonlyMap<string, Value<string>>>;
}

export const awsProviders = kind<AwsProvider>("provider", ({ terraform }) =>
  terraform.documents.flatMap((document) =>
    [...document.providers]
      .filter(([name]) => name === "aws" || name.startsWith("aws."))
      .map(([name, settings]) => providerOf(name, document, terraform, settings)),
  ),
);

function providerOf(name: string, document: Document, graph: Graph, settings: Block["raw"]): AwsProvider {
  const { stack, source } = document;
  const block = new Block(settings, { graph, document, module: "" });
  return {
    at: { resource: `provider.${name}`, stack, source },
    document,
    name,
    region: block.text("region"),
    accounts: block.texts("allowed_account_ids"),
    tags: block.block("default_tags")?.map("tags") ?? new Map(),
  };
}
