import { expect, test } from "vitest";
import { estateOf } from "../../../policies/engine/example.ts";
import { BROKEN, judge } from "../../../policies/engine/judge.ts";
import { rules } from "../../../policies/generated/rules.ts";
import type { Json, JsonObject } from "../../../policies/model/json.ts";
import { cronJob, daemonSet, deployment, object, service } from "../../../policies/rules/cluster/examples/workloads.ts";

/** Manifests of others, half written or of other versions, are judged and never throw. */

const own = rules.filter(({ id }) => id.startsWith("K8S-") || id.startsWith("ONE-"));
const ODD: readonly Json[] = [null, "text", 7, true, [], {}, [null], ["text"], [[]], { a: null }];
const KINDS: readonly (readonly [apiVersion: string, kind: string])[] = [
  ["v1", "Pod"],
  ["v1", "Service"],
  ["v1", "ConfigMap"],
  ["v1", "Secret"],
  ["v1", "Namespace"],
  ["v1", "ServiceAccount"],
  ["v1", "ResourceQuota"],
  ["v1", "LimitRange"],
  ["apps/v1", "Deployment"],
  ["apps/v1", "StatefulSet"],
  ["apps/v1", "DaemonSet"],
  ["batch/v1", "Job"],
  ["batch/v1", "CronJob"],
  ["policy/v1", "PodDisruptionBudget"],
  ["autoscaling/v2", "HorizontalPodAutoscaler"],
  ["networking.k8s.io/v1", "NetworkPolicy"],
  ["networking.k8s.io/v1", "Ingress"],
  ["rbac.authorization.k8s.io/v1", "ClusterRole"],
  ["rbac.authorization.k8s.io/v1", "RoleBinding"],
  ["scheduling.k8s.io/v1", "PriorityClass"],
  ["admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy"],
  ["admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding"],
  ["cert-manager.io/v1", "Certificate"],
  ["eks.amazonaws.com/v1", "NodeClass"],
  ["eks.amazonaws.com/v1", "TargetGroupBinding"],
  ["karpenter.k8s.aws/v1", "EC2NodeClass"],
  ["karpenter.sh/v1", "NodePool"],
  ["secrets-store.csi.x-k8s.io/v1", "SecretProviderClass"],
  ["example.org/v1", "Other"],
];

/** Rules that break on manifests, and how. */
const broken = (manifests: readonly JsonObject[]): readonly string[] =>
  judge(estateOf({ title: "", manifests }), own)
    .findings.filter(({ attribute }) => attribute === BROKEN)
    .map(({ rule, got }) => `${rule} ${got}`);

test("there are rules to try", () => {
  expect(own.length).toBeGreaterThan(35);
});

test.each(KINDS)("%s %s of whatever shape is judged", (apiVersion, kind) => {
  const shapes = ODD.map((odd) => ({
    spec: odd,
    data: odd,
    rules: odd,
    subjects: odd,
    roleRef: odd,
    metadata: {},
    value: odd,
  }));
  expect(broken(shapes.map((shape, index) => object(apiVersion, kind, `odd-${index}`, shape as JsonObject)))).toEqual(
    [],
  );
});

/** Every place of a document, with something else there. */
function* bent(
  json: Json | undefined,
  path: readonly (string | number)[] = [],
): Generator<readonly (string | number)[]> {
  if (typeof json !== "object" || json === null) return;
  for (const [name, each] of Object.entries(json)) {
    yield [...path, name];
    yield* bent(each as Json, [...path, name]);
  }
}

function withAt(json: Json | undefined, [first, ...rest]: readonly (string | number)[], value: Json): Json {
  if (first === undefined) return value;
  const copy = structuredClone(json) as Record<string, Json>;
  copy[String(first)] = withAt(copy[String(first)], rest, value);
  return copy;
}

test.each([
  ["Deployment", deployment()],
  ["DaemonSet", daemonSet()],
  ["CronJob", cronJob()],
])("a %s with anything odd anywhere is judged", (_, manifest) => {
  const places = [...bent(manifest)].filter(
    ([first]) => first !== "kind" && first !== "apiVersion" && first !== "metadata",
  );
  expect(places.length).toBeGreaterThan(40);
  for (const place of places) {
    const odd = ODD.map((value) => withAt(manifest, place, value) as JsonObject);
    expect(broken([...odd, service()]), place.join(".")).toEqual([]);
  }
});
