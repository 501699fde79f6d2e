import type { Host, HostFile } from "../estate.ts";

/**
 * Where systemd reads units from, what counts more first: of files with the same name it takes the first (systemd.unit(5)
 * of systemd 257, 2026-11-23). Debian's /lib is /usr/lib.
 */
const FOLDERS = [
  "/etc/systemd/system.control",
  "/run/systemd/system.control",
  "/run/systemd/transient",
  "/run/systemd/generator.early",
  "/etc/systemd/system",
  "/etc/systemd/system.attached",
  "/run/systemd/system",
  "/run/systemd/system.attached",
  "/run/systemd/generator",
  "/usr/local/lib/systemd/system",
  "/usr/lib/systemd/system",
  "/lib/systemd/system",
  "/run/systemd/generator.late",
];

/** Whether systemd reads a file as one of units of the system. */
export const isUnitFile = (path: string): boolean => rankOf(path) >= 0;

/** What counts more is smaller; most files are in no such folder. */
const rankOf = (path: string): number =>
  path.includes("/systemd/") ? FOLDERS.findIndex((folder) => path.startsWith(`${folder}/`)) : -1;

/** A drop-in, and how much its folder counts. */
interface DropIn {
  readonly rank: number;
  readonly file: HostFile;
}

/** Files of a host's units, and drop-ins by the names of their folders: `nginx.service.d`. */
interface UnitFiles {
  readonly own: ReadonlyMap<string, HostFile>;
  readonly dropIns: ReadonlyMap<string, readonly DropIn[]>;
}

/** Every file of units of a host; of own ones with the same name the one that counts. */
export function unitFilesOf(host: Host): UnitFiles {
  const placed = [...host.files.values()]
    .map((file) => ({ rank: rankOf(file.path), file }))
    .filter(({ rank }) => rank >= 0)
    .sort((one, other) => one.rank - other.rank);
  const own = new Map<string, HostFile>();
  const dropIns = new Map<string, DropIn[]>();
  for (const { rank, file } of placed) {
    const [name = "", dropIn] = file.path.slice((FOLDERS[rank] ?? "").length + 1).split("/");
    if (dropIn === undefined) own.set(name, own.get(name) ?? file);
    else if (name.endsWith(".d") && dropIn.endsWith(".conf")) {
      dropIns.set(name, [...(dropIns.get(name) ?? []), { rank, file }]);
    }
  }
  return { own, dropIns };
}

/** Names of all units that files make or change. Drop-ins for all that begin alike are no unit where there is one of these. */
export function unitNamesOf({ own, dropIns }: UnitFiles): readonly string[] {
  const added = [...dropIns.keys()].map((folder) => folder.slice(0, -".d".length)).filter((name) => name.includes("."));
  const names = [...new Set([...own.keys(), ...added])];
  const whole = names.filter((name) => !name.includes("-."));
  const taken = new Set(names.length === whole.length ? [] : whole.flatMap(dropInFoldersOf));
  return names.filter((name) => own.has(name) || !taken.has(`${name}.d`) || !name.includes("-."));
}

/** The unit's own file, or its template's: `app@.service` of `app@1.service`. */
export const ownFileOf = (unit: string, { own }: UnitFiles): HostFile | undefined =>
  own.get(unit) ?? own.get(templateOf(unit));

const templateOf = (unit: string): string => unit.replace(/@[^.]+(?=\.\w+$)/, "@");

/** Names of folders with drop-ins of a unit, the nearest first: `a-b.service.d`, `a-.service.d`, `service.d`. */
function dropInFoldersOf(unit: string): readonly string[] {
  const type = unit.slice(unit.lastIndexOf(".") + 1);
  const [stem = ""] = unit.slice(0, -type.length - 1).split("@");
  const prefixes = [...stem.matchAll(/(?<=.)-(?=.)/g)].map(({ index }) => `${stem.slice(0, index + 1)}.${type}`);
  return [...new Set([unit, templateOf(unit), ...prefixes.reverse(), type])].map((name) => `${name}.d`);
}

/**
 * Drop-ins of a unit in the order of their names, in which they are read, wherever they lie. Of those with the same name
 * the one counts whose folder does, then the nearest; those of a whole type come last (systemd, src/shared/dropin.c).
 */
export function dropInsOf(unit: string, { dropIns }: UnitFiles): readonly HostFile[] {
  if (dropIns.size === 0) return [];
  const folders = dropInFoldersOf(unit);
  const near = folders.slice(0, -1).flatMap((folder) => dropIns.get(folder) ?? []);
  near.sort((one, other) => one.rank - other.rank);
  const byName = new Map<string, HostFile>();
  for (const { file } of [...near, ...(dropIns.get(folders.at(-1) ?? "") ?? [])]) {
    const name = file.path.slice(file.path.lastIndexOf("/") + 1);
    byName.set(name, byName.get(name) ?? file);
  }
  return [...byName].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, file]) => file);
}
