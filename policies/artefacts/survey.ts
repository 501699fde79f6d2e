import { ArtefactError } from "./fault.ts";

/** Terraform, Kubernetes and NGINX stay far below; what is deeper is made to break its reader. */
export const DEEPEST = 200;

/** What is copied under this name is lost, or hides what others have. */
const HIDDEN = "__proto__";

interface Survey {
  readonly path: string;
  readonly most: number;
  values: number;
  names: number;
}

/**
 * Counts the names of all objects in a document. Throws ArtefactError for one that is nested too deep, or contains itself,
 * or itself many times over, by aliases of YAML; and for a name that no object can have beside its others.
 */
export function survey(document: object, path: string, most: number): number {
  const found = { path, most, values: 0, names: 0 };
  look(document, 0, found);
  return found.names;
}

function look(value: object, depth: number, found: Survey): void {
  refuse(value, depth, found);
  const all: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  if (all !== value) found.names += all.length;
  for (const each of all) {
    if (typeof each === "object" && each !== null) look(each, depth + 1, found);
  }
}

function refuse(value: object, depth: number, found: Survey): void {
  const { path, most } = found;
  if (depth > DEEPEST) {
    throw new ArtefactError(`${path}: is nested deeper than ${DEEPEST} levels, or contains itself`);
  }
  found.values += 1;
  if (found.values > most)
    throw new ArtefactError(`${path}: has more than ${most} values once its aliases are written out`);
  if (Object.hasOwn(value, HIDDEN)) throw new ArtefactError(`${path}: gives the name ${HIDDEN}, must be another`);
}
