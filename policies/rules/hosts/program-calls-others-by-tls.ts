import { objection, rule } from "../../engine/rule.ts";
import { callingFiles } from "../../model/hosts/calling-files.ts";

/** Whom a program calls is known by a name, and proves it. */
export const programCallsOthersByTls = rule({
  id: "HOST-045",
  slug: "program-calls-others-by-tls",
  severity: "high",
  title: "Programs of a host are given others' addresses with TLS, and none of the internet by its number",
  why: "Passwords and messages go over the network in clear text, or to whoever has the number tomorrow: no certificate is asked for.",
  fix: "https, rediss, sslmode=verify-full or tls=true, and a name of our own zone or of a declared way out.",
  appliesTo: callingFiles,
  requirements: ["BRK-SEC.1", "BRK-9.1"],
  check: ({ open }) =>
    open.map(({ name, call: { to, fault } }) =>
      objection(name, `${to}: ${fault}`, fault === "clear text" ? "TLS" : "a name that a certificate can bear"),
    ),
});
