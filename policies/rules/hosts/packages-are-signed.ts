import { demand, objection, rule } from "../../engine/rule.ts";
import { hostBases } from "../../model/hosts/base.ts";

/** Buckets of ours, by the host's own role. */
const OWN = /^s3:\/\//;

/** What is installed is signed by a key that stands in the file, and comes from our own bucket. */
export const packagesAreSigned = rule({
  id: "HOST-033",
  slug: "packages-are-signed",
  severity: "high",
  title: "Packages come from the own bucket, signed by a key that is named",
  why: "A package runs as root: whoever writes into a source, or stands between, has every host at the next update.",
  fix: "URIs of the own bucket with Signed-By; no Trusted; AllowInsecureRepositories and AllowUnauthenticated off.",
  appliesTo: hostBases,
  requirements: [],
  check: ({ sources, apt }) => [
    ...(sources.length === 0
      ? [objection("sources", undefined, "a source that is given, or Debian's own ones hold")]
      : []),
    ...sources.flatMap(({ at, uris, signedBy, trusted }) => {
      const foreign = uris.filter((uri) => !OWN.test(uri));
      return [
        ...(foreign.length === 0 ? [] : [objection("URIs", foreign, "s3:// and the own bucket", at)]),
        ...(signedBy === undefined || signedBy === ""
          ? [objection("Signed-By", undefined, "the file of the key", at)]
          : []),
        ...(trusted ? [objection("Trusted", "yes", "no: signatures are checked", at)] : []),
      ];
    }),
    ...[
      "Acquire::AllowInsecureRepositories",
      "Acquire::AllowDowngradeToInsecureRepositories",
      "APT::Get::AllowUnauthenticated",
    ].flatMap((name) =>
      demand(name, apt(name) ?? "false", "false", (it) => !["true", "1", "yes"].includes(it.toLowerCase())),
    ),
  ],
});
