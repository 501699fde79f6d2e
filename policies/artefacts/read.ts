import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { Estate, type Outputs } from "../model/estate.ts";
import { Memory } from "../model/memory.ts";
import { type Index, readIndex } from "./declarations.ts";
import { ArtefactError, codeOf } from "./fault.ts";
import { foldersIn } from "./folders.ts";
import { readHosts } from "./hosts.ts";
import { withLocalModules } from "./local-modules.ts";
import { isManifest, manifestsOf, notEmpty, RELEASE, readManifests, readReleases } from "./manifests.ts";
import { parseJson } from "./parse.ts";
import { readStacks } from "./stacks.ts";
import { refuseStrays, SEEN, TERRAFORM } from "./strays.ts";
import { terraformOf } from "./terraform-file.ts";
import { readFolder } from "./terraform-folder.ts";
import { readText } from "./text-file.ts";

/** The folders of `out/` that hold something to judge. */
const PARTS = ["terraform", "plans", "helm", "ansible"] as const;

/**
 * Reads outputs as estates, one for each environment, or for each of those wanted: a folder laid out as `out/`, a folder of
 * one Terraform configuration, or one file (configuration, plan, manifests). Throws ArtefactError, also where nothing is.
 */
export const readArtefacts = (path: string, wanted: readonly string[] = []): readonly Estate[] =>
  [...readOneByOne(path, wanted)].filter(({ odd }) => odd?.declared === undefined);

/**
 * The same, each estate read when it is asked for: who keeps none needs memory for one. Where all are wanted, what is
 * declared and not there is an estate, too, with nothing in it.
 */
export function* readOneByOne(path: string, wanted: readonly string[] = []): Iterable<Estate> {
  const isLaidOut = isFolder(path) && PARTS.some((part) => existsSync(join(path, part)));
  if (isLaidOut) yield* readLaidOut(path, wanted);
  else if (wanted.length > 0) throw new ArtefactError(`${path}: holds no environments, so none can be chosen`);
  else yield new Estate(isFolder(path) ? readConfiguration(path) : readFile(path));
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw new ArtefactError(`${path}: cannot be read (${codeOf(error)})`);
  }
}

/** A folder as Terraform reads it. */
function readConfiguration(path: string): Outputs {
  const read = readFolder(path, { environment: undefined, stack: undefined });
  if (read === undefined) {
    throw new ArtefactError(
      `${path}: holds none of ${PARTS.map((part) => `${part}/`).join(", ")} and no *.tf.json; allowed are a folder as out/, a Terraform configuration in JSON, a plan (terraform show -json) and a file of manifests`,
    );
  }
  return { documents: [withLocalModules(read, path).document] };
}

function* readLaidOut(path: string, wanted: readonly string[]): Iterable<Estate> {
  const index = join(path, "index.json");
  const declared: Index | undefined = existsSync(index)
    ? readIndex(parseJson(readText(index), index), index)
    : undefined;
  refuseMisplaced(path);
  const found = new Set(PARTS.flatMap((part) => foldersIn(join(path, part))));
  const order = declared?.environments.map(({ name }) => name) ?? [];
  const all = [
    ...order.filter((name) => found.has(name)),
    ...[...found].filter((name) => !order.includes(name)).sort(),
  ];
  const unknown = wanted.find((name) => !found.has(name));
  if (unknown !== undefined)
    throw new ArtefactError(`${path}: got environment "${unknown}", allowed are ${all.join(", ")}`);
  const environments = all.filter((name) => wanted.length === 0 || wanted.includes(name));
  if (environments.length === 0) throw new ArtefactError(`${path}: holds nothing to judge in ${PARTS.join("/, ")}/`);
  // Environments have most of their lines in common: what one of them says is worked out once for all.
  const memory = new Memory();
  for (const environment of environments) {
    const declaration = declared?.environments.find(({ name }) => name === environment);
    const outputs: Outputs = {
      environment,
      declaration,
      odd: declared !== undefined && declaration === undefined ? { source: index, declared: undefined } : undefined,
      ...readStacks(path, environment),
      manifests: readReleases(join(path, "helm", environment)),
      hosts: readHosts(join(path, "ansible", environment)),
      memory,
    };
    if ([outputs.documents, outputs.manifests, outputs.hosts].every((each) => each?.length === 0)) {
      throw new ArtefactError(`${path}: holds nothing to judge of ${environment}`);
    }
    yield new Estate(outputs);
  }
  if (wanted.length > 0) return;
  for (const { name, stacks } of declared?.environments ?? []) {
    const resources = stacks.reduce((sum, each) => sum + each.resources, 0);
    if (!found.has(name)) yield new Estate({ environment: name, odd: { source: index, declared: resources } });
  }
}

/** What lies at the top of a folder laid out as `out/` belongs to no environment, and nobody would judge it. */
function refuseMisplaced(path: string): void {
  const terraform = `${join(path, "terraform")}/<environment>/<stack>/`;
  refuseStrays(path, TERRAFORM, terraform);
  refuseStrays(join(path, "terraform"), TERRAFORM, terraform);
  refuseStrays(join(path, "plans"), /\.json$/, `${join(path, "plans")}/<environment>/`);
  refuseStrays(join(path, "helm"), RELEASE, `${join(path, "helm")}/<environment>/`);
  refuseStrays(join(path, "ansible"), SEEN, `${join(path, "ansible")}/<environment>/<host>/`);
  const plans = join(path, "plans");
  for (const each of [path, plans, ...foldersIn(plans).map((name) => join(plans, name))])
    refuseStrays(each, /\.tfplan$/, `${plans}/<environment>/ as JSON (terraform show -json)`);
}

/** One file of any kind. */
function readFile(path: string): Outputs {
  if (/\.ya?ml$/.test(path)) return { manifests: notEmpty(readManifests(path, path), path) };
  const json = parseJson(readText(path), path);
  if (isManifest(json)) return { manifests: notEmpty(manifestsOf([json], { release: path, source: path }), path) };
  return { documents: [terraformOf(json, path)] };
}
