import { manifestsOf } from "../artefacts/manifests.ts";
import { Estate, type Host, type HostFile, type Manifest } from "../model/estate.ts";
import type { JsonObject } from "../model/json.ts";
import type { Document, RawResource } from "../model/terraform/document.ts";

/** An estate after a mutation, and what was changed, as its program prints it. */
export interface Mutated {
  readonly estate: Estate;
  readonly changed: string;
}

/**
 * A way to break what a rule holds, tried on the real estate: the rule must then find more than before. It changes the
 * first thing that it can change; nothing where there is none.
 */
export interface Mutation {
  /** `suspend versions`. */
  readonly title: string;
  readonly apply: (estate: Estate) => Mutated | undefined;
}

/** Parsed JSON that may be changed at will. */
// biome-ignore lint/suspicious/noExplicitAny: what a schema of somebody else allows, to be broken.
export type Loose = any;

/** Changes a copy of something: what it returns takes the original's place, and nothing returned takes it away. */
type Change = (copy: Loose) => JsonObject | undefined;

/** Changes attributes of a resource of a type. */
export const onResource = (
  type: string,
  title: string,
  change: Change,
  where: (resource: RawResource) => boolean = () => true,
): Mutation => ({
  title,
  apply(estate) {
    const documents = estate.terraform.documents;
    const resources = documents.flatMap((each) => each.resources);
    const found = firstChanged(
      resources.filter((each) => each.type === type && where(each)),
      ({ attributes }) => attributes,
      (raw, attributes) => ({ ...raw, attributes }),
      change,
    );
    if (found === undefined) return undefined;
    const changed = documents.map((document) =>
      document.resources.includes(found.before)
        ? { ...document, resources: replaced(document.resources, found) }
        : document,
    );
    return { estate: new Estate({ ...outputsOf(estate), documents: changed }), changed: found.before.address };
  },
});

/** Changes a state as a whole: its outputs, its providers, or by adding what no state has. */
export const onState = (
  title: string,
  change: (state: Document) => Document,
  where: (state: Document) => boolean = () => true,
): Mutation => ({
  title,
  apply(estate) {
    const before = estate.terraform.documents.find(where);
    if (before === undefined) return undefined;
    const documents = estate.terraform.documents.map((each) => (each === before ? change(each) : each));
    return { estate: new Estate({ ...outputsOf(estate), documents }), changed: before.stack ?? before.source };
  },
});

/** Adds a resource to a state, or to the first. */
export const addResource = (title: string, type: string, attributes: JsonObject, stack?: string): Mutation =>
  onState(
    title,
    (state) => {
      const raw = { address: `${type}.added`, type, name: "added", module: "", provider: undefined, attributes };
      return { ...state, resources: [...state.resources, raw] };
    },
    (state) => stack === undefined || state.stack === stack,
  );

/** Changes an object of a kind. */
export const onObject = (
  kind: string,
  title: string,
  change: Change,
  where: (object: Manifest) => boolean = () => true,
): Mutation => ({
  title,
  apply(estate) {
    const found = firstChanged(
      estate.manifests.filter((each) => each.kind === kind && where(each)),
      ({ body }) => body,
      // Its kind, name and namespace too, where those were changed.
      (manifest, body) => manifestsOf([body], manifest)[0] ?? manifest,
      change,
    );
    if (found === undefined) return undefined;
    const manifests = replaced(estate.manifests, found);
    const { name, namespace } = found.before;
    return { estate: new Estate({ ...outputsOf(estate), manifests }), changed: `${kind}/${namespace ?? ""}/${name}` };
  },
});

/** Changes a file of a host whose path matches: its text, its mode, or both; nothing returned takes it away. */
export const onFile = (
  path: RegExp,
  title: string,
  change: (file: HostFile) => HostFile | undefined,
  where: (host: Host) => boolean = () => true,
): Mutation => ({
  title,
  apply(estate) {
    for (const host of estate.hosts.filter(where)) {
      for (const before of host.files.values()) {
        const after = path.test(before.path) ? change(before) : before;
        if (after?.text === before.text && after.mode === before.mode) continue;
        const files = replaced([...host.files.values()], { before, after });
        const changed = { ...host, files: new Map(files.map((file) => [file.path, file])) };
        const hosts = estate.hosts.map((each) => (each === host ? changed : each));
        return { estate: new Estate({ ...outputsOf(estate), hosts }), changed: `${host.name}:${before.path}` };
      }
    }
    return undefined;
  },
});

/** Replaces a text in files whose path matches. */
export const inFile = (path: RegExp, title: string, from: string | RegExp, to: string): Mutation =>
  onFile(path, title, (file) => ({ ...file, text: file.text.replace(from, to) }));

interface Replacement<Type> {
  readonly before: Type;
  readonly after: Type | undefined;
}

/** The first of these that a change changes at all. */
function firstChanged<Type>(
  all: readonly Type[],
  read: (each: Type) => JsonObject,
  write: (each: Type, json: JsonObject) => Type,
  change: Change,
): Replacement<Type> | undefined {
  for (const before of all) {
    const text = JSON.stringify(read(before));
    const json = change(JSON.parse(text));
    if (json === undefined) return { before, after: undefined };
    if (JSON.stringify(json) !== text) return { before, after: write(before, json) };
  }
  return undefined;
}

const replaced = <Type>(all: readonly Type[], { before, after }: Replacement<Type>): readonly Type[] =>
  all.flatMap((each) => {
    if (each !== before) return [each];
    return after === undefined ? [] : [after];
  });

const outputsOf = ({ environment, declaration, terraform, stalePlans, manifests, hosts, memory }: Estate) => ({
  ...{ environment, declaration, stalePlans, manifests, hosts, memory },
  documents: terraform.documents,
  stubs: terraform.stubs,
});
