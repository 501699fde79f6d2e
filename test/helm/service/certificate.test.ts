import { expect, test } from "vitest";
import { names, refusal, render, the } from "./support/render.ts";
import { minimal, withApi, withEdge, withJob, worker } from "./support/values.ts";

/** Certificates of pods, from the internal authority. */

test("lives for seven days with a key of its own, renewed after two thirds of them", async () => {
  const objects = await render(minimal);

  expect(the(objects, "Certificate", "api").spec).toEqual({
    secretName: "api-tls",
    issuerRef: { group: "awspca.cert-manager.io", kind: "AWSPCAClusterIssuer", name: "internal" },
    commonName: "api.records",
    dnsNames: ["api.records.svc.cluster.local"],
    usages: ["server auth"],
    privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
    duration: "168h",
    renewBefore: "56h",
    revisionHistoryLimit: 1,
  });
});

test("has exactly the usages of the values: the connector may ask for no other template", async () => {
  const objects = await render(withEdge);

  expect(the(objects, "Certificate", "edge").spec.usages).toEqual(["server auth", "client auth"]);
});

test("a client's has no names of hosts", async () => {
  const objects = await render(
    withJob({ certificate: { commonName: "dump.records", dnsNames: [], usages: ["client auth"] } }),
  );

  expect("dnsNames" in the(objects, "Certificate", "dump").spec).toBe(false);
});

test("is where application and sidecar look for it, for the pods' group to read and for nobody to change", async () => {
  const pod = the(await render(minimal), "Deployment", "api").spec.template.spec;
  const mount = { name: "tls", mountPath: "/etc/tls", readOnly: true };

  expect(pod.volumes).toContainEqual({ name: "tls", secret: { secretName: "api-tls", defaultMode: 0o440 } });
  expect(pod.initContainers[0].volumeMounts).toContainEqual(mount);
  expect(pod.containers[0].volumeMounts).toContainEqual(mount);
});

test("whoever shows and checks none has none", async () => {
  expect(names(await render({ ...minimal, components: { worker } }), "Certificate")).toEqual([]);
});

test("fails when NGINX would have to end TLS without one, or with one of a client", async () => {
  const rule = "components/api/certificate: must be there with the usage server auth, for NGINX ends TLS";
  const client = { commonName: "api.records", dnsNames: [], usages: ["client auth"] as const };
  const { certificate: _, ...bare } = withApi({}).components["api"] ?? {};

  expect(await refusal({ ...minimal, components: { api: bare } })).toEqual([`${rule}, got nothing`]);
  expect(await refusal(withApi({ certificate: client }))).toEqual([`${rule}, got client auth`]);
});

test("fails when it would be of an authority", async () => {
  const certificate = { commonName: "api.records", dnsNames: [], usages: ["cert sign"], isCA: true };

  expect(await refusal({ ...minimal, components: { api: { ...minimal.components["api"], certificate } } })).toEqual([
    "- at '/components/api/certificate/usages/0': value must be one of 'server auth', 'client auth'",
    "- at '/components/api/certificate': additional properties 'isCA' not allowed",
  ]);
});
