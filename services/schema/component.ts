import { type Listener, type Listens, listenersOf, metrics, type Port } from "./listener.ts";
import type { Secret } from "./secret.ts";
import { type Acceptance, type Bytes, type Cpu, type Duration, type Ratio, seconds } from "./units.ts";
import type { Value, Values } from "./value.ts";

/** Where a host stands. `dmz` takes calls from load balancers for outsiders; `data` holds state. */
export type HostTier = "dmz" | "app" | "data";
/** How large a host or database is; the environment says which machine that means. */
export type Size = "small" | "medium" | "large";

/** A health check. `path` on an HTTP listener, or a command in the container. */
export type Probe = {
  readonly every: Duration;
  readonly timeout: Duration;
  /** Failures in a row before it counts. */
  readonly failures: number;
} & (
  | { readonly kind: "http"; readonly path: string; readonly on: string }
  | { readonly kind: "tcp"; readonly on: string }
  | { readonly kind: "exec"; readonly command: readonly string[] }
);

interface Timing {
  readonly every?: Duration;
  readonly timeout?: Duration;
  readonly failures?: number;
}
const timing = (given: Timing) => ({
  every: given.every ?? seconds(10),
  timeout: given.timeout ?? seconds(3),
  failures: given.failures ?? 3,
});

/** HTTP GET on the listener of that name. Defaults: every 10 s, time-out 3 s, 3 failures. */
export const httpProbe = (path: string, on: string, given: Timing = {}): Probe => ({
  kind: "http",
  path,
  on,
  ...timing(given),
});
/** A TCP connection. Same defaults. */
export const tcpProbe = (on: string, given: Timing = {}): Probe => ({ kind: "tcp", on, ...timing(given) });
/** A command in the container that exits with 0. Same defaults. */
export const execProbe = (command: readonly string[], given: Timing = {}): Probe => ({
  kind: "exec",
  command,
  ...timing(given),
});

/** One systemd unit of a host. */
export interface Unit {
  readonly name: string;
  /** System user it runs as; no two units of different services share one. */
  readonly user: string;
  readonly directory: string;
  readonly exec: string;
  /** Python or Node version that the unit needs. */
  readonly runtime: string;
  /** Environment file with 0600; secrets are fetched at run time. */
  readonly environment: { readonly path: string; readonly values: Values };
  /** Other configuration files, path to content keys. */
  readonly files?: Readonly<Record<string, Values>>;
  /** Files with 0600 whose whole content is one secret, path to secret. */
  readonly secretFiles?: Readonly<Record<string, Secret>>;
  /** Directory of its log files, rotated and shipped. Default: the journal only. */
  readonly logs?: string;
}

/** Certificates of a private CA on a host: key made on the host, only the request travels (BRK-5.1). */
export interface Certificate {
  readonly authority: "internal" | "broker";
  readonly directory: string;
  readonly names: {
    readonly certificate: string;
    readonly key: string;
    readonly authority: string;
    /** Revocation list that peers are checked against; `broker` only (BRK-10.4). */
    readonly revoked?: string;
  };
}

interface Common<Name extends string> {
  readonly name: string;
  readonly why: string;
  readonly listens: Listens<Name>;
  /** Longest request or task; a graceful stop waits longer than this. Default 30 s. */
  readonly longestRequest: Duration;
}

/** Named hosts, one per zone in the first `zones` zones, each with a fixed private address. */
export interface Hosts<Name extends string = string> extends Common<Name> {
  readonly kind: "hosts";
  readonly tier: HostTier;
  readonly zones: 1 | 2 | 3;
  /** Host number in the service's block of its subnet, 4 to 60, unique in the service and tier. */
  readonly address: number;
  readonly size: Size;
  readonly dataVolume?: Bytes;
  readonly units: readonly Unit[];
  readonly certificates: readonly Certificate[];
  readonly health: Probe;
  /** Needed when `zones` is 1: a zone lost is a service lost. */
  readonly single?: Acceptance;
}

/** Containers on the cluster. */
export interface Pods<Name extends string = string> extends Common<Name> {
  readonly kind: "pods";
  /** Repository of our own registry; the digest belongs to the release. */
  readonly image: string;
  readonly command?: readonly string[];
  readonly replicas: { readonly min: number; readonly max: number; readonly cpu: Ratio };
  /** A second instance would do harm (a scheduler): exactly one replica. Default false. */
  readonly singleton?: boolean;
  /** `blue-green`: two sets behind the edge, switched once the new one is ready. Default `rolling`. */
  readonly deploy: "blue-green" | "rolling";
  readonly resources: { readonly cpu: Cpu; readonly memory: Bytes };
  readonly probes: { readonly startup: Probe; readonly readiness: Probe; readonly liveness: Probe };
  readonly environment: Values;
  /** Writable scratch space, path to size; the root file system is read-only. */
  readonly scratch: Readonly<Record<string, Bytes>>;
}

export type Component<Name extends string = string> = Hosts<Name> | Pods<Name>;

type Defaulted<T, Keys extends keyof T> = Omit<T, Keys | "kind" | "name" | "listens"> & Partial<Pick<T, Keys>>;
interface Ports<Name extends string> {
  readonly listens: { readonly [name in Name]: Port };
}

/** Declares hosts. Defaults: no certificate, longest request 30 s. Adds the node exporter's port. */
export function hosts<const Name extends string>(
  name: string,
  given: Defaulted<Hosts<Name>, "certificates" | "longestRequest"> & Ports<Name>,
): Hosts<Name | "node"> {
  return {
    ...given,
    kind: "hosts",
    name,
    listens: listenersOf<Name | "node">(name, { ...given.listens, node: metrics(9100) }),
    certificates: given.certificates ?? [],
    longestRequest: given.longestRequest ?? seconds(30),
  };
}

/** Declares pods. Defaults: rolling, no scratch space, no environment, longest request 30 s. */
export function pods<const Name extends string>(
  name: string,
  given: Defaulted<Pods<Name>, "deploy" | "scratch" | "environment" | "longestRequest"> & Ports<Name>,
): Pods<Name> {
  return {
    ...given,
    kind: "pods",
    name,
    listens: listenersOf(name, given.listens),
    deploy: given.deploy ?? "rolling",
    scratch: given.scratch ?? {},
    environment: given.environment ?? {},
    longestRequest: given.longestRequest ?? seconds(30),
  };
}

/** All listeners of an owner, in the order declared. */
export const listeners = (owner: { readonly listens: Listens }): readonly Listener[] => Object.values(owner.listens);

/** All values that a component names: environment and files. */
export const valuesOf = (component: Component): readonly Value[] =>
  component.kind === "pods"
    ? Object.values(component.environment)
    : component.units.flatMap((unit) => [
        ...Object.values(unit.environment.values),
        ...Object.values(unit.files ?? {}).flatMap((file) => Object.values(file)),
        ...Object.values(unit.secretFiles ?? {}),
      ]);
