// biome-ignore lint/suspicious/noDeprecatedImports: only its form with an iterator is.
import { loadAll } from "js-yaml";
import type { Manifest } from "../estate.ts";
import { isObject, type Json, listOf, objectOf, textOf } from "../json.ts";
import type { Document, RawResource } from "../terraform/document.ts";

/** Providers that make objects in a cluster: of Kubernetes, of kubectl, of Helm, of what brings releases. */
const OF_A_CLUSTER = /^(?:kubernetes|kubectl|kustomization|k8s|helm|argocd|flux)_/;

/** Whether a resource makes something in a cluster. */
export const isOfCluster = (type: string): boolean => OF_A_CLUSTER.test(type);

/** Whether resources of a type are given whole objects, and say nothing in words of their own. */
export const holdsManifests = (type: string): boolean => type === "kubernetes_manifest" || type === "kubectl_manifest";

/** Manifests that resources of Terraform hold whole. */
export const manifestsInTerraform = (documents: readonly Document[]): readonly Manifest[] =>
  documents.flatMap((document) =>
    document.resources.flatMap((resource) =>
      isOfCluster(resource.type) ? (bodiesOf(resource) ?? []).flatMap((body) => manifestOf(body, document) ?? []) : [],
    ),
  );

/** Whether a resource shows all that it makes. */
export function isShown(resource: RawResource): boolean {
  const bodies = bodiesOf(resource);
  return bodies?.every((body) => manifestOf(body, undefined) !== undefined) === true && bodies.length > 0;
}

/** What a resource would apply, as it stands there; nothing where it is said in other words, or known only then. */
function bodiesOf({ type, attributes }: RawResource): readonly Json[] | undefined {
  if (type === "kubernetes_manifest") return isObject(attributes["manifest"]) ? [attributes["manifest"]] : undefined;
  const text = type === "kubectl_manifest" ? textOf(attributes["yaml_body"]) : undefined;
  if (text === undefined || text.startsWith("${")) return undefined;
  try {
    return loadAll(text, { maxDepth: 100 }) as readonly Json[];
  } catch {
    return undefined;
  }
}

function manifestOf(body: Json, document: Document | undefined): Manifest | undefined {
  const { kind, apiVersion, metadata } = objectOf(body);
  const [ofKind, version] = [textOf(kind), textOf(apiVersion)];
  // A list has objects in it, which the providers refuse.
  if (ofKind === undefined || version === undefined || listOf(objectOf(body)["items"]).length > 0) return undefined;
  const { name, namespace } = objectOf(metadata);
  return {
    ...{ release: document?.stack ?? "", source: document?.source ?? "", inTerraform: true },
    ...{ kind: ofKind, apiVersion: version, name: textOf(name) ?? "", namespace: textOf(namespace) },
    body: objectOf(body),
  };
}
