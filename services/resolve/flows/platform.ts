import { loki, observability, prometheus, tempo } from "../../observability.ts";
import { endpoints, linkLocal } from "../../platform.ts";
import { listeners, type Pods, valuesOf } from "../../schema/component.ts";
import type { Job } from "../../schema/job.ts";
import type { Listener } from "../../schema/listener.ts";
import type { Service } from "../../schema/service.ts";
import { isHosted } from "../../schema/store.ts";
import type { Value } from "../../schema/value.ts";
import { hostGroups } from "../hosts.ts";
import { link, type ResolvedFlow, seenFrom } from "./flow.ts";

/** What every component needs from the platform, so that nothing that is possible stays undeclared. */

type Need = readonly [to: Listener, why: string];

const logs: Need = [seenFrom(observability, loki.listens.push), "logs (TKT-4.14)"];
const traces: Need = [seenFrom(observability, tempo.listens.otlp), "traces (MUN-3.6, ALC-6.10)"];
const names: readonly Need[] = [
  [linkLocal.resolverUdp.listener, "names"],
  [linkLocal.resolverTcp.listener, "long answers"],
];

const hostNeeds: readonly Need[] = [
  ...names,
  [linkLocal.time.listener, "time, for second factors and certificates (TKT-2.1)"],
  [linkLocal.hostIdentity.listener, "credentials of its role"],
  [endpoints.management, "Session Manager instead of SSH (NOD-5.1)"],
  [endpoints.secrets, "secrets and keys at run time (NOD-2.1)"],
  [endpoints.telemetry, "session logs and host metrics"],
  [endpoints.certificates, "certificates from the private authority (BRK-5.1)"],
  [endpoints.storage, "packages and backups (BRK-1.5)"],
  logs,
];

const nodeNeeds: readonly Need[] = [
  ...names,
  [linkLocal.time.listener, "time, for tokens and certificates (ALC-1.5)"],
  [linkLocal.hostIdentity.listener, "credentials of its role"],
  [endpoints.registry, "images (MUN-4.2)"],
  [endpoints.storage, "layers of images"],
  [
    { owner: "platform/cluster", name: "api", port: 443, protocol: "tcp", transport: "tls", purpose: "service" },
    "joins the cluster",
  ],
  logs,
];
const kubelet = { port: 10250, protocol: "tcp", transport: "mtls" } as const;

/** The secrets and buckets among values, templates opened. */
const parts = (values: readonly Value[]): readonly Value[] =>
  values.flatMap((value): readonly Value[] =>
    typeof value === "object" && value.kind === "template" ? value.parts : [value],
  );

/** What a workload on pods needs for the values it gets and the buckets it uses. */
function workloadNeeds(values: readonly Value[], bucket: boolean): readonly Need[] {
  const kinds = new Set(parts(values).map((part) => (typeof part === "object" ? part.kind : "text")));
  const [secrets, afterApply] = [kinds.has("secret"), kinds.has("host")];
  const needs: readonly (readonly [wanted: boolean, ...need: Need])[] = [
    [secrets || afterApply || bucket, linkLocal.podIdentity.listener, "credentials of its role"],
    [secrets, endpoints.secrets, "secrets at run time (NOD-2.4)"],
    [afterApply, endpoints.management, "values known only after apply"],
    [bucket, endpoints.storage, "its buckets"],
  ];
  return [...names, ...needs.filter(([wanted]) => wanted).map(([, to, why]): Need => [to, why])];
}

/** Whether a component or job reads or writes a bucket of its own service or of the vault. */
const usesBucket = (service: Service, caller: Pods | Job): boolean =>
  service.access.some(({ from }) => from === caller) ||
  service.backups.some(({ job }) => job === caller) ||
  (caller.kind === "job" && caller.verifies !== undefined);

/** Flows with origin `platform` of a service, those that reach into it included. */
export function platformFlows(service: Service): readonly ResolvedFlow[] {
  const from = (party: string, needs: readonly Need[]) =>
    needs.map(([to, why]) => link(service, party, to, why, "platform"));
  const pods = service.components.filter((component): component is Pods => component.kind === "pods");
  const podJobs = service.jobs.filter((job): job is Job & { on: Pods } => job.on.kind === "pods");
  const scraper = `${observability.name}/${prometheus.name}`;
  const watched = [...service.components, ...service.stores.filter(isHosted)].flatMap(listeners);
  return [
    ...hostGroups(service).flatMap((group) => from(group.name, hostNeeds)),
    ...service.tracing.flatMap(({ name }) => from(name, [traces])),
    ...pods.flatMap((each) => from(each.name, workloadNeeds(valuesOf(each), usesBucket(service, each)))),
    ...podJobs.flatMap((each) =>
      from(each.name, workloadNeeds(Object.values(each.environment), usesBucket(service, each))),
    ),
    ...(pods.length === 0
      ? []
      : [
          ...from("nodes", nodeNeeds),
          link(service, "platform/cluster", { owner: "nodes", ...kubelet }, "kubelet", "platform"),
        ]),
    ...watched
      .filter((listener) => listener.purpose === "metrics")
      .map((listener) => link(service, scraper, listener, "metrics (TKT-4.1)", "platform")),
    ...probed(service).map((listener) => link(service, scraper, listener, "probes health (MUN-3.7)", "platform")),
  ];
}

/** Ports that Prometheus probes: where hosts answer for their health, and the way in to pods. */
const probed = (service: Service): readonly Listener[] =>
  service.components
    .flatMap((component) => {
      if (component.kind === "pods") {
        return service.entrypoints.map(({ to }) => to).filter(({ owner }) => owner === component.name);
      }
      const { health } = component;
      return health.kind === "exec" ? [] : listeners(component).filter(({ name }) => name === health.on);
    })
    .filter(({ transport }) => transport !== "loopback");
