import { isUnknown, type Value } from "../value.ts";
import type { Fields } from "./fields.ts";

/** A probe, its defaults filled in (Kubernetes API reference, Probe). Times in seconds. */
export interface Probe {
  readonly kind: "http" | "tcp" | "grpc" | "exec" | "none";
  /** Number or name; nothing of a command. */
  readonly port: Value<number> | string | undefined;
  readonly scheme: Value<string> | undefined;
  readonly path: Value<string> | undefined;
  /** Whom it asks, if not the pod itself. */
  readonly host: Value<string> | undefined;
  readonly command: readonly string[];
  readonly initialDelay: Value<number>;
  readonly period: Value<number>;
  readonly timeout: Value<number>;
  readonly failures: Value<number>;
  /** What two probes have in common that ask the same. */
  readonly asks: string;
}

/** Seconds of a probe; those that nobody knows are none. */
export const seconds = (value: Value<number>): number => (isUnknown(value) ? 0 : value);

/** How long a probe waits until it gives up. */
export const patienceOf = ({ period, failures }: Probe): number => seconds(period) * seconds(failures);

const KINDS = { httpGet: "http", tcpSocket: "tcp", grpc: "grpc", exec: "exec" } as const;

export function probeOf(fields: Fields, name: string): Probe | undefined {
  if (!fields.has(name)) return undefined;
  const probe = fields.in(name);
  const [handler, kind] = Object.entries(KINDS).find(([each]) => probe.has(each)) ?? ["", "none" as const];
  const asked = probe.in(handler);
  const port = asked.raw["port"];
  return {
    kind,
    port: typeof port === "string" ? port : asked.number("port"),
    scheme: kind === "http" ? (asked.text("scheme") ?? "HTTP") : undefined,
    path: kind === "http" ? (asked.text("path") ?? "/") : undefined,
    host: asked.text("host"),
    command: asked.texts("command"),
    initialDelay: probe.number("initialDelaySeconds") ?? 0,
    period: probe.number("periodSeconds") ?? 10,
    timeout: probe.number("timeoutSeconds") ?? 1,
    failures: probe.number("failureThreshold") ?? 3,
    asks: `${handler} ${JSON.stringify(asked.raw)}`,
  };
}
