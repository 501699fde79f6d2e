import { type Estate, type Host, kind } from "../estate.ts";
import type { Place } from "../place.ts";
import { formOf } from "./settings.ts";
import { isWhole } from "./sysctl.ts";
import { tasks } from "./tasks.ts";
import { services, type Unit } from "./units.ts";

/** A service of a host whose files are all shown, and what it reads that is not there. */
export interface UnitReads {
  readonly at: Place;
  readonly lost: readonly { readonly setting: string; readonly what: string }[];
  /** Environments whose names do not say that they are one: rules on environments do not read them. */
  readonly unread: readonly string[];
}

/** A file of settings on a command line, by its path; certificates and programs come otherwise. */
const SETTINGS =
  /(?<=^|[\s=:"'@])\/(?:etc|opt|srv)\/[\w./@-]+\.(?:ya?ml|json|toml|ini|conf|cnf|cfg|env|acl)(?![\w/.])/g;
const COMMANDS = ["ExecStartPre", "ExecStart", "ExecStartPost"];
/** What the platform's own runner is told to run. */
const TASK = /\/platform-task\s+run\s+([\w-]+)/;

/** Every service of hosts that are rendered whole. */
export const unitReads = kind<UnitReads>("service and the files that it reads", (estate) => {
  const known = tasksOf(estate);
  return estate
    .of(services)
    .filter(({ host }) => isWholeHost(estate, host))
    .map((unit) => ({ at: unit.at, lost: [...filesOf(unit), ...taskOf(unit, known)], unread: unreadBy(unit) }));
});

function filesOf(unit: Unit): UnitReads["lost"] {
  const isLost = (path: string): boolean => !unit.host.files.has(path) && !path.includes("%");
  return [
    ...unit
      .list("Service.EnvironmentFile")
      .filter((path) => !path.startsWith("-") && isLost(path))
      .map((what) => ({ setting: "EnvironmentFile", what })),
    ...COMMANDS.flatMap((setting) =>
      unit
        .list(`Service.${setting}`)
        .flatMap((line) => (line.startsWith("-") ? [] : [...line.matchAll(SETTINGS)].map(([path]) => path)))
        .filter(isLost)
        .map((what) => ({ setting, what })),
    ),
  ];
}

const unreadBy = (unit: Unit): readonly string[] =>
  unit
    .list("Service.EnvironmentFile")
    .map((path) => path.replace(/^-/, ""))
    .filter((path) => unit.host.files.has(path) && formOf(path) !== "variables");

function taskOf(unit: Unit, known: ReadonlySet<string>): UnitReads["lost"] {
  const named = unit.list("Service.ExecStart").flatMap((line) => TASK.exec(line)?.[1] ?? []);
  return named
    .filter((name) => !known.has(`${unit.host.name} ${name}`))
    .map((name) => ({ setting: "ExecStart", what: `task ${name} of /etc/platform/tasks.json` }));
}

const tasksOf = (estate: Estate): ReadonlySet<string> =>
  new Set(estate.of(tasks).map(({ host, name }) => `${host.name} ${name}`));

const WHOLE = {};

const isWholeHost = (estate: Estate, host: Host): boolean =>
  estate.once(WHOLE, () => new Set(estate.hosts.filter(isWhole))).has(host);
