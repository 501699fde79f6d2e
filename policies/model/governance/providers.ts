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
  /** Where it speaks to a service of AWS, if not where AWS has it: `s3`, an address. */
  readonly endpoints: readonly (readonly [service: string, address: Value<string>])[];
  /** Whether it takes any certificate. */
  readonly insecure: Value<boolean>;
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
    endpoints: block
      .blocks("endpoints")
      .flatMap((each) => Object.keys(each.raw).map((service) => [service, each.text(service) ?? ""] as const))
      .filter(([, address]) => address !== ""),
    insecure: block.flag("insecure") ?? false,
    tags: block.block("default_tags")?.map("tags") ?? new Map(),
  };
}
