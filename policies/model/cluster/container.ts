import { isUnknown, type Value } from "../value.ts";
import type { Fields } from "./fields.ts";
import { type Probe, probeOf } from "./probe.ts";
import { quantity } from "./quantity.ts";
import { type Security, securityOf } from "./security.ts";

/** Cores and bytes. */
export interface Amounts {
  readonly cpu: Value<number> | undefined;
  readonly memory: Value<number> | undefined;
  readonly storage: Value<number> | undefined;
}

export interface ContainerPort {
  readonly name: string | undefined;
  readonly port: Value<number> | undefined;
  readonly protocol: string;
  readonly hostPort: Value<number>;
}

export interface Variable {
  readonly name: string;
  /** As it stands; nothing where it is read from somewhere. */
  readonly value: string | undefined;
  readonly secret: { readonly name: string; readonly key: string; readonly optional: boolean } | undefined;
  readonly configMap: { readonly name: string; readonly key: string; readonly optional: boolean } | undefined;
}

export interface Mount {
  readonly volume: string;
  readonly path: string;
  readonly subPath: string | undefined;
  readonly readOnly: Value<boolean>;
  readonly propagation: string;
}

/** A command with its arguments. */
export interface Command {
  /** `command`, `lifecycle.postStart.exec.command`. */
  readonly attribute: string;
  readonly words: readonly string[];
}

/** A container of a pod, whichever list it stands in. */
export interface Container {
  readonly name: string;
  /** `sidecar`: an init container that stays (`restartPolicy: Always`). */
  readonly role: "main" | "sidecar" | "init" | "ephemeral";
  /** For findings: `spec.template.spec.containers[api]`. */
  readonly path: string;
  readonly image: Value<string> | undefined;
  readonly pullPolicy: Value<string> | undefined;
  readonly command: readonly string[];
  /** All that is run in it, each with where it stands: the command, hooks of its start and end, probes. */
  readonly commands: readonly Command[];
  readonly ports: readonly ContainerPort[];
  readonly variables: readonly Variable[];
  readonly variablesFrom: readonly { readonly kind: "configMap" | "secret"; readonly name: string }[];
  readonly mounts: readonly Mount[];
  /** Raw block devices. */
  readonly devices: readonly string[];
  readonly requests: Amounts;
  readonly limits: Amounts;
  readonly startup: Probe | undefined;
  readonly readiness: Probe | undefined;
  readonly liveness: Probe | undefined;
  /** Seconds that it waits before it is told to end; undefined: ends at once; `unknown`: does something else first. */
  readonly waits: number | "unknown" | undefined;
  readonly security: Security;
  readonly fields: Fields;
}

const LISTS = { initContainers: "init", containers: "main", ephemeralContainers: "ephemeral" } as const;

/** All containers of a pod's specification. */
export const containersOf = (pod: Fields, path: string): readonly Container[] =>
  Object.entries(LISTS).flatMap(([list, role]) =>
    pod.list(list).map((fields, index): Container => {
      const name = String(fields.raw["name"] ?? index);
      const command = [...fields.texts("command"), ...fields.texts("args")];
      const stays = role === "init" && fields.raw["restartPolicy"] === "Always";
      return {
        name,
        role: stays ? "sidecar" : role,
        path: `${path}.${list}[${name}]`,
        image: fields.text("image"),
        pullPolicy: fields.text("imagePullPolicy"),
        command,
        commands: commandsOf(fields, command),
        ports: fields.list("ports").map(portOf),
        variables: fields.list("env").map(variableOf),
        variablesFrom: fields.list("envFrom").map(sourceOf),
        mounts: fields.list("volumeMounts").map(mountOf),
        devices: fields.list("volumeDevices").map((each) => String(each.raw["name"])),
        ...amountsOf(fields.in("resources")),
        startup: probeOf(fields, "startupProbe"),
        readiness: probeOf(fields, "readinessProbe"),
        liveness: probeOf(fields, "livenessProbe"),
        waits: waitOf(fields.in("lifecycle")),
        security: securityOf(fields, pod),
        fields,
      };
    }),
  );

/** Where a container says what is run in it beside its own program (Kubernetes API reference 1.34, Container). */
const HOOKS = [
  ["lifecycle", "postStart"],
  ["lifecycle", "preStop"],
  ["startupProbe"],
  ["readinessProbe"],
  ["livenessProbe"],
];

const commandsOf = (fields: Fields, command: readonly string[]): readonly Command[] =>
  [
    { attribute: "command", words: command },
    ...HOOKS.map((path) => ({
      attribute: [...path, "exec.command"].join("."),
      words: fields.in(...path, "exec").texts("command"),
    })),
  ].filter(({ words }) => words.length > 0);

/** Whether it runs as long as its pod does. */
export const staysOn = ({ role }: Container): boolean => role === "main" || role === "sidecar";

const nameOf = (value: Value<string> | undefined): string | undefined => (isUnknown(value) ? value.expression : value);

const portOf = (fields: Fields): ContainerPort => ({
  name: nameOf(fields.text("name")),
  port: fields.number("containerPort"),
  protocol: String(fields.raw["protocol"] ?? "TCP"),
  hostPort: fields.number("hostPort") ?? 0,
});

function variableOf(fields: Fields): Variable {
  const value = fields.raw["value"];
  const from = (name: string): Variable["secret"] => {
    const source = fields.in("valueFrom", name);
    if (!fields.in("valueFrom").has(name)) return undefined;
    return {
      name: String(source.raw["name"]),
      key: String(source.raw["key"]),
      optional: source.raw["optional"] === true,
    };
  };
  return {
    name: String(fields.raw["name"]),
    value: value === undefined || value === null ? undefined : String(value),
    secret: from("secretKeyRef"),
    configMap: from("configMapKeyRef"),
  };
}

const sourceOf = (fields: Fields): Container["variablesFrom"][number] =>
  fields.has("secretRef")
    ? { kind: "secret", name: String(fields.in("secretRef").raw["name"]) }
    : { kind: "configMap", name: String(fields.in("configMapRef").raw["name"]) };

const mountOf = (fields: Fields): Mount => ({
  volume: String(fields.raw["name"]),
  path: String(fields.raw["mountPath"]),
  subPath: nameOf(fields.text("subPath") ?? fields.text("subPathExpr")),
  readOnly: fields.flag("readOnly") ?? false,
  propagation: String(fields.raw["mountPropagation"] ?? "None"),
});

/** A request that is absent is the limit, where there is one. */
function amountsOf(resources: Fields): { readonly requests: Amounts; readonly limits: Amounts } {
  const read = (kind: string, name: string) => quantity(resources.in(kind), name);
  const limits = {
    cpu: read("limits", "cpu"),
    memory: read("limits", "memory"),
    storage: read("limits", "ephemeral-storage"),
  };
  const requests = {
    cpu: read("requests", "cpu") ?? limits.cpu,
    memory: read("requests", "memory") ?? limits.memory,
    storage: read("requests", "ephemeral-storage") ?? limits.storage,
  };
  return { requests, limits };
}

function waitOf(lifecycle: Fields): Container["waits"] {
  if (!lifecycle.has("preStop")) return undefined;
  const stop = lifecycle.in("preStop");
  const seconds = stop.in("sleep").raw["seconds"];
  if (typeof seconds === "number") return seconds;
  const slept = /(?:^|[\s;&/])sleep\s+(\d+)/.exec(stop.in("exec").texts("command").join(" "))?.[1];
  return slept === undefined ? "unknown" : Number(slept);
}
