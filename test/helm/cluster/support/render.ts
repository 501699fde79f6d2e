import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clusterPlaceholderOverlay } from "../../../../helm/placeholders.ts";
import { clusterValues } from "../../../../helm/values/cluster.ts";
import type { ClusterOverlay, ClusterValues } from "../../../../helm/values/cluster-values.ts";
import { helmProgram } from "../../../../scripts/helm/program.ts";
import { renderReleases } from "../../../../scripts/helm/render.ts";
import { catalogue } from "../../../../services/catalogue.ts";
import { resolveEstate } from "../../../../services/resolve.ts";
import { type KubernetesObject, objectsOf } from "../../../support/rendered.ts";
import { root } from "../../../support/start.ts";

/** An object of the chart, with whatever its kind holds. */
export interface ClusterObject extends KubernetesObject {
  readonly [field: string]: unknown;
}

/** What the chart is given. */
export interface Given {
  readonly values: ClusterValues;
  readonly overlay: ClusterOverlay;
}

/** The real values of an environment, with placeholders for what only a deployment knows. */
export function givenIn(environment: string): Given {
  const found = catalogue.environments.find(({ name }) => name === environment);
  if (found === undefined) throw new Error(`no environment "${environment}"`);
  const values = clusterValues(resolveEstate(catalogue, found));
  return { values, overlay: clusterPlaceholderOverlay(values) };
}

/** Renders the chart with the real Helm; throws what Helm says. */
export async function render(
  given: { readonly values: unknown; readonly overlay: unknown },
  namespace = "platform",
): Promise<readonly ClusterObject[]> {
  const scratch = mkdtempSync(join(tmpdir(), "cluster-chart-"));
  try {
    const release = { environment: "test", name: "cluster", namespace, chart: "cluster", ...given } as const;
    const [rendered] = await renderReleases([release], {
      program: await helmProgram(),
      charts: join(root, "helm"),
      scratch,
    });
    return objectsOf(rendered?.text ?? "") as readonly ClusterObject[];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The object of that kind and name; throws when it is not there. */
export function objectIn(objects: readonly ClusterObject[], kind: string, name: string, namespace?: string) {
  const found = objects.find(
    (each) => each.kind === kind && each.metadata.name === name && each.metadata.namespace === namespace,
  );
  if (found === undefined) throw new Error(`no ${kind} ${namespace ?? ""}/${name}`);
  return found;
}

/** Labels that every object of the chart has, in production. */
export const labelsOf = (name: string) => ({
  "app.kubernetes.io/name": name,
  "app.kubernetes.io/part-of": "platform",
  "app.kubernetes.io/instance": "cluster",
  "app.kubernetes.io/managed-by": "Helm",
  "platform.example.org/environment": "production",
});
