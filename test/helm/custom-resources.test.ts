import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { catalogue } from "../../services/catalogue.ts";
import { customResources } from "../support/custom-resources.ts";
import type { KubernetesObject } from "../support/rendered.ts";
import { root } from "../support/start.ts";
import { givenIn, render } from "./cluster/support/render.ts";

/** Schemas of custom resources: what each takes, and what it does not. */

const folder = join(root, "helm/schemas");
const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
const { knows, faults } = customResources();

type Fields = Readonly<Record<string, unknown>>;
interface Custom extends KubernetesObject {
  readonly spec: Fields;
}

const cluster = (apiVersion: string, kind: string, spec: Fields): Custom => ({
  apiVersion,
  kind,
  metadata: { name: "x" },
  spec,
});
const namespaced = (apiVersion: string, kind: string, spec: Fields): Custom => ({
  apiVersion,
  kind,
  metadata: { name: "x", namespace: "y" },
  spec,
});

const nodeClass = cluster("eks.amazonaws.com/v1", "NodeClass", {
  role: "nodes",
  subnetSelectorTerms: [{ tags: { Name: "a" } }, { id: "subnet-0a" }],
  securityGroupSelectorTerms: [{ tags: { Name: "g" } }],
  networkPolicy: "DefaultAllow",
  ephemeralStorage: { size: "80Gi", kmsKeyID: "alias/x" },
});
const nodePool = cluster("karpenter.sh/v1", "NodePool", {
  template: {
    spec: {
      nodeClassRef: { group: "eks.amazonaws.com", kind: "NodeClass", name: "x" },
      requirements: [{ key: "kubernetes.io/arch", operator: "In", values: ["arm64"] }],
      expireAfter: "336h",
    },
  },
  disruption: { consolidateAfter: "15m", budgets: [{ nodes: "1" }] },
  limits: { cpu: "10", memory: "40Gi" },
});
const targetGroupBinding = namespaced("eks.amazonaws.com/v1", "TargetGroupBinding", {
  targetGroupARN: "arn:aws:elasticloadbalancing:eu-central-1:333333333333:targetgroup/prd-alc-web/0123456789abcdef",
  targetType: "ip",
  serviceRef: { name: "edge", port: 8443 },
});
const certificate = namespaced("cert-manager.io/v1", "Certificate", {
  secretName: "api-tls",
  issuerRef: { group: "awspca.cert-manager.io", kind: "AWSPCAClusterIssuer", name: "internal" },
  commonName: "api.student-allocation",
  usages: ["server auth"],
  privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
  duration: "168h",
});
const issuer = cluster("awspca.cert-manager.io/v1beta1", "AWSPCAClusterIssuer", {
  arn: "arn:aws:acm-pca:eu-central-1:333333333333:certificate-authority/00000000-0000-0000-0000-000000000000",
  region: "eu-central-1",
});
const secretProviderClass = namespaced("secrets-store.csi.x-k8s.io/v1", "SecretProviderClass", {
  provider: "aws",
  parameters: { usePodIdentity: "true", objects: "- objectName: x" },
  secretObjects: [{ secretName: "s", type: "Opaque", data: [{ key: "A", objectName: "a" }] }],
});

/** The same object with one value set, by its path below `spec`; `undefined` takes it away. */
function put(object: Custom, path: readonly (string | number)[], value: unknown): Custom {
  const changed = structuredClone(object) as { readonly spec: Record<string | number, unknown> } & Custom;
  const parent = path.slice(0, -1).reduce<unknown>((at, key) => (at as Fields)[key], changed.spec);
  const last = path.at(-1) ?? "";
  if (value === undefined) delete (parent as Record<string | number, unknown>)[last];
  else (parent as Record<string | number, unknown>)[last] = value;
  return changed;
}

const good = { nodeClass, nodePool, targetGroupBinding, certificate, issuer, secretProviderClass };

test.each(Object.entries(good))("%s is taken as its documentation describes it", (_, object) => {
  expect(faults(object)).toEqual([]);
});

test.each(catalogue.environments.map(({ name }) => name))(
  "what the chart of the cluster makes in %s is taken",
  async (environment) => {
    const custom = (await render(givenIn(environment))).filter(knows);

    expect(custom.map(({ kind }) => kind).sort()).toEqual([
      "AWSPCAClusterIssuer",
      "Certificate",
      ...["NodeClass", "NodeClass", "NodeClass"],
      ...["NodePool", "NodePool", "NodePool"],
    ]);
    expect(custom.flatMap(faults)).toEqual([]);
  },
);

test("there is a schema of each of these kinds, and none besides", () => {
  expect(Object.values(good).every(knows)).toBe(true);
  expect(files.length).toBe(Object.keys(good).length);
  expect(knows({ ...nodeClass, apiVersion: "eks.amazonaws.com/v2" })).toBe(false);
});

describe.each(files)("%s", (file) => {
  const schema = JSON.parse(readFileSync(join(folder, file), "utf8"));

  test("names the documentation that it was written from, and when that was read", () => {
    expect(schema.$comment).toMatch(/^Source: .+; read \d{4}-\d{2}$/);
  });

  /** Paths of objects that take any field. */
  const open = (part: unknown, path: string): readonly string[] => {
    if (typeof part !== "object" || part === null) return [];
    const { type, additionalProperties, properties, required } = part as Fields;
    // What says only that fields must be there stands beside a closed description of the same object.
    const presence =
      required !== undefined && Object.values((properties ?? {}) as Fields).every((each) => each === true);
    const isOpen = type === "object" && additionalProperties === undefined && !presence;
    return [...(isOpen ? [path] : []), ...Object.entries(part).flatMap(([key, each]) => open(each, `${path}/${key}`))];
  };
  test("is closed at every level", () => {
    expect(open(schema, "")).toEqual([]);
  });
});

test("the search for open objects finds one", () => {
  expect(faults(put(nodeClass, ["ephemeralStorage", "sise"], "1Gi"))).toEqual([
    "spec/ephemeralStorage: must NOT have additional properties, got sise",
  ]);
});

describe("fails when", () => {
  test.each([
    [
      "a kind has a field of another version",
      { ...nodeClass, status: {} },
      ": must NOT have additional properties, got status",
    ],
    [
      "metadata has none of its fields",
      { ...issuer, metadata: { name: "x", lables: {} } },
      "metadata: must NOT have additional properties, got lables",
    ],
    [
      "a namespaced object has no namespace",
      { ...certificate, metadata: { name: "x" } },
      "metadata: must have required property 'namespace'",
    ],
    [
      "a cluster-wide object has a namespace",
      { ...issuer, metadata: { name: "x", namespace: "y" } },
      "metadata: must NOT have additional properties, got namespace",
    ],

    [
      "a node class has neither role nor profile",
      put(nodeClass, ["role"], undefined),
      "spec: must match exactly one schema in oneOf",
    ],
    [
      "a node class has no group",
      put(nodeClass, ["securityGroupSelectorTerms"], undefined),
      "spec: must have required property 'securityGroupSelectorTerms'",
    ],
    [
      "a subnet is selected by name",
      put(nodeClass, ["subnetSelectorTerms", 0], { name: "a" }),
      "spec/subnetSelectorTerms/0: must match exactly one schema in oneOf",
    ],
    [
      "network policies have a third way",
      put(nodeClass, ["networkPolicy"], "Strict"),
      "spec/networkPolicy: must be equal to one of the allowed values",
    ],
    [
      "a size has no unit",
      put(nodeClass, ["ephemeralStorage", "size"], "80"),
      'spec/ephemeralStorage/size: must match pattern "^[1-9][0-9]*(Gi|G|Ti|T)$"',
    ],
    [
      "a key is none",
      put(nodeClass, ["ephemeralStorage", "kmsKeyID"], "my key"),
      "spec/ephemeralStorage/kmsKeyID: must match pattern",
    ],
    [
      "a tag is Karpenter's own",
      put(nodeClass, ["tags"], { "karpenter.sh/nodepool": "x" }),
      "spec/tags: property name must be valid",
    ],

    [
      "a pool names no class",
      put(nodePool, ["template", "spec", "nodeClassRef"], undefined),
      "spec/template/spec: must have required property 'nodeClassRef'",
    ],
    [
      "a pool has the class of another provider",
      put(nodePool, ["template", "spec", "nodeClassRef", "group"], "karpenter.k8s.aws"),
      "spec/template/spec/nodeClassRef/group: must be equal to constant",
    ],
    [
      "a requirement has a label that Auto Mode does not know",
      put(nodePool, ["template", "spec", "requirements", 0, "key"], "karpenter.k8s.aws/instance-cpu"),
      "spec/template/spec/requirements/0/key: must match pattern",
    ],
    [
      "a requirement asks for one of none",
      put(nodePool, ["template", "spec", "requirements", 0, "values"], []),
      "spec/template/spec/requirements/0: must match exactly one schema in oneOf",
    ],
    [
      "a label of the pool is Kubernetes' own",
      put(nodePool, ["template", "metadata"], { labels: { "kubernetes.io/hostname": "x" } }),
      "spec/template/metadata/labels: property name must be valid",
    ],
    [
      "expiry stands where it stood before version 1",
      put(nodePool, ["disruption", "expireAfter"], "336h"),
      "spec/disruption: must NOT have additional properties, got expireAfter",
    ],
    [
      "consolidation has its old name",
      put(nodePool, ["disruption", "consolidationPolicy"], "WhenUnderutilized"),
      "spec/disruption/consolidationPolicy: must be equal to one of the allowed values",
    ],
    [
      "a budget has a beginning and no end",
      put(nodePool, ["disruption", "budgets", 0, "schedule"], "0 4 * * *"),
      "spec/disruption/budgets/0: must have property duration when property schedule is present",
    ],

    [
      "a binding does not say what its targets are",
      put(targetGroupBinding, ["targetType"], undefined),
      "spec: must have required property 'targetType'",
    ],
    [
      "a binding opens security groups",
      put(targetGroupBinding, ["networking"], {}),
      "spec: must NOT have additional properties, got networking",
    ],
    [
      "a binding has no ARN of a target group",
      put(targetGroupBinding, ["targetGroupARN"], "prd-alc-web"),
      "spec/targetGroupARN: must match pattern",
    ],

    ["a certificate has no name", put(certificate, ["commonName"], undefined), "spec: must match a schema in anyOf"],
    [
      "a common name is longer than X.509 has room for",
      put(certificate, ["commonName"], "x".repeat(65)),
      "spec/commonName: must NOT have more than 64 characters",
    ],
    [
      "a usage is misspelt",
      put(certificate, ["usages"], ["serverAuth"]),
      "spec/usages/0: must be equal to one of the allowed values",
    ],
    [
      "a duration has days, which Go does not know",
      put(certificate, ["duration"], "7d"),
      "spec/duration: must match pattern",
    ],
    [
      "a certificate is renewed in two ways",
      put(put(certificate, ["renewBefore"], "56h"), ["renewBeforePercentage"], 30),
      "spec: must NOT be valid",
    ],

    ["an issuer has no authority", put(issuer, ["arn"], undefined), "spec: must have required property 'arn'"],

    [
      "a parameter of the driver is no string",
      put(secretProviderClass, ["parameters", "usePodIdentity"], true),
      "spec/parameters/usePodIdentity: must be string",
    ],
    [
      "a parameter of the driver is none of its own",
      put(secretProviderClass, ["parameters", "useRole"], "x"),
      "spec/parameters: must NOT have additional properties, got useRole",
    ],
    [
      "the provider is another",
      put(secretProviderClass, ["provider"], "vault"),
      "spec/provider: must be equal to constant",
    ],
    [
      "a secret is made of nothing",
      put(secretProviderClass, ["secretObjects", 0, "data"], []),
      "spec/secretObjects/0/data: must NOT have fewer than 1 items",
    ],
  ] as const)("%s", (_, object, expected) => {
    expect(faults(object).join("\n")).toContain(expected);
  });
});
