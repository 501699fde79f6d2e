import { demand, type Objection, objection, rule } from "../../engine/rule.ts";
import { redises } from "../../model/hosts/redis.ts";
import { isOfSystem } from "../../model/hosts/system-authorities.ts";
import { Unknown } from "../../model/value.ts";

/** Beyond loopback there is TLS and nothing else; members know each other by certificates. */
export const redisSpeaksTlsOnly = rule({
  id: "HOST-020",
  slug: "redis-speaks-tls-only",
  severity: "critical",
  title: "Redis and Sentinel are reached over TLS only, or on loopback only",
  why: "Sessions, queues and the password itself would go over the network in clear text.",
  fix: "port 0, tls-port, tls-auth-clients yes or optional, tls-replication yes, bind to the host's own address.",
  appliesTo: redises,
  requirements: ["TKT-6.1", "BRK-3.5"],
  check: ({ word, words, binds, loopback, replicated, sentinel }) => {
    const everywhere = binds.filter((each) => ["*", "0.0.0.0", "::", "::*"].includes(each));
    const found = [
      ...(everywhere.length === 0 ? [] : [objection("bind", everywhere, "the host's own addresses, not all")]),
      ...demand("protected-mode", word("protected-mode", "yes"), "yes", (it) => it === "yes"),
    ];
    if (loopback) return found;
    return [
      ...found,
      ...demand("port", word("port", sentinel ? "26379" : "6379"), "0: no clear text", (it) => it === "0"),
      ...demand("tls-port", word("tls-port", "0"), "a port", (it) => Number(it) > 0),
      ...demand("tls-auth-clients", word("tls-auth-clients", "yes"), "yes or optional", (it) => it !== "no"),
      ...demand("tls-protocols", words("tls-protocols")?.join(" ") ?? "", "TLSv1.2 and TLSv1.3 at most", (it) =>
        it.split(/\s+/).every((each) => ["", "TLSv1.2", "TLSv1.3"].includes(each)),
      ),
      ...authorities(word("tls-ca-cert-file", ""), word("tls-ca-cert-dir", "")),
      ...(replicated || sentinel
        ? demand("tls-replication", word("tls-replication", "no"), "yes", (it) => it === "yes")
        : []),
    ];
  },
});

/** Redis believes those of a folder beside that of the file (redis.conf of 8.0, 2026-11-23). */
function authorities(file: string, folder: string): readonly Objection[] {
  const expected = "the file of the one authority";
  const named = demand("tls-ca-cert-file", file, expected, (it) => (it !== "" || folder !== "") && !isOfSystem(it));
  if (folder === "") return named;
  const got = isOfSystem(folder) ? folder : new Unknown(`what lies in ${folder}`);
  return [...named, objection("tls-ca-cert-dir", got, expected)];
}
