import { Estate, type Host, type Manifest } from "../../../policies/model/estate.ts";
import { isObject, type Json, type JsonObject } from "../../../policies/model/json.ts";
import type { Document } from "../../../policies/model/terraform/document.ts";

/** What stands where nobody expects it. */
const oddities: readonly Json[] = [
  null,
  true,
  false,
  0,
  -1,
  1e308,
  "",
  "text",
  "${var.unknown}",
  "${aws_nothing.at.all}",
  "%{ if true }",
  "[",
  "{}",
  "0.0.0.0/99",
  "::/0",
  [],
  [[]],
  [null],
  ["x"],
  [{}],
  {},
  { a: null },
  { constructor: 1 },
];

/** Chooses by a seed, the same for the same one. */
export function chooser(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** An estate in which one value in so many is something else, at any depth, in resources, objects and files alike. */
export function odd(estate: Estate, seed: number, oneIn: number): Estate {
  const below = chooser(seed);
  const changed = (value: Json | undefined): Json | undefined => {
    if (below(oneIn) === 0) return oddities[below(oddities.length)];
    if (Array.isArray(value)) return (value as readonly Json[]).map((each) => changed(each) ?? null);
    return isObject(value) ? changedIn(value) : value;
  };
  const changedIn = (body: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(body).map(([name, value]) => [name, changed(value)]));
  const cut = (text: string): string => (below(oneIn) === 0 ? text.slice(0, below(text.length)) : text);
  const { environment, declaration, terraform, stalePlans, manifests, hosts } = estate;
  return new Estate({
    ...{ environment, declaration, stalePlans, stubs: terraform.stubs },
    documents: terraform.documents.map(
      (document): Document => ({
        ...document,
        resources: document.resources.map((raw) => ({ ...raw, attributes: changedIn(raw.attributes) })),
      }),
    ),
    manifests: manifests.map((each): Manifest => ({ ...each, body: changedIn(each.body) })),
    hosts: hosts.map(
      (host): Host => ({
        ...host,
        files: new Map([...host.files].map(([path, file]) => [path, { ...file, text: cut(file.text) }])),
      }),
    ),
  });
}
