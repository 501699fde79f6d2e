import { demand, rule } from "../../engine/rule.ts";
import { declarationOf } from "../../model/hosts/declared-host.ts";
import { isOn, postgreses } from "../../model/hosts/postgres.ts";
import { at } from "../../model/hosts/yaml-files.ts";
import { listOf } from "../../model/json.ts";

/** Without a declaration: what is lost at most when all members burn. */
const FIVE_MINUTES = 300;

/** What was acknowledged is on two members and soon in the archive; a broken disk is noticed. */
export const postgresLosesNothing = rule({
  id: "HOST-024",
  slug: "postgres-loses-nothing",
  severity: "high",
  title: "PostgreSQL under Patroni replicates synchronously, archives in time and checks its pages",
  why: "A failover otherwise loses what users were told is stored, and a broken page is copied into every backup.",
  fix: "synchronous_mode quorum or on; archive_mode on; archive_timeout within the recovery point; data-checksums; fsync and full_page_writes on.",
  appliesTo: postgreses,
  concerns: ({ patroni }) => patroni !== undefined,
  requirements: ["TKT-7.2"],
  check: ({ patroni = {}, cluster, parameter, host }, estate) => {
    const party = declarationOf(estate, host)?.party;
    const points = estate.declaration?.services
      .flatMap(({ backups }) => backups)
      .filter(({ of, by }) => of === party && by === "pgbackrest")
      .map(({ recoveryPointSeconds }) => recoveryPointSeconds);
    const most = Math.min(FIVE_MINUTES, ...(points ?? []));
    const initdb = listOf(at(patroni, "bootstrap.initdb") as never).map((each) => JSON.stringify(each));
    const on = (name: string, byDefault: boolean) =>
      demand(name, parameter(name) ?? (byDefault ? "on" : "off"), "on", (it) => isOn(it, byDefault));
    return [
      ...demand("synchronous_mode", String(cluster["synchronous_mode"] ?? "off"), "on or quorum", (it) =>
        ["true", "on", "quorum"].includes(it),
      ),
      ...on("archive_mode", false),
      ...demand("archive_timeout", parameter("archive_timeout") ?? "0", `1 to ${most} s`, (it) => {
        const seconds = secondsOf(it);
        return seconds > 0 && seconds <= most;
      }),
      ...demand(
        "archive_command",
        parameter("archive_command") ?? "",
        "a command that archives",
        (it) => !/^(?:|true|:|\/bin\/true|exit 0)$/.test(it.trim()),
      ),
      ...demand("initdb", initdb, "data-checksums", (all) => all.some((each) => each.includes("data-checksums"))),
      ...["fsync", "full_page_writes"].flatMap((name) => on(name, true)),
      ...demand(
        "synchronous_commit",
        parameter("synchronous_commit") ?? "on",
        "on, remote_write or remote_apply",
        (it) => ["on", "true", "remote_write", "remote_apply"].includes(it),
      ),
    ];
  },
});

/** `60s`, `1min`, `60`: seconds. */
function secondsOf(text: string): number {
  const [, figure = "", unit = ""] = /^(\d+)\s*(s|min|h|ms)?$/.exec(text) ?? [];
  return Number(figure) * ({ min: 60, h: 3600, ms: 0.001 }[unit] ?? 1);
}
