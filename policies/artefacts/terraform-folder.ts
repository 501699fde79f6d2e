import { join } from "node:path";
import { type Document, joined, type Origin, readConfiguration } from "../model/terraform/document.ts";
import { isPlan } from "../model/terraform/plan.ts";
import { type Parsed, refuseOddConfiguration } from "./configuration-shape.ts";
import { ArtefactError } from "./fault.ts";
import { entriesOf } from "./folders.ts";
import { parseJson } from "./parse.ts";
import { readText } from "./text-file.ts";

/** What Terraform or OpenTofu would read in a folder, by what is done with it here. */
interface TerraformFiles {
  readonly json: readonly string[];
  /** Values of variables, in the order in which later ones prevail. */
  readonly values: readonly string[];
  /** Files that are not read here, each with why. */
  readonly unread: readonly (readonly [name: string, why: string])[];
}

const OVERRIDES = "overrides others, which is not read";
const HCL = "is HCL, which is not read";
/** By the end of a name, the first that fits. */
const KINDS: readonly (readonly [RegExp, "json" | "values" | { readonly why: string }])[] = [
  [/^(?:.*_)?override\.(?:tf|tofu)(?:\.json)?$/, { why: OVERRIDES }],
  [/\.tf\.json$/, "json"],
  [/\.(?:tf|tofu)$/, { why: HCL }],
  [/\.tofu\.json$/, { why: "is for OpenTofu alone, and takes the place of others" }],
  [/^terraform\.tfvars\.json$/, "values"],
  [/\.auto\.tfvars\.json$/, "values"],
  [/^terraform\.tfvars$|\.auto\.tfvars$/, { why: HCL }],
];

/** What synthesis writes. */
const MADE = "cdk.tf.json";

/** What Terraform passes over itself: hidden files, and what editors leave. */
const isPassedOver = (name: string): boolean => /^\.|~$|^#.*#$/.test(name);

function sorted(folder: string): TerraformFiles {
  const json: string[] = [];
  const values: string[] = [];
  const unread: (readonly [string, string])[] = [];
  for (const { name, isFolder } of entriesOf(folder)) {
    if (isFolder && name === MADE) throw new ArtefactError(`${join(folder, name)}: is not a file`);
    if (isFolder || isPassedOver(name)) continue;
    const kind = KINDS.find(([pattern]) => pattern.test(name))?.[1];
    if (kind === "json") json.push(name);
    else if (kind === "values") values.push(name);
    else if (kind !== undefined) unread.push([name, kind.why]);
  }
  // Terraform reads terraform.tfvars.json first: what the others say prevails.
  return { json, values: values.toSorted((one, other) => rankOf(one) - rankOf(other)), unread };
}

const rankOf = (name: string): number => (name === "terraform.tfvars.json" ? 0 : 1);

/** A folder as it was read: what it says, all that it was read from, and the folders that this led to. */
export interface ReadFolder {
  readonly document: Document;
  readonly texts: readonly string[];
  readonly folders: readonly string[];
}

/** Allowed beside each other in a folder. */
const ALLOWED = "allowed are *.tf.json and *.tfvars.json, or the plan (terraform show -json)";

/**
 * The configuration in a folder, as Terraform reads it: all files together. Nothing where there is none. Throws
 * ArtefactError, also for files that Terraform would read and nobody does here.
 */
export function readFolder(folder: string, origin: Omit<Origin, "source">): ReadFolder | undefined {
  const files = sorted(folder);
  const [unread] = files.unread;
  if (unread !== undefined) throw new ArtefactError(`${join(folder, unread[0])}: ${unread[1]}; ${ALLOWED}`);
  if (files.json.length === 0) return undefined;
  const { read, says } = readFiles(folder, files, origin);
  if (!says) throw new ArtefactError(`${folder}: holds nothing to judge in ${files.json.join(", ")}`);
  return read;
}

/** The configuration of a module; nothing also where there are files in it that nobody reads here. Throws ArtefactError. */
export function readModule(folder: string, origin: Omit<Origin, "source">): ReadFolder | undefined {
  const files = sorted(folder);
  return files.json.length === 0 || files.unread.length > 0
    ? undefined
    : readFiles(folder, { ...files, values: [] }, origin).read;
}

/** What is in the files of a folder, and whether any of them says more than a comment. */
function readFiles(
  folder: string,
  files: TerraformFiles,
  origin: Omit<Origin, "source">,
): { readonly read: ReadFolder; readonly says: boolean } {
  const texts: string[] = [];
  const parsed = (name: string): Parsed => {
    const path = join(folder, name);
    const text = readText(path);
    texts.push(text);
    return { path, json: parseJson(text, path) };
  };
  const configurations = files.json.map(parsed);
  for (const { path, json } of configurations) {
    if (isPlan(json)) throw new ArtefactError(`${path}: is a plan in a folder of a configuration; judge it by itself`);
  }
  refuseOddConfiguration(configurations);
  const variables = Object.assign({}, ...files.values.map((name) => parsed(name).json));
  const document = joined(configurations.map(({ path, json }) => readConfiguration(json, { ...origin, source: path })));
  const says = configurations.some(({ json }) => Object.keys(json).some((part) => part !== "//"));
  return { read: { document: { ...document, variables }, texts, folders: [folder] }, says };
}
