import { beforeAll, expect, test } from "vitest";
import { type ClusterObject, givenIn, labelsOf, objectIn, render } from "./support/render.ts";

/** The agent on every node: what it may, what it reads, and what of a line reaches Loki. */

let objects: readonly ClusterObject[];
let configuration: string;
beforeAll(async () => {
  objects = await render(givenIn("production"));
  configuration = (of("ConfigMap")["data"] as { readonly "config.alloy": string })["config.alloy"];
});

const name = "log-shipper";
const of = (kind: string) => objectIn(objects, kind, name, name);
const metadata = { name, namespace: name, labels: labelsOf(name) };
const selector = { "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": "platform" };

test("its namespace may mount the node's files, and is no service's", () => {
  const { metadata: made } = objectIn(objects, "Namespace", name);
  expect(made).toEqual({
    name,
    labels: {
      ...labelsOf(name),
      ...Object.fromEntries(
        ["enforce", "audit", "warn"].flatMap((mode) => [
          [`pod-security.kubernetes.io/${mode}`, "privileged"],
          [`pod-security.kubernetes.io/${mode}-version`, "v1.36"],
        ]),
      ),
    },
    annotations: { "helm.sh/resource-policy": "keep" },
  });
});

test("what that opens is closed again: one directory, read-only, no root, no rights of the node", () => {
  const { spec } = objectIn(objects, "ValidatingAdmissionPolicy", name);
  expect(spec).toMatchObject({
    failurePolicy: "Fail",
    matchConstraints: {
      resourceRules: [
        {
          apiGroups: [""],
          apiVersions: ["v1"],
          operations: ["CREATE", "UPDATE"],
          resources: ["pods", "pods/ephemeralcontainers"],
        },
      ],
    },
    validations: [
      { message: "spec/volumes: of the node only /var/log/pods, mounted read-only" },
      { message: "spec: no network, processes, users or ports of the node" },
      {
        message:
          "spec/containers: must run as a user other than root, without capabilities, privileges or a way to them",
      },
    ],
  });
  expect(objectIn(objects, "ValidatingAdmissionPolicyBinding", name)["spec"]).toEqual({
    policyName: name,
    validationActions: ["Deny"],
    matchResources: { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } },
  });
});

test("it has no token of the API", () => {
  expect(of("ServiceAccount")).toEqual({
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata,
    automountServiceAccountToken: false,
  });
});

test("it asks for names and for Loki, by the addresses of Loki's hosts, and nobody asks it", () => {
  expect(of("NetworkPolicy")).toEqual({
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata,
    spec: {
      podSelector: { matchLabels: selector },
      policyTypes: ["Ingress", "Egress"],
      egress: [
        {
          to: [{ ipBlock: { cidr: "172.20.0.10/32" } }],
          ports: [
            { protocol: "UDP", port: 53 },
            { protocol: "TCP", port: 53 },
          ],
        },
        {
          to: [{ ipBlock: { cidr: "10.30.210.8/32" } }, { ipBlock: { cidr: "10.30.214.8/32" } }],
          ports: [{ protocol: "TCP", port: 3100 }],
        },
      ],
    },
  });
});

test("it knows Loki by the internal authority, and shows who it is", () => {
  expect(of("Certificate")).toEqual({
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata,
    spec: {
      secretName: "log-shipper-tls",
      issuerRef: { group: "awspca.cert-manager.io", kind: "AWSPCAClusterIssuer", name: "internal" },
      commonName: "log-shipper.platform",
      dnsNames: ["log-shipper.log-shipper.svc.cluster.local"],
      usages: ["client auth"],
      privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
      duration: "168h",
      renewBefore: "56h",
      revisionHistoryLimit: 1,
    },
  });
  expect(configuration).toContain(`endpoint {
    url                 = "https://loki.observability.production.internal.example.org:3100/loki/api/v1/push"`);
  expect(configuration).toContain(`tls_config {
      ca_file     = "/etc/tls/ca.crt"
      cert_file   = "/etc/tls/tls.crt"
      key_file    = "/etc/tls/tls.key"
      min_version = "TLS12"
    }`);
  expect(configuration).not.toContain("insecure_skip_verify");
  expect(configuration).toContain('external_labels = { environment = "production", cluster = "prd-plt-cluster" }');
});

test("it runs on every node, reads one directory, and may write only where it keeps its place", () => {
  const probe = (path: string) => ({ httpGet: { path, port: 12345 } });
  expect(of("DaemonSet")).toEqual({
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata,
    spec: {
      selector: { matchLabels: selector },
      updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "25%" } },
      template: {
        metadata: {
          labels: labelsOf(name),
          annotations: { "checksum/configuration": expect.stringMatching(/^[0-9a-f]{64}$/) },
        },
        spec: {
          serviceAccountName: name,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          priorityClassName: "node-agents",
          tolerations: [{ operator: "Exists" }],
          terminationGracePeriodSeconds: 60,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 10001,
            runAsGroup: 10001,
            supplementalGroups: [0],
            seccompProfile: { type: "RuntimeDefault" },
          },
          containers: [
            {
              name,
              image: `333333333333.dkr.ecr.eu-central-1.amazonaws.com/platform/log-shipper@sha256:${"0".repeat(64)}`,
              args: [
                "run",
                "--storage.path=/var/lib/alloy",
                "--server.http.listen-addr=0.0.0.0:12345",
                "--server.http.enable-pprof=false",
                "--disable-reporting",
                "/etc/alloy/config.alloy",
              ],
              ports: [{ name: "http", containerPort: 12345 }],
              startupProbe: { ...probe("/-/ready"), periodSeconds: 5, failureThreshold: 24 },
              readinessProbe: { ...probe("/-/ready"), periodSeconds: 30 },
              livenessProbe: { ...probe("/-/healthy"), periodSeconds: 30, failureThreshold: 10 },
              resources: {
                requests: { cpu: "50m", memory: "256Mi", "ephemeral-storage": "300Mi" },
                limits: { memory: "256Mi", "ephemeral-storage": "300Mi" },
              },
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ["ALL"] },
              },
              volumeMounts: [
                { name: "pods", mountPath: "/var/log/pods", readOnly: true },
                { name: "configuration", mountPath: "/etc/alloy", readOnly: true },
                { name: "tls", mountPath: "/etc/tls", readOnly: true },
                { name: "positions", mountPath: "/var/lib/alloy" },
              ],
            },
          ],
          volumes: [
            { name: "pods", hostPath: { path: "/var/log/pods", type: "Directory" } },
            { name: "configuration", configMap: { name } },
            { name: "tls", secret: { secretName: "log-shipper-tls", defaultMode: 0o440 } },
            { name: "positions", emptyDir: { sizeLimit: "200Mi" } },
          ],
        },
      },
    },
  });
});

test("another configuration makes other pods", async () => {
  const { values, overlay } = givenIn("production");
  const other = { ...values, logShipper: { ...values.logShipper, endpoint: "https://loki.example.org:3100" } };
  const checksum = (from: readonly ClusterObject[]) =>
    (
      objectIn(from, "DaemonSet", name, name)["spec"] as {
        readonly template: { readonly metadata: { readonly annotations: Readonly<Record<string, string>> } };
      }
    ).template.metadata.annotations["checksum/configuration"];
  expect(checksum(await render({ values: other, overlay }))).not.toBe(checksum(objects));
});

test("it drops no line: no stage drops, and Loki is tried without end", () => {
  expect(configuration).not.toMatch(/stage\.(drop|match|limit|sampling)|action\s*=/);
  expect(configuration).toMatch(/max_backoff_retries = 0 /);
});
