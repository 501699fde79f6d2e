import { manifestsOf } from "../artefacts/manifests.ts";
import type { Declaration } from "../model/declaration.ts";
import { Estate, type Host, type HostFile, type StalePlan } from "../model/estate.ts";
import type { JsonObject } from "../model/json.ts";
import { readConfiguration } from "../model/terraform/document.ts";
import { isPlan, readPlan } from "../model/terraform/plan.ts";

/** A file of an example's host: its text, or with owner, group and mode. */
export type ExampleFile = string | Pick<HostFile, "text" | "owner" | "group" | "mode">;

/** Small outputs that a rule is tried on, and that its page shows. */
export interface Example {
  /** What is there: `a bucket without versioning`. */
  readonly title: string;
  /** Resources by type and name, as `cdk.tf.json` has them. */
  readonly resources?: JsonObject;
  /** More of the configuration than resources: `data`, `locals`, `provider`, `terraform`. */
  readonly configuration?: JsonObject;
  /** Further states by their name, each a whole configuration or a plan. */
  readonly stacks?: Readonly<Record<string, JsonObject>>;
  readonly stalePlans?: readonly StalePlan[];
  readonly manifests?: readonly JsonObject[];
  /** Files by host and path. */
  readonly hosts?: Readonly<Record<string, Readonly<Record<string, ExampleFile>>>>;
  readonly declaration?: Partial<Declaration>;
  /** One file by itself, and not all of an environment. */
  readonly isPart?: true;
  /** Of bad and unknown ones: where the rule objects, `resource attribute`, in order. */
  readonly finds?: readonly string[];
}

/** What a rule is tried on: each must come out as its list says. */
export interface Examples {
  readonly good: readonly Example[];
  readonly bad: readonly Example[];
  /** Outputs that do not show it. Empty only where everything is always shown: files of hosts, manifests. */
  readonly unknown: readonly Example[];
}

const nothingDeclared: Declaration = {
  name: "example",
  account: "111111111111",
  region: "eu-central-1",
  copyRegion: "eu-west-1",
  cidr: "10.0.0.0/16",
  zones: ["eu-central-1a"],
  domain: { public: "example.org", private: "internal.example.org" },
  ranges: { clients: [], admins: [] },
  ...{ subnets: [], stacks: [], flows: [], services: [] },
};

/** The estate of an example: environment `example`, state `example`. */
export function estateOf({
  resources,
  configuration,
  stacks = {},
  stalePlans = [],
  manifests = [],
  hosts = {},
  declaration,
  isPart,
}: Example): Estate {
  const environment = "example";
  const all = {
    [environment]: { ...configuration, ...(resources === undefined ? {} : { resource: resources }) },
    ...stacks,
  };
  return new Estate({
    environment: isPart === true ? undefined : environment,
    declaration: declaration === undefined ? undefined : { ...nothingDeclared, ...declaration },
    stalePlans,
    documents: Object.entries(all).map(([stack, json]) =>
      (isPlan(json) ? readPlan : readConfiguration)(json, { environment, stack, source: `${stack}/cdk.tf.json` }),
    ),
    manifests: manifestsOf(manifests, { release: environment, source: `${environment}.yaml` }),
    hosts: Object.entries(hosts).map(([name, files]) => hostOf(name, files)),
  });
}

const hostOf = (name: string, files: Readonly<Record<string, ExampleFile>>): Host => ({
  name,
  source: name,
  files: new Map(
    Object.entries(files).map(([path, file]) => [
      path,
      { path, source: `${name}${path}`, ...(typeof file === "string" ? { text: file } : file) },
    ]),
  ),
});
