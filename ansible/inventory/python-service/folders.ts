import { posix } from "node:path";
import type { Unit } from "../../../services/schema/component.ts";
import type { GroupPlace, Variables } from "../role.ts";
import type { ReleaseJob } from "./jobs.ts";
import type { Application } from "./place.ts";
import { sharedFiles } from "./units.ts";

const OPEN = "0755";

const folder = (path: string, owner = "root", group = "root", mode = OPEN): Variables => ({ path, owner, group, mode });

/** Folders of one unit. Only logs and secrets are its user's: code and configuration are root's, so nobody rewrites them. */
function ofUnit(unit: Unit): readonly Variables[] {
  const logs = unit.logs;
  return [
    folder(unit.directory),
    folder(posix.dirname(unit.environment.path)),
    ...Object.keys(unit.files ?? {}).map((path) => folder(posix.dirname(path))),
    ...Object.keys(unit.secretFiles ?? {}).flatMap((path) => [
      folder(posix.dirname(posix.dirname(path))),
      folder(posix.dirname(path), unit.user, unit.user, "0700"), // BRK-13.4
    ]),
    // Whoever ships logs is in the user's group.
    ...(logs === undefined ? [] : [folder(posix.dirname(logs)), folder(logs, unit.user, unit.user, "0750")]),
  ];
}

/** Every folder that the role makes, outer ones first, each once. System folders are not ours to change. */
export function foldersOf({ root, units }: Application, jobs: readonly ReleaseJob[]): readonly Variables[] {
  const all = [
    folder(root),
    folder(`${root}/releases`),
    ...jobs.map((job) => folder(posix.dirname(job.environment_file))),
    ...units.flatMap(ofUnit),
  ];
  const system = ["/opt", "/var/log", "/etc"];
  const byPath = new Map(all.filter(({ path }) => !system.includes(String(path))).map((each) => [each["path"], each]));
  return [...byPath.values()].sort((one, other) => (String(one["path"]) < String(other["path"]) ? -1 : 1));
}

/** System users, each with the number that shared files demand of it. */
export const usersOf = (place: GroupPlace, { units }: Application): readonly Variables[] =>
  [...new Set(units.map(({ user }) => user))].map((name) => ({ name, uid: sharedFiles(place)[0]?.uid }));
