import { objection, rule } from "../../engine/rule.ts";
import { clusterControls } from "../../model/hosts/cluster-control.ts";

/** Whoever may elect a primary shows a certificate; Patroni and etcd ask each other for it. */
export const clusterControlIsMutualTls = rule({
  id: "HOST-025",
  slug: "cluster-control-is-mutual-tls",
  severity: "critical",
  title: "Patroni's interface and etcd take callers with certificates only, and etcd keeps what it acknowledged",
  why: "Whoever writes to etcd or calls Patroni makes any member the primary, restarts it or empties the database.",
  fix: "restapi with certfile, keyfile, cafile and verify_client required; etcd with https, client-cert-auth and peer-client-cert-auth.",
  appliesTo: clusterControls,
  requirements: [],
  check: ({ faults }) => faults.map(({ attribute, got, expected }) => objection(attribute, got, expected)),
});
