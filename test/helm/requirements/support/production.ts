import { parse } from "yaml";
import { releasesOf } from "../../../../scripts/helm/releases.ts";
import { catalogue } from "../../../../services/catalogue.ts";
import { resolveEstate } from "../../../../services/resolve.ts";
import { type Rendered, render, the } from "../../service/support/render.ts";

/** A release of a product as it would be installed, and what its containers find there. */

/** A part of a release's overlay that a test wants otherwise. */
interface Differently {
  readonly environment?: string;
  readonly release?: Readonly<Record<string, unknown>>;
}

/** All objects of a service's release, by the real Helm on real values; in production unless stated. */
export async function released(
  service: string,
  { environment = "production", release }: Differently = {},
): Promise<readonly Rendered[]> {
  const found = catalogue.environments.find(({ name }) => name === environment);
  if (found === undefined) throw new Error(`no environment ${environment}`);
  const made = releasesOf(resolveEstate(catalogue, found)).find(({ name }) => name === service);
  if (made === undefined) throw new Error(`no release ${service}`);
  const values = { ...Object(made.values), ...Object(made.overlay) };
  return await render({ ...values, release: { ...values.release, ...release } }, { name: service });
}

/** The digest that all images of a colour have in a test. */
export const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;

// biome-ignore lint/suspicious/noExplicitAny: pods and containers as rendered, read by assertions only.
type Any = any;

/** Pods by the name of what makes them; of a component with colours those of either, as `api-blue`. */
export const podsIn = (objects: readonly Rendered[]): ReadonlyMap<string, Any> =>
  new Map(
    objects.flatMap(({ kind, metadata, spec }): readonly (readonly [string, Any])[] => {
      if (kind === "Deployment" || kind === "Job") return [[metadata.name, spec.template.spec]];
      return kind === "CronJob" ? [[metadata.name, spec.jobTemplate.spec.template.spec]] : [];
    }),
  );

/** The pod of a component (of its blue colour, where it has colours) or of a job. */
export function podOf(objects: readonly Rendered[], workload: string): Any {
  const pods = podsIn(objects);
  const pod = pods.get(workload) ?? pods.get(`${workload}-blue`);
  if (pod === undefined) throw new Error(`no pod ${workload}; there are ${[...pods.keys()].join(", ")}`);
  return pod;
}

/** The container that runs the component's or job's own image, or another of the same pod. */
export function containerOf(objects: readonly Rendered[], workload: string, name = workload): Any {
  const { initContainers = [], containers } = podOf(objects, workload);
  const found = [...initContainers, ...containers].find((each: Any) => each.name === name);
  if (found === undefined) throw new Error(`no container ${name} in ${workload}`);
  return found;
}

/**
 * The variables that a container starts with, put together as the kubelet does it. What comes from Secrets Manager or
 * Parameter Store stands as `<name there>`. Throws where the pod would not start: no such map, or a secret that no class
 * which the container mounts is synced to.
 */
export function variablesOf(
  objects: readonly Rendered[],
  workload: string,
  name = workload,
): Readonly<Record<string, string>> {
  const { env = [], envFrom = [], volumeMounts = [] } = containerOf(objects, workload, name);
  const variables: Record<string, string> = Object.assign(
    {},
    ...envFrom.map(({ configMapRef }: Any) => the(objects, "ConfigMap", configMapRef.name).data),
  );
  const mounted = podOf(objects, workload)
    .volumes.filter((volume: Any) => volumeMounts.some((mount: Any) => mount.name === volume.name))
    .flatMap(({ csi }: Any) => csi?.volumeAttributes.secretProviderClass ?? []);
  for (const { name: variable, value, valueFrom } of env) {
    variables[variable] =
      valueFrom === undefined ? expanded(value, variables) : fetched(objects, mounted, valueFrom.secretKeyRef);
  }
  return variables;
}

/** `$(NAME)` is what stands before it, `$$` a dollar sign. */
const expanded = (text: string, variables: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\$\$|\$\((\w+)\)/g, (whole, name?: string) =>
    name === undefined ? "$" : (variables[name] ?? whole),
  );

function fetched(
  objects: readonly Rendered[],
  mounted: readonly string[],
  { name, key }: { readonly name: string; readonly key: string },
): string {
  for (const className of mounted) {
    const { secretObjects, parameters } = the(objects, "SecretProviderClass", className).spec;
    const synced = secretObjects.find(({ secretName }: Any) => secretName === name);
    const alias = synced?.data.find((each: Any) => each.key === key)?.objectName;
    const source = parse(parameters.objects).find(({ objectAlias }: Any) => objectAlias === alias);
    if (source !== undefined) return `<${source.objectName}>`;
  }
  throw new Error(`secret ${name}/${key}: no class that the container mounts is synced to it`);
}

/** Peers and ports that the policy of a workload admits. */
export const policyOf = (
  objects: readonly Rendered[],
  workload: string,
): { readonly ingress: readonly Any[]; readonly egress: readonly Any[] } =>
  the(objects, "NetworkPolicy", workload).spec;

/** Addresses that may come to a port of a workload; pods by their component. */
export const callersOf = (objects: readonly Rendered[], workload: string, port: number): readonly string[] =>
  policyOf(objects, workload)
    .ingress.filter(({ ports }) => ports.some((each: Any) => each.port === port))
    .flatMap(({ from }) =>
      from.map(({ ipBlock, podSelector }: Any) => ipBlock?.cidr ?? podSelector.matchLabels["app.kubernetes.io/name"]),
    );

/** Hosts of Prometheus in production, which are all that may scrape. */
export const prometheus = ["10.30.210.4/32", "10.30.214.4/32"];

/** The configuration of NGINX, as edge or as sidecar, of a component. */
export const nginxOf = (objects: readonly Rendered[], component: string): string =>
  the(objects, "ConfigMap", `${component}-nginx`).data["nginx.conf"] ?? "";
