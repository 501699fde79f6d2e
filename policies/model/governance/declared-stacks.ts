import { type Estate, kind } from "../estate.ts";
import type { Place } from "../place.ts";

/** A stack that the catalogue declares, and what is there of it; or an environment that is only declared, or only there. */
export interface DeclaredStack {
  readonly at: Place;
  /** How many resources were made of it; nothing where nobody declares it. */
  readonly resources: number | undefined;
  /** How many its configuration holds; nothing where there is none. A plan says what changes, so it is not counted. */
  readonly found: number | undefined;
}

/** Every declared stack of outputs that hold any; manifests or hosts alone have none. */
export const declaredStacks = kind<DeclaredStack>("declared stack", (estate) => [
  ...environmentOf(estate),
  ...stacksOf(estate),
]);

function environmentOf({ environment = "", odd, terraform: { resources } }: Estate): readonly DeclaredStack[] {
  if (odd === undefined) return [];
  const at = { resource: environment, stack: undefined, source: odd.source };
  return [{ at, resources: odd.declared, found: odd.declared === undefined ? resources.length : undefined }];
}

function stacksOf({ declaration, terraform: { documents } }: Estate): readonly DeclaredStack[] {
  if (documents.length === 0) return [];
  const byStack = new Map(documents.map((document) => [document.stack, document]));
  return (declaration?.stacks ?? []).map(({ name, resources }) => {
    const document = byStack.get(name);
    const found = document?.kind === "plan" ? resources : document?.resources.length;
    return { at: { resource: name, stack: name, source: document?.source ?? "index.json" }, resources, found };
  });
}
