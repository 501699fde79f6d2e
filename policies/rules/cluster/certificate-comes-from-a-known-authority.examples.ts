import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { object } from "./examples/workloads.ts";

const GROUP = "awspca.cert-manager.io";
const certificate = (issuerRef: JsonObject): JsonObject =>
  object("cert-manager.io/v1", "Certificate", "web", { spec: { secretName: "web", issuerRef } });
const ofAccount = certificate({ group: GROUP, kind: "AWSPCAClusterIssuer", name: "internal" });
const authority = (account: string): JsonObject => ({
  ...{ apiVersion: `${GROUP}/v1beta1`, kind: "AWSPCAClusterIssuer", metadata: { name: "internal" } },
  spec: { arn: `arn:aws:acm-pca:eu-central-1:${account}:certificate-authority/a` },
});
const issuer = (spec: JsonObject): JsonObject => object("cert-manager.io/v1", "Issuer", "own", { spec });
const ofIssuer = certificate({ name: "own" });

export const examples: Examples = {
  good: [
    { title: "an authority of the account", manifests: [ofAccount, authority("111111111111")], declaration: {} },
    { title: "a public authority", manifests: [ofIssuer, issuer({ acme: { server: "https://acme.example.org" } })] },
  ],
  bad: [
    {
      title: "an authority of another account",
      manifests: [ofAccount, authority("999999999999")],
      declaration: {},
      finds: ["AWSPCAClusterIssuer/internal spec.arn"],
    },
    { title: "itself", manifests: [ofIssuer, issuer({ selfSigned: {} })], finds: ["Issuer/shop/own spec.selfSigned"] },
    {
      title: "a key in a Secret",
      manifests: [ofIssuer, issuer({ ca: { secretName: "ca" } })],
      finds: ["Issuer/shop/own spec.ca"],
    },
  ],
  unknown: [
    { title: "an issuer that is not shown", manifests: [ofIssuer], finds: ["Certificate/shop/web spec.issuerRef"] },
  ],
};

export const mutations: readonly Mutation[] = [
  onObject("Certificate", "ask an issuer of nobody", (body) => ({
    ...body,
    spec: { ...body.spec, issuerRef: { kind: "Issuer", name: "self-signed" } },
  })),
  onObject("AWSPCAClusterIssuer", "let another account sign", (body) => ({
    ...body,
    spec: { ...body.spec, arn: "arn:aws:acm-pca:eu-central-1:999999999999:certificate-authority/a" },
  })),
  onObject("AWSPCAClusterIssuer", "drop the issuer", () => undefined),
];
