import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What of a Kubernetes API Helm asks for before it would install: which kinds there are, and objects by name. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  v1: ["ConfigMap", "Namespace", "Service", "ServiceAccount"],
  "apps/v1": ["Deployment"],
  "autoscaling/v2": ["HorizontalPodAutoscaler"],
  "batch/v1": ["CronJob", "Job"],
  "cert-manager.io/v1": ["Certificate"],
  "eks.amazonaws.com/v1": ["TargetGroupBinding"],
  "networking.k8s.io/v1": ["NetworkPolicy"],
  "policy/v1": ["PodDisruptionBudget"],
  "secrets-store.csi.x-k8s.io/v1": ["SecretProviderClass"],
};

const plural = (kind: string) => `${kind.toLowerCase().replace(/y$/, "ie").replace(/ss$/, "sse")}s`;

const resourcesOf = (groupVersion: string, names: readonly string[]) => ({
  kind: "APIResourceList",
  groupVersion,
  resources: names.map((kind) => ({
    name: plural(kind),
    singularName: kind.toLowerCase(),
    namespaced: kind !== "Namespace",
    kind,
    verbs: ["get"],
  })),
});

function groupOf(groupVersion: string) {
  const [name, version] = groupVersion.split("/");
  return { name, versions: [{ groupVersion, version }], preferredVersion: { groupVersion, version } };
}

/** Answers by path: `/api/v1/namespaces/kube-system`. */
function answersOf(objects: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const groups = Object.entries(kinds).filter(([groupVersion]) => groupVersion !== "v1");
  return {
    "/version": { major: "1", minor: "36", gitVersion: "v1.36.0" },
    "/api": { kind: "APIVersions", versions: ["v1"] },
    "/api/v1": resourcesOf("v1", kinds["v1"] ?? []),
    "/apis": { kind: "APIGroupList", apiVersion: "v1", groups: groups.map(([groupVersion]) => groupOf(groupVersion)) },
    ...Object.fromEntries(groups.map(([version, names]) => [`/apis/${version}`, resourcesOf(version, names)])),
    "/api/v1/namespaces/kube-system": { apiVersion: "v1", kind: "Namespace", metadata: { name: "kube-system" } },
    ...objects,
  };
}

/** Runs a test with an API on loopback that has these objects, by path; it is gone afterwards. */
export async function withCluster<Result>(
  objects: Readonly<Record<string, unknown>>,
  run: (kubeconfig: string) => Promise<Result>,
): Promise<Result> {
  const answers = answersOf(objects);
  const folder = mkdtempSync(join(tmpdir(), "helm-cluster-"));
  const server = createServer((request, response) => {
    const answer = answers[new URL(request.url ?? "/", "http://localhost").pathname];
    const missing = { kind: "Status", apiVersion: "v1", status: "Failure", reason: "NotFound", code: 404 };
    response.writeHead(answer === undefined ? 404 : 200, { "Content-Type": "application/json" });
    response.end(JSON.stringify(answer ?? missing));
  });
  try {
    await new Promise<void>((listening) => {
      server.listen(0, "127.0.0.1", listening);
    });
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port on loopback");
    const kubeconfig = join(folder, "kubeconfig");
    const named = { name: "test" };
    writeFileSync(
      kubeconfig,
      JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        clusters: [{ ...named, cluster: { server: `http://127.0.0.1:${address.port}` } }],
        contexts: [{ ...named, context: { cluster: "test", user: "test" } }],
        users: [{ ...named, user: {} }],
        "current-context": "test",
      }),
    );
    return await run(kubeconfig);
  } finally {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
