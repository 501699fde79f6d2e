import type { Unit } from "../../../services/schema/component.ts";
import type { Values } from "../../../services/schema/value.ts";
import { secretMarker } from "../markers.ts";
import type { GroupPlace, Variable, Variables } from "../role.ts";
import { addressOf, SERVE } from "./address.ts";
import type { ReleaseJob } from "./jobs.ts";
import { type Application, LIBRARY } from "./place.ts";
import { environmentOf, plainValue } from "./values.ts";

const SYSTEMD = "/etc/systemd/system";
/** What keeps a port open without a program behind it. */
const HOLD = "python-service-hold";

/** `{"tls.enabled": true}` as a tree. Throws for a key that is a branch already. */
export function treeOf(place: GroupPlace, path: string, values: Values): Variables {
  const tree: Record<string, Variable> = {};
  for (const [key, value] of Object.entries(values)) {
    const names = key.split(".");
    const last = names.pop() ?? key;
    let branch = tree;
    for (const name of names) {
      const next = branch[name] ?? {};
      if (typeof next !== "object" || Array.isArray(next)) throw new Error(`${path}: ${key} is below a value`);
      branch[name] = next;
      branch = next as Record<string, Variable>;
    }
    if (branch[last] !== undefined) throw new Error(`${path}: ${key} is given twice`);
    branch[last] = plainValue(place, value);
  }
  return tree;
}

/** The host checks an environment file before it is moved into place: exactly these names, each with a value. */
const environmentFile = (dest: string, user: string, values: object): Variables => ({
  src: "environment.j2",
  dest,
  owner: user,
  group: user,
  mode: "0600",
  validate: `${LIBRARY}/check-environment %s ${Object.keys(values).join(" ")}`,
});

/** What a unit reads at its start, its own text among it. */
export const filesOfUnit = (unit: Unit): readonly Variables[] => [
  // Applications that read their file themselves find it theirs (BRK-2.1); others of the host do not see it.
  environmentFile(unit.environment.path, unit.user, unit.environment.values),
  ...Object.keys(unit.secretFiles ?? {}).map((dest) => ({
    src: "secret.j2",
    dest,
    owner: unit.user,
    group: unit.user,
    mode: "0600",
  })),
  ...Object.keys(unit.files ?? {}).map((dest) => {
    if (!/\.ya?ml$/.test(dest)) throw new Error(`${dest}: configuration files must be YAML, got another ending`);
    return { src: "configuration.yaml.j2", dest, group: unit.user, mode: "0640" };
  }),
  { src: "unit.service.j2", dest: `${SYSTEMD}/${unit.name}.service` },
  ...(addressOf(unit) === undefined ? [] : [{ src: "unit.socket.j2", dest: `${SYSTEMD}/${unit.name}.socket` }]),
];

/** Every file of the role, and what stands in those that are not units, by path. */
export function filesOf(place: GroupPlace, { units }: Application, jobs: readonly ReleaseJob[]): Variables {
  const entries = <T>(of: (unit: Unit) => Readonly<Record<string, T>>) =>
    units.flatMap((unit) => Object.entries(of(unit)));
  return {
    python_service_files: [
      ...(units.some(addressOf)
        ? [
            { src: "serve.py.j2", dest: SERVE, validate: "python3 -m ast %s" },
            { src: "hold@.service.j2", dest: `${SYSTEMD}/${HOLD}@.service` },
          ]
        : []),
      ...units.flatMap(filesOfUnit),
      ...jobs.flatMap(({ unit, environment, environment_file }) => [
        environmentFile(environment_file, "root", environment),
        { src: "job.service.j2", dest: `${SYSTEMD}/${unit}@.service` },
      ]),
    ],
    python_service_environments: Object.fromEntries([
      ...units.map((unit) => [unit.environment.path, environmentOf(place, unit.environment.values)]),
      ...jobs.map(({ environment, environment_file }) => [environment_file, environment]),
    ]),
    python_service_secrets: Object.fromEntries(
      entries((unit) => unit.secretFiles ?? {}).map(([path, secret]) => [path, secretMarker(place.resolved, secret)]),
    ),
    python_service_configurations: Object.fromEntries(
      entries((unit) => unit.files ?? {}).map(([path, values]) => [path, treeOf(place, path, values)]),
    ),
  };
}
