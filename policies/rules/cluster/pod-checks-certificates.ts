import { objection, rule } from "../../engine/rule.ts";
import { givenValues } from "../../model/cluster/given-values.ts";

/** TLS to a stranger is no better than clear text, in a pod, a task or a function as on a host. */
export const podChecksCertificates = rule({
  id: "K8S-037",
  slug: "pod-checks-certificates",
  severity: "critical",
  title:
    "No variable, ConfigMap or command of pods, tasks and functions turns TLS off, or tells a program to take any certificate",
  why: "Whoever takes an address or a name in the cluster then gets passwords and data, and answers in the peer's name.",
  fix: "Give the authority's file instead: sslmode=verify-full with sslrootcert, tls=true with tlsCAFile.",
  appliesTo: givenValues,
  requirements: ["NOD-SEC.4"],
  check: ({ attribute, loose }) => loose.map(({ text, expected }) => objection(attribute, text, expected)),
});
