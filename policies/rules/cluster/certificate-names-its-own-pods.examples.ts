import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { deployment, object } from "./examples/workloads.ts";

const certificate = (spec: JsonObject): JsonObject =>
  object("cert-manager.io/v1", "Certificate", "web", {
    spec: {
      secretName: "web-tls",
      issuerRef: { group: "awspca.cert-manager.io", kind: "AWSPCAClusterIssuer", name: "internal" },
      ...spec,
    },
  });
const mounted = (labels?: JsonObject): JsonObject =>
  deployment({
    pod: { volumes: [{ name: "tls", secret: { secretName: "web-tls" } }] },
    ...(labels === undefined ? {} : { labels }),
  });
const own = { commonName: "web.shop", dnsNames: ["web.shop.svc.cluster.local", "web.shop.svc"] };
const NAMES = "Certificate/shop/web spec.dnsNames, commonName";

export const examples: Examples = {
  good: [
    { title: "the names of its component", manifests: [certificate(own), mounted()], declaration: {} },
    { title: "a client that nobody calls", manifests: [certificate({ commonName: "web.shop" })], declaration: {} },
    {
      title: "a program of the platform",
      manifests: [certificate({ commonName: "shop.platform", dnsNames: ["shop.shop.svc"] })],
      declaration: {},
    },
  ],
  bad: [
    {
      title: "another service's name, a host's, and a stranger's beside its own",
      manifests: [
        certificate({ ...own, dnsNames: ["edge.bank.svc", "database-a.shop.production.internal.example.org", "web"] }),
        mounted(),
      ],
      declaration: {},
      finds: [NAMES, NAMES, NAMES],
    },
    {
      title: "its neighbour's name",
      manifests: [certificate({ commonName: "edge.shop" }), mounted()],
      declaration: {},
      finds: [NAMES],
    },
    {
      title: "addresses and a subject of its own",
      manifests: [certificate({ ...own, ipAddresses: ["10.0.0.9"], literalSubject: "CN=edge.bank" })],
      declaration: {},
      finds: ["Certificate/shop/web spec.ipAddresses", "Certificate/shop/web spec.literalSubject"],
    },
  ],
  unknown: [
    {
      title: "pods that do not say whose they are",
      manifests: [certificate(own), mounted({ app: "web" })],
      declaration: {},
      finds: [NAMES, NAMES, NAMES],
    },
  ],
};

const renamed = (title: string, change: JsonObject): Mutation =>
  onObject("Certificate", title, (body) => ({ ...body, spec: { ...body.spec, ...change } }));

export const mutations: readonly Mutation[] = [
  renamed("be another service", { commonName: "edge.nobody" }),
  renamed("be a host", { dnsNames: ["database-a.ticketing.production.internal.example.org"] }),
  renamed("be an address", { ipAddresses: ["10.0.0.9"] }),
];
