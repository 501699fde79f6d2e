import { loki, observability, prometheus, tempo } from "../../observability.ts";
import { clusterListeners, endpoints, lease, linkLocal } from "../../platform.ts";
import { listeners, type Pods, valuesOf } from "../../schema/component.ts";
import type { Job } from "../../schema/job.ts";
import type { Listener } from "../../schema/listener.ts";
import type { Service } from "../../schema/service.ts";
import { isHosted } from "../../schema/store.ts";
import { hostGroups, workloads } from "../hosts.ts";
import { afterApply, partsOf } from "../values.ts";
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
  [lease, "keeps its address"],
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
  [clusterListeners.api, "joins the cluster"],
  logs,
];
const kubelet = { port: 10250, protocol: "tcp", transport: "mtls" } as const;

/** What a workload on pods needs by itself; secrets and parameters reach it by its node. */
function workloadNeeds(service: Service, workload: Pods | Job): readonly Need[] {
  const bucket = usesBucket(service, workload);
  const watches = watchesSecrets(workload);
  return [
    ...names,
    ...(bucket || watches ? ([[linkLocal.podIdentity.listener, "credentials of its role"]] as const) : []),
    ...(bucket ? ([[endpoints.storage, "its buckets"]] as const) : []),
    ...(watches ? ([[endpoints.secrets, "ages of secrets (NOD-2.7)"]] as const) : []),
  ];
}

/**
 * What nodes need for the workloads on them: a driver on each node mounts secrets and parameters into pods, in the role
 * of the pod; an agent on each node gets the credentials of such roles.
 */
function mountNeeds(service: Service): readonly Need[] {
  const all = workloads(service);
  const values = all.flatMap((each) => (each.kind === "pods" ? valuesOf(each) : Object.values(each.environment)));
  const secrets = partsOf(values).some((part) => typeof part === "object" && part.kind === "secret");
  const facts = afterApply(service, values);
  const administrator = facts.some(({ fact }) => fact === "administrator-secret");
  const needs: readonly (readonly [wanted: boolean, ...need: Need])[] = [
    [secrets || facts.length > 0, linkLocal.podIdentity.listener, "credentials of the pods it mounts for"],
    [
      secrets || facts.length > 0 || all.some((each) => usesBucket(service, each) || watchesSecrets(each)),
      endpoints.identity,
      "credentials of pods (NOD-2.3)",
    ],
    [secrets || administrator, endpoints.secrets, "secrets of pods at run time (NOD-2.4)"],
    [facts.length > 0, endpoints.management, "values known only after apply"],
  ];
  return needs.filter(([wanted]) => wanted).map(([, to, why]): Need => [to, why]);
}

/** Whether a component or job reads or writes a bucket of its own service or of the vault. */
const usesBucket = (service: Service, caller: Pods | Job): boolean =>
  service.access.some(({ from }) => from === caller) ||
  service.backups.some(({ job }) => job === caller) ||
  (caller.kind === "job" && caller.verifies !== undefined);

const watchesSecrets = (caller: Pods | Job): boolean => caller.kind === "job" && caller.watches !== undefined;

/** Flows with origin `platform` of a service, those that reach into it included. */
export function platformFlows(service: Service): readonly ResolvedFlow[] {
  const from = (party: string, needs: readonly Need[]) =>
    needs.map(([to, why]) => link(service, party, to, why, "platform"));
  const onPods = workloads(service);
  const scraper = `${observability.name}/${prometheus.name}`;
  const watched = [...service.components, ...service.stores.filter(isHosted)].flatMap(listeners);
  return [
    ...hostGroups(service).flatMap((group) => from(group.name, hostNeeds)),
    ...service.tracing.flatMap(({ name }) => from(name, [traces])),
    ...onPods.flatMap((each) => from(each.name, workloadNeeds(service, each))),
    ...(onPods.length === 0
      ? []
      : [
          ...from("nodes", [...nodeNeeds, ...mountNeeds(service)]),
          link(service, "platform/cluster", { owner: "nodes", ...kubelet }, "kubelet, metrics of pods", "platform"),
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
