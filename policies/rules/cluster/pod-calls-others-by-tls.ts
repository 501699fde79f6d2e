import { objection, rule } from "../../engine/rule.ts";
import { givenValues } from "../../model/cluster/given-values.ts";

/** Whom a pod calls is known by a name, and proves it. */
export const podCallsOthersByTls = rule({
  id: "K8S-038",
  slug: "pod-calls-others-by-tls",
  severity: "high",
  title: "Pods, tasks and functions are given others' addresses with TLS, and none of the internet by its number",
  why: "Passwords and data go over the network in clear text, or to whoever has the number tomorrow: no certificate is asked for.",
  fix: "https, rediss, sslmode=verify-full or tls=true, and a name of our own zone or of a declared way out.",
  appliesTo: givenValues,
  requirements: [],
  check: ({ attribute, open }) =>
    open.map(({ to, fault }) =>
      objection(attribute, `${to}: ${fault}`, fault === "clear text" ? "TLS" : "a name that a certificate can bear"),
    ),
});
