import { oneOf, parseOptions, UsageError } from "../options.ts";

/** What a report can be printed as. */
export const formats = ["text", "json", "sarif", "junit"] as const;
export type Format = (typeof formats)[number];

/** Text of `--help`. */
export const usage = `Usage: npm run policy -- [options]

Judges outputs by every rule of policies/rules, whoever made them: Terraform JSON, plans, manifests, files of hosts. Needs
no cloud and no credentials, and changes nothing.

  --artefacts PATH       what to judge: a folder laid out as out/ (terraform/<environment>/<stack>/cdk.tf.json,
                         plans/<environment>/<stack>.json, helm/<environment>/<release>.yaml or .json or a folder,
                         ansible/<environment>/<host>/, index.json; any of them may be missing), a folder of *.tf.json, one
                         plan (terraform show -json), one Terraform configuration, or one file of manifests (default out/,
                         which npm start writes)
  --format FORMAT        text, json (policies/report/findings.schema.json), sarif (2.1.0) or junit (default text)
  --output FILE          write the report, the entries or the list there, whole or not at all, and print only counts
  --environment NAME     only this environment; may be given more than once
  --waivers FILE         what is accepted for a while (default policies/waivers.yaml)
  --waive RULE ADDRESS   print entries for that file that accept what a rule finds at an address
  --list                 print every rule: id, severity, name and title; with --format json as JSON
  --help                 this text

Exit code: 0 nothing is found that is not waived; 1 something is; 2 could not judge (nothing is written).
`;

/** What a run is asked for. */
export interface Request {
  readonly artefacts: string | undefined;
  readonly format: Format;
  readonly output: string | undefined;
  readonly environments: readonly string[];
  readonly waivers: string | undefined;
  readonly waive: { readonly rule: string; readonly address: string } | undefined;
  readonly list: boolean;
  readonly help: boolean;
}

/** Reads the arguments. Throws UsageError. */
export function parseRequest(args: readonly string[]): Request {
  const { rest, waive } = withoutWaive(args);
  const values = parseOptions(rest, {
    artefacts: { type: "string" },
    format: { type: "string", default: "text" },
    output: { type: "string" },
    environment: { type: "string", multiple: true, default: [] },
    waivers: { type: "string" },
    list: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  });
  return {
    artefacts: named("--artefacts", values.artefacts),
    format: oneOf("--format", values.format, formats),
    output: named("--output", values.output),
    environments: values.environment,
    waivers: named("--waivers", values.waivers),
    waive,
    list: values.list,
    help: values.help,
  };
}

/** `--waive` alone takes two values, which Node's own parser does not know. */
function withoutWaive(args: readonly string[]): Pick<Request, "waive"> & { readonly rest: readonly string[] } {
  const at = args.indexOf("--waive");
  if (at < 0) return { rest: args, waive: undefined };
  const [rule, address] = args.slice(at + 1, at + 3);
  if (rule === undefined || address === undefined || rule.startsWith("--") || address.startsWith("--")) {
    throw new UsageError("--waive: must be followed by a rule and an address, such as DATA-001 aws_s3_bucket.dumps");
  }
  return { rest: args.toSpliced(at, 3), waive: { rule, address } };
}

function named(option: string, path: string | undefined): string | undefined {
  if (path?.trim() === "") throw new UsageError(`${option}: got "${path}", must be a path`);
  return path;
}
