import type { Catalogue } from "../../services/catalogue.ts";
import { oneOf, parseOptions, UsageError } from "../options.ts";

export const help = `Usage: npm start [-- options]

Writes out/terraform/<environment>/<stack>/cdk.tf.json, out/helm/<environment>/<release>.yaml, out/ansible/<environment>/<host>/
and out/index.json from the catalogue, and lets every policy judge them: out/policy/findings.json and findings.sarif.
Needs no cloud and no credentials.

Options
  --environment NAME   only this environment; may be given more than once
  --service NAME       only this service's stack, release and hosts; may be given more than once
  --output DIR         write here instead of out/
  --json               print a list of the stacks written as JSON: id, environment, name, resources, and objects where
                       a release has the stack's name
  --help               this text

A narrowed run writes the same bytes as a whole one, leaves all other files alone and judges nothing: npm run policy does.
A whole run removes plans of what has changed since.
Manifests are rendered by Helm 4: the one that npm ci brings, elsewhere than on Linux x64 that of PATH.
Exit status: 0 written and nothing found, 1 written and policies object, 2 the catalogue or an argument has a fault, a release
does not render, or Helm is missing (nothing is written); also where something lies among the outputs that Terraform or
kubectl would read and that is none (written, and not judged).
`;

/** What a run is asked for. */
export interface Request {
  readonly help: boolean;
  readonly json: boolean;
  /** Directory to write to; absent: `out/` of the project. */
  readonly output?: string;
  readonly environments: readonly string[];
  readonly services: readonly string[];
}

/** Reads the arguments. Throws UsageError. */
export function parseRequest(args: readonly string[], catalogue: Catalogue): Request {
  const values = parseOptions(args, {
    environment: { type: "string", multiple: true, default: [] },
    service: { type: "string", multiple: true, default: [] },
    output: { type: "string" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  });
  if (values.output?.trim() === "") throw new UsageError(`--output: got "${values.output}", must name a directory`);
  return {
    help: values.help,
    json: values.json,
    ...(values.output === undefined ? {} : { output: values.output }),
    environments: known("--environment", values.environment, catalogue.environments),
    services: known("--service", values.service, catalogue.services),
  };
}

function known(option: string, given: readonly string[], all: readonly { readonly name: string }[]): readonly string[] {
  const names = all.map(({ name }) => name);
  return given.map((name) => oneOf(option, name, names));
}
