import type { Examples } from "../../engine/example.ts";
import { type Loose, type Mutation, onResource } from "../../engine/mutation.ts";

const listener = (mutual_authentication: object): Loose => ({
  aws_lb_listener: { clients: { protocol: "HTTPS", mutual_authentication } },
  aws_lb_trust_store: { clients: { name: "clients" } },
});
const revoked: Loose = {
  aws_lb_trust_store_revocation: { clients: { trust_store_arn: "${aws_lb_trust_store.clients.arn}" } },
};
const verified = { mode: "verify", trust_store_arn: "${aws_lb_trust_store.clients.arn}" };
const api = (more: object): Loose => ({
  aws_api_gateway_rest_api: { own: more },
  aws_api_gateway_domain_name: {
    own: { domain_name: "api.example.org", mutual_tls_authentication: [{ truststore_uri: "s3://trust/clients.pem" }] },
  },
  aws_api_gateway_base_path_mapping: {
    own: { domain_name: "api.example.org", api_id: "${aws_api_gateway_rest_api.own.id}" },
  },
});

export const examples: Examples = {
  good: [
    { title: "a listener that verifies", resources: { ...listener(verified), ...revoked } },
    { title: "an API that is only at its domain name", resources: api({ disable_execute_api_endpoint: true }) },
  ],
  bad: [
    {
      title: "certificates that are passed on unread, and expired ones taken",
      resources: {
        ...listener({ ...verified, mode: "passthrough", ignore_client_certificate_expiry: true }),
        ...revoked,
      },
      finds: [
        "aws_lb_listener.clients mutual_authentication.mode",
        "aws_lb_listener.clients mutual_authentication.ignore_client_certificate_expiry",
      ],
    },
    {
      title: "no list of revoked ones",
      resources: listener(verified),
      finds: ["aws_lb_listener.clients mutual_authentication.trust_store_arn"],
    },
    {
      title: "an API that is also at its own address",
      resources: api({}),
      finds: ["aws_api_gateway_rest_api.own disable_execute_api_endpoint"],
    },
  ],
  unknown: [
    {
      title: "a trust store that is made elsewhere",
      resources: listener({ mode: "verify", trust_store_arn: "${var.store}" }),
      finds: ["aws_lb_listener.clients mutual_authentication.trust_store_arn"],
    },
  ],
};

const asking = (title: string, mutual_authentication: object): Mutation =>
  onResource("aws_lb_listener", title, (each) =>
    each.protocol === "HTTPS" ? { ...each, mutual_authentication } : each,
  );

export const mutations: readonly Mutation[] = [
  asking("ask for certificates and read none", { mode: "passthrough" }),
  asking("verify by nothing", { mode: "verify" }),
  asking("take expired ones", { mode: "verify", trust_store_arn: "arn:aws:x", ignore_client_certificate_expiry: true }),
];
