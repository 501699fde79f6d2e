import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { helmProgram } from "../../scripts/helm/program.ts";
import { releasesOf } from "../../scripts/helm/releases.ts";
import { renderReleases } from "../../scripts/helm/render.ts";
import { catalogue } from "../../services/catalogue.ts";
import { resolveEstate } from "../../services/resolve.ts";
import { root } from "./start.ts";

/** A rendered object: of any kind, so only what all have is known of it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** A release as the real Helm renders it, and the objects in it. */
export interface Rendered {
  readonly environment: string;
  readonly name: string;
  readonly text: string;
  readonly objects: readonly KubernetesObject[];
}

/** All releases of all environments, as `npm start` renders them. */
export async function renderEstate(): Promise<readonly Rendered[]> {
  const scratch = mkdtempSync(join(tmpdir(), "rendered-"));
  try {
    const releases = catalogue.environments.flatMap((environment) => releasesOf(resolveEstate(catalogue, environment)));
    const rendered = await renderReleases(releases, {
      program: await helmProgram(),
      charts: join(root, "helm"),
      scratch,
    });
    return rendered.map(({ environment, name, text }) => ({ environment, name, text, objects: objectsOf(text) }));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The objects of a file of manifests, read as YAML 1.2, or as the older one that Kubernetes' programs read. */
export const objectsOf = (text: string, version: "1.1" | "1.2" = "1.2"): readonly KubernetesObject[] =>
  parseAllDocuments(text, { version })
    .map((document) => {
      const [error] = document.errors;
      if (error !== undefined) throw error;
      return document.toJS();
    })
    .filter((object) => object !== null);

/** Where an object is to be found: `dev/cluster: Namespace student-allocation`. */
export const addressOf = ({ environment, name }: Rendered, { kind, metadata }: KubernetesObject): string =>
  `${environment}/${name}: ${kind} ${metadata.name}`;
