import { beforeAll, describe, expect, test } from "vitest";
import { kubernetes } from "../../services/platform.ts";
import { customResources } from "../support/custom-resources.ts";
import { kubernetesToolsHint, schemaFaults } from "../support/kubernetes-validate.ts";
import { requireProgram } from "../support/program.ts";
import { type KubernetesObject, objectsOf, type Rendered, renderEstate } from "../support/rendered.ts";

/** Every object of every release, judged by programs that know nothing of this repository. */

let releases: readonly Rendered[];
/** All objects, and where each is: `dev/cluster: Namespace student-allocation`. */
let objects: readonly { readonly at: string; readonly object: KubernetesObject }[];
beforeAll(async () => {
  releases = await renderEstate();
  objects = releases.flatMap((release) =>
    release.objects.map((object) => ({
      at: `${release.environment}/${release.name}: ${object.kind} ${object.metadata.name}`,
      object,
    })),
  );
});

const policy = {
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name: "api" },
  spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [{ ports: [{ port: 8443 }] }] },
};
const custom = customResources();

describe("manifests", () => {
  test("are those of four releases in each environment", () => {
    expect(releases.map(({ environment, name }) => `${environment}/${name}`).sort()).toEqual(
      ["dev", "production", "staging"].flatMap((environment) =>
        ["cluster", "desktop-backend", "resident-services", "student-allocation"].map(
          (name) => `${environment}/${name}`,
        ),
      ),
    );
  });

  // Kubernetes and Helm read YAML 1.1, where an unquoted y, no, on, 0777 or 12:30 is no string.
  test("mean the same in YAML 1.1 and 1.2", () => {
    expect(objectsOf("a: yes\nb: 0o17\nc: 1:30\n", "1.1")).not.toEqual(objectsOf("a: yes\nb: 0o17\nc: 1:30\n", "1.2"));
    for (const { text, objects: read } of releases) expect(objectsOf(text, "1.1")).toEqual(read);
  });

  test("say nothing that means nothing, and each object once", () => {
    expect(nulls({ a: [{ b: null }], c: 0 })).toEqual(["a/0/b"]);
    expect(objects.flatMap(({ at, object }) => nulls(object).map((path) => `${at}: ${path}`))).toEqual([]);
    for (const release of releases) {
      const names = release.objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ""}/${metadata.name}`);
      expect(names).toHaveLength(new Set(names).size);
    }
  });
});

describe("custom resources", () => {
  test("match the closed schemas of their kinds", () => {
    const known = objects.filter(({ object }) => custom.knows(object));
    expect([...new Set(known.map(({ object }) => object.kind))].sort()).toEqual([
      "AWSPCAClusterIssuer",
      "Certificate",
      "NodeClass",
      "NodePool",
      "SecretProviderClass",
      "TargetGroupBinding",
    ]);
    expect(known.flatMap(({ at, object }) => custom.faults(object).map((fault) => `${at}: ${fault}`))).toEqual([]);
    const [first] = known;
    const wrong = { ...first?.object, spek: {} } as unknown as KubernetesObject;
    expect(custom.faults(wrong)).toEqual([": must NOT have additional properties, got spek"]);
  });
});

describe.runIf(requireProgram("kubernetes-validate", kubernetesToolsHint))("the schemas of Kubernetes", () => {
  const judged = (...given: readonly unknown[]) => schemaFaults(given, kubernetes.version);

  test("accept what Kubernetes accepts", () => {
    expect(judged(policy, { ...policy, spec: { podSelector: {} } })).toEqual([null, null]);
  });

  test("refuse a misspelt field, a wrong type, a missing field, each object for itself", () => {
    expect(
      judged(
        { ...policy, spec: { ...policy.spec, ingres: [] } },
        policy,
        { ...policy, spec: { ...policy.spec, ingress: [{ ports: [{ port: true }] }] } },
        { ...policy, spec: { ...policy.spec, ingress: [{ from: [{ ipBlock: { except: [] } }] }] } },
      ),
    ).toEqual([
      "spec: Additional properties are not allowed ('ingres' was unexpected)",
      null,
      "spec/ingress/0/ports/0/port: True is not valid under any of the given schemas",
      "spec/ingress/0/from/0/ipBlock: 'cidr' is a required property",
    ]);
  });

  test("refuse a kind, and a version of one, that this Kubernetes does not have", () => {
    const of = `for kubernetes version ${kubernetes.version}`;
    expect(
      judged({ ...policy, kind: "NetworkPolice" }, { ...policy, apiVersion: "networking.k8s.io/v1beta1" }),
    ).toEqual([
      `Couldn't find schema for kind NetworkPolice with api version networking.k8s.io/v1 ${of}`,
      `Couldn't find schema for kind NetworkPolicy with api version networking.k8s.io/v1beta1 ${of}`,
    ]);
  });

  test("fails when the package has none of the version, rather than take those of another", () => {
    expect(() => schemaFaults([policy], "1.99")).toThrow(
      /^kubernetes-validate has no schemas of Kubernetes 1\.99, only /,
    );
  });

  test("accept every object that no schema of a custom resource speaks of [MUN-4.9]", () => {
    const own = objects.filter(({ object }) => !custom.knows(object));
    expect(own.length).toBeGreaterThan(300);
    const faults = judged(...own.map(({ object }) => object));
    expect(own.map(({ at }, index) => `${at}: ${faults[index]}`).filter((line) => !line.endsWith(": null"))).toEqual(
      [],
    );
  });
});

/** Paths of all nulls in a value: a template's mistake, which Kubernetes reads as if nothing stood there. */
function nulls(value: unknown, path: readonly (string | number)[] = []): readonly string[] {
  if (value === null) return [path.join("/")];
  if (typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, each]) => nulls(each, [...path, key]));
}
