import { demand, objection, rule } from "../../engine/rule.ts";
import { declarationOf } from "../../model/hosts/declared-host.ts";
import { repositories } from "../../model/hosts/pgbackrest.ts";

/** The archive of a database goes to a bucket that encrypts, over verified TLS, and is kept as long as is declared. */
export const archiveOutlivesItsNeed = rule({
  id: "HOST-026",
  slug: "archive-outlives-its-need",
  severity: "high",
  title: "pgBackRest keeps what is declared, in a bucket or encrypted, over verified TLS",
  why: "An archive that expires early has no point to go back to; one that is copied in clear text or to a stranger is a leak.",
  fix: "repo1-type s3 (or a cipher), verified TLS, repo1-retention-full-type time with the declared days.",
  appliesTo: repositories,
  requirements: ["TKT-7.2", "TKT-7.3", "TKT-7.4"],
  check: ({ host, name, option }, estate) => {
    const party = declarationOf(estate, host)?.party;
    const declared = estate.declaration?.services
      .flatMap(({ backups }) => backups)
      .filter(({ of, by }) => of === party && by === "pgbackrest")
      .map(({ keepDays }) => keepDays);
    const days = Math.max(7, ...(declared ?? []));
    const type = option("type") ?? "posix";
    const encrypted = ["s3", "gcs", "azure"].includes(type) || (option("cipher_type") ?? "none") !== "none";
    const count = option("retention_full");
    return [
      ...(encrypted ? [] : [objection(`${name}-type`, type, "s3, or a cipher of its own")]),
      ...["storage_verify_tls", "s3_verify_tls"].flatMap((each) =>
        demand(`${name}-${each.replaceAll("_", "-")}`, option(each) ?? "y", "y", (it) => it === "y"),
      ),
      ...demand(`${name}-retention-full-type`, option("retention_full_type") ?? "count", "time", (it) => it === "time"),
      // Without a figure nothing is ever removed.
      ...demand(
        `${name}-retention-full`,
        count ?? "",
        `${days} days at least`,
        (it) => it === "" || Number(it) >= days,
      ),
    ];
  },
});
