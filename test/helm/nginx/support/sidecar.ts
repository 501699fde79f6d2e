import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServiceValues } from "../../../../helm/values/service-values.ts";
import { type Authority, type Identity, issue } from "./authority.ts";
import type { Server } from "./client.ts";
import { configuration, moved } from "./configuration.ts";
import { subjectOf } from "./edge.ts";
import { type Nginx, startNginx } from "./nginx.ts";
import { freePorts } from "./ports.ts";

/** A sidecar of real values on loopback. */
export interface Sidecar {
  /** Its TLS ports, by listener. */
  readonly servers: Readonly<Record<string, Server>>;
  readonly nginx: Nginx;
  /** Its own certificate, whose files a test may replace. */
  readonly identity: Identity;
  readonly stop: () => Promise<void>;
}

/**
 * Starts the sidecar of a component. What it hands on to listens on `behind`, by the port that the component has in a pod;
 * nothing listens where that is not said.
 */
export async function startSidecar(
  values: ServiceValues,
  component: string,
  issuer: Authority,
  behind: Readonly<Record<number, number>>,
): Promise<Sidecar> {
  const listeners = Object.entries(values.components[component]?.sidecar ?? {});
  const folder = mkdtempSync(join(tmpdir(), "sidecar-"));
  const [subject, names] = subjectOf(values, component);
  const identity = issue(issuer, subject, names);
  const upstreams = [...new Set(listeners.map(([, { upstream }]) => upstream))];
  const ports = await freePorts(listeners.length + upstreams.length);
  const servers = Object.fromEntries(
    listeners.map(([listener], index) => [
      listener,
      { port: ports[index] ?? 0, name: names[0] ?? "", authority: issuer },
    ]),
  );
  const text = moved(await configuration(values, component), {
    ...Object.fromEntries(
      listeners.map(([listener, { port }]) => [
        `listen ${port} ssl`,
        `listen 127.0.0.1:${servers[listener]?.port} ssl`,
      ]),
    ),
    ...Object.fromEntries(
      upstreams.map((port, index) => [
        `127.0.0.1:${port}`,
        `127.0.0.1:${behind[port] ?? ports[listeners.length + index]}`,
      ]),
    ),
  });
  const nginx = await startNginx(text, join(folder, "sidecar"), identity.folder, ports[0] ?? 0);
  return {
    servers,
    nginx,
    identity,
    stop: async () => {
      await nginx.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
