import { hash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { StalePlan } from "../model/estate.ts";
import { type JsonObject, objectOf, textOf } from "../model/json.ts";
import type { Document, Gap } from "../model/terraform/document.ts";
import { withoutKeys } from "../model/terraform/module-calls.ts";
import { differencesOf } from "../model/terraform/plan-differences.ts";
import { existing, repetitionsOfResource } from "../model/terraform/repetition.ts";
import { filesIn, foldersIn } from "./folders.ts";
import { withLocalModules } from "./local-modules.ts";
import { parseJson } from "./parse.ts";
import { refuseStrays, refuseStraysBelow, TERRAFORM } from "./strays.ts";
import { planOf } from "./terraform-file.ts";
import { readFolder } from "./terraform-folder.ts";
import { readText } from "./text-file.ts";

interface Stacks {
  readonly documents: readonly Document[];
  readonly stalePlans: readonly StalePlan[];
  readonly stubs: ReadonlyMap<string, { readonly stack: string; readonly from: string }>;
}

/** Beside the plans: what they were made from, and what stands in them for outputs of other states. */
const BESIDE = ["digests.json", "stubs.json"];

/**
 * The states of an environment. A plan takes the place of its configuration, unless that has changed since, or one that it
 * reads, or says another thing: then the plan is stale, which is for a rule to say, and the configuration is judged.
 */
export function readStacks(path: string, environment: string): Stacks {
  const configurations = join(path, "terraform", environment);
  const plans = join(path, "plans", environment);
  const { documents, texts } = readConfigurations(configurations, environment);
  const made = readBeside(join(plans, "digests.json"));
  const digests = digestsOf(texts);
  const stalePlans: StalePlan[] = [];
  for (const folder of foldersIn(plans)) refuseStraysBelow(join(plans, folder), /\.json$/, plans);
  for (const name of filesIn(plans)) {
    if (!name.endsWith(".json") || BESIDE.includes(name)) continue;
    const stack = name.slice(0, -".json".length);
    const source = join(plans, name);
    const changed = changedSince(stack, objectOf(made[stack]), digests);
    if (documents.has(stack) && changed.length > 0) {
      stalePlans.push({ stack, source, changed });
      continue;
    }
    const json = parseJson(readText(source), source);
    const { document, differs } = together(json, planOf(json, { environment, stack, source }), documents.get(stack));
    documents.set(stack, document);
    if (differs.length > 0) stalePlans.push({ stack, source, changed: [], differs });
  }
  return { documents: [...documents.values()], stalePlans, stubs: readStubs(join(plans, "stubs.json")) };
}

/** Of a plan and its configuration what is judged: whoever edits a plan writes its digests anew, too. */
function together(json: JsonObject, plan: Document, configuration: Document | undefined) {
  if (configuration === undefined) return { document: plan, differs: [] };
  const differs = differencesOf(json, plan, configuration);
  return { document: differs.length > 0 ? configuration : completed(plan, configuration), differs };
}

/** The stacks of an environment, a folder each, with the texts that each was read from. */
function readConfigurations(folder: string, environment: string) {
  refuseStrays(folder, TERRAFORM, `${folder}/<stack>/`);
  const documents = new Map<string, Document>();
  const texts = new Map<string, readonly string[]>();
  const read = new Set<string>();
  const others: string[] = [];
  for (const stack of foldersIn(folder)) {
    const own = join(folder, stack);
    const found = readFolder(own, { environment, stack });
    if (found === undefined) others.push(own);
    else {
      const whole = withLocalModules(found, own);
      documents.set(stack, whole.document);
      texts.set(stack, whole.texts);
      for (const each of whole.folders) read.add(each);
    }
  }
  // Folders of somebody else, or of modules. A declared stack that is missed is found by a rule.
  for (const each of others) refuseStraysBelow(each, TERRAFORM, each, read);
  return { documents, texts };
}

/**
 * A plan with what it does not say and its configuration does: the backend and the versions, local values, how resources
 * live and die and what runs then; and providers, for a plan is made offline with settings of its own.
 */
function completed(plan: Document, configuration: Document): Document {
  const { settings, outputs, locals, providers } = configuration;
  const configured = new Map(configuration.resources.map((each) => [each.address, each.attributes]));
  const resources = plan.resources.map((each) => {
    const { lifecycle, provisioner } = configured.get(withoutKeys(each.address)) ?? {};
    const own = Object.entries({ lifecycle, provisioner }).filter(([, given]) => given !== undefined);
    return own.length === 0 ? each : { ...each, attributes: { ...each.attributes, ...Object.fromEntries(own) } };
  });
  const gaps = [...(plan.gaps ?? []), ...missingOf(plan, configuration)];
  const others = { ...configuration.others, ...plan.others };
  return { ...plan, settings, outputs, locals, providers, resources, gaps, others };
}

/** Configured resources that a plan does not have: somebody has cut them, or what a variable counts came to none. */
function missingOf(plan: Document, configuration: Document): readonly Gap[] {
  const shown = [...plan.resources, ...(plan.gaps ?? [])];
  const planned = new Set(shown.map(({ address = "" }) => withoutKeys(address).replaceAll("[*]", "")));
  const [present = configuration] = existing([configuration], new Map());
  return present.resources.flatMap((each): readonly Gap[] =>
    planned.has(each.address)
      ? []
      : [
          {
            address: each.address,
            reason: "configured, and not in the plan",
            isFault: repetitionsOfResource(configuration, each).length === 0,
          },
        ],
  );
}

/** The digest of a stack, worked out when a plan asks: of its file, or of all where there are more. */
function digestsOf(texts: ReadonlyMap<string, readonly string[]>): (stack: string) => string | undefined {
  const known = new Map<string, string>();
  return (stack) => {
    const all = texts.get(stack);
    if (all !== undefined && !known.has(stack)) known.set(stack, hash("sha256", all.join("\n")));
    return known.get(stack);
  };
}

/** Stacks that a plan was made from and that are no longer what they were; without a record of its own, all are. */
function changedSince(
  stack: string,
  made: JsonObject,
  digestOf: (stack: string) => string | undefined,
): readonly string[] {
  const named = Object.entries(made);
  if (!Object.hasOwn(made, stack)) return ["no record of what it was made from"];
  return named.filter(([each, digest]) => digestOf(each) !== digest).map(([each]) => each);
}

function readStubs(path: string): Stacks["stubs"] {
  const stubs = new Map<string, { stack: string; from: string }>();
  for (const [stack, outputs] of Object.entries(readBeside(path))) {
    for (const output of Object.values(objectOf(outputs)))
      collect(objectOf(output)["value"], objectOf(output)["from"], stack, stubs);
  }
  return stubs;
}

/** Values of an output, whatever their depth, beside the expressions that they stand for. */
function collect(
  value: unknown,
  from: unknown,
  stack: string,
  stubs: Map<string, { stack: string; from: string }>,
): void {
  const [text, expression] = [textOf(value), textOf(from)];
  if (text !== undefined && expression !== undefined) {
    if (text !== expression) stubs.set(text, { stack, from: expression });
    return;
  }
  if (typeof value !== "object" || value === null) return;
  for (const [name, each] of Object.entries(value)) {
    collect(
      each,
      typeof from === "object" && from !== null ? (from as Record<string, unknown>)[name] : from,
      stack,
      stubs,
    );
  }
}

const readBeside = (path: string): JsonObject => (existsSync(path) ? parseJson(readText(path), path) : {});
