import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { object } from "./examples/workloads.ts";

const AT = "Certificate/shop/web spec";
const key = { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" };
const certificate = (changes: JsonObject = {}): JsonObject =>
  object("cert-manager.io/v1", "Certificate", "web", {
    spec: {
      ...{ secretName: "web-tls", dnsNames: ["web.shop.svc"], usages: ["server auth"], privateKey: key },
      issuerRef: { group: "awspca.cert-manager.io", kind: "AWSPCAClusterIssuer", name: "internal" },
      ...{ duration: "168h", renewBefore: "56h" },
      ...changes,
    },
  });
const publicOne = { issuerRef: { kind: "ClusterIssuer", name: "public" }, duration: undefined, renewBefore: undefined };

export const examples: Examples = {
  good: [
    { title: "a week, renewed after two thirds of it", manifests: [certificate()] },
    { title: "three months of a public authority, by default", manifests: [certificate(publicOne)] },
  ],
  bad: [
    {
      title: "a month of a private authority",
      manifests: [certificate({ duration: "720h", renewBefore: "240h" })],
      finds: [`${AT}.duration`],
    },
    {
      title: "renewed in the last hour",
      manifests: [certificate({ renewBefore: "1h30m" })],
      finds: [`${AT}.renewBefore`],
    },
    {
      title: "the same key for ever",
      manifests: [certificate({ privateKey: undefined })],
      finds: [`${AT}.privateKey.rotationPolicy`],
    },
    {
      title: "a key that is too short",
      manifests: [certificate({ privateKey: { ...key, algorithm: "RSA", size: 1024 } })],
      finds: [`${AT}.privateKey.size`],
    },
    {
      title: "an authority in a pod, for every name",
      manifests: [certificate({ isCA: true, usages: ["any"], dnsNames: ["*.shop.svc"] })],
      finds: [`${AT}.isCA`, `${AT}.usages`, `${AT}.dnsNames`],
    },
  ],
  unknown: [
    { title: "the time is no time", manifests: [certificate({ duration: "a week" })], finds: [`${AT}.duration`] },
  ],
};

const inCertificate = (title: string, change: JsonObject): Mutation =>
  onObject("Certificate", title, (body) => ({ ...body, spec: { ...body.spec, ...change } }));

export const mutations: readonly Mutation[] = [
  inCertificate("let a certificate last a year", { duration: "8760h" }),
  inCertificate("renew in the last hour", { renewBefore: "1h" }),
  inCertificate("keep the key", { privateKey: { ...key, rotationPolicy: "Never" } }),
  inCertificate("make an authority", { isCA: true }),
];
