import { demand, rule } from "../../engine/rule.ts";
import { mongodbs } from "../../model/hosts/mongodb.ts";
import { isOfSystem } from "../../model/hosts/system-authorities.ts";

/** Attributes of a subject that tell one set of machines from others. */
const NARROW = /(?:^|[,+])\s*(?:OU|CN|UID|serialNumber)\s*=\s*\S/i;

/** Every connection is TLS, every caller logs in, members know each other by certificates. */
export const mongodbAsksEverybody = rule({
  id: "HOST-029",
  slug: "mongodb-asks-everybody",
  severity: "critical",
  title: "MongoDB takes TLS and logins only, and runs no code of callers",
  why: "By default it asks nobody and speaks clear text: whoever reaches the port reads and deletes all of it.",
  fix: "net.tls.mode requireTLS with a CAFile, security.authorization enabled, clusterAuthMode x509 or a keyFile, bindIp of the host.",
  appliesTo: mongodbs,
  requirements: ["NOD-SEC.4"],
  check: ({ setting }) => {
    const mode = setting("net.tls.mode") ?? setting("net.ssl.mode") ?? "disabled";
    const members = setting("security.keyFile") ?? setting("security.clusterAuthMode") ?? "nothing";
    const old = setting("net.tls.disabledProtocols") ?? "";
    return [
      ...demand("net.tls.mode", mode, "requireTLS", (it) => it === "requireTLS" || it === "requireSSL"),
      ...demand(
        "net.tls.CAFile",
        setting("net.tls.CAFile") ?? setting("net.ssl.CAFile") ?? "",
        "the file of the authority",
        (it) => it !== "" && !isOfSystem(it),
      ),
      ...demand(
        "net.tls.disabledProtocols",
        old,
        "TLS1_0 and TLS1_1",
        (it) => it.includes("TLS1_0") && it.includes("TLS1_1"),
      ),
      ...["allowInvalidCertificates", "allowInvalidHostnames"].flatMap((name) =>
        demand(`net.tls.${name}`, setting(`net.tls.${name}`) ?? "false", "false", (it) => it === "false"),
      ),
      ...demand(
        "security.authorization",
        setting("security.authorization") ?? "disabled",
        "enabled",
        (it) => it === "enabled",
      ),
      // With it, who has not logged in may do all that the logged in may.
      ...demand(
        "security.transitionToAuth",
        setting("security.transitionToAuth") ?? "false",
        "false",
        (it) => it === "false",
      ),
      ...demand("security.clusterAuthMode", members, "x509, or a keyFile", (it) => it === "x509" || it.startsWith("/")),
      ...demand(
        "security.javascriptEnabled",
        setting("security.javascriptEnabled") ?? "true",
        "false",
        (it) => it === "false",
      ),
      ...demand(
        "setParameter.enableLocalhostAuthBypass",
        setting("setParameter.enableLocalhostAuthBypass") ?? "true",
        "false",
        (it) => it === "false",
      ),
      // Beside the file: whoever buys a certificate would be one of ours (reference of parameters, MongoDB 8, 2026-11-23).
      ...demand(
        "setParameter.tlsUseSystemCA",
        setting("setParameter.tlsUseSystemCA") ?? "false",
        "false",
        (it) => it === "false",
      ),
      ...demand(
        "net.tls.clusterAuthX509.attributes",
        setting("net.tls.clusterAuthX509.attributes"),
        "a unit or a name: every machine has the organisation in its certificate",
        (it) => it === undefined || NARROW.test(it),
      ),
      ...demand(
        "net.bindIp",
        setting("net.bindIpAll") === "true" ? "all" : (setting("net.bindIp") ?? "localhost"),
        "the host's own addresses",
        (it) => !it.split(",").some((each) => ["all", "0.0.0.0", "::", "*"].includes(each.trim())),
      ),
    ];
  },
});
