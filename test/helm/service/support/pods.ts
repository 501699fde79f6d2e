import { releasesOf } from "../../../../scripts/helm/releases.ts";
import { catalogue } from "../../../../services/catalogue.ts";
import { resolveEstate } from "../../../../services/resolve.ts";
import type { Rendered } from "./render.ts";
import { api, job, withEdge, worker } from "./values.ts";

/** Pods of every release: by hand for shapes that no product has, and of all products. */

// biome-ignore lint/suspicious/noExplicitAny: a pod as rendered, read by assertions only.
export type Pod = any;
/** With what makes it: `Deployment/api-blue`. */
export type NamedPod = readonly [string, Pod];

/** The pods of a release. */
export const podsOf = (objects: readonly Rendered[]): readonly NamedPod[] =>
  objects.flatMap(({ kind, metadata, spec }): readonly NamedPod[] => {
    const name = `${kind}/${metadata.name}`;
    if (kind === "Deployment" || kind === "Job") return [[name, spec.template]];
    return kind === "CronJob" ? [[name, spec.jobTemplate.spec.template]] : [];
  });

/** All containers of a pod, those that start first among them. */
export const containersOf = ({ spec }: Pod): readonly Pod[] => [...(spec.initContainers ?? []), ...spec.containers];

/** Every pod's part of itself, by its name. */
export const each = <Part>(pods: readonly NamedPod[], part: (pod: Pod) => Part): Readonly<Record<string, Part>> =>
  Object.fromEntries(pods.map(([name, pod]) => [name, part(pod)]));
/** The same value for every pod. */
export const all = <Value>(pods: readonly NamedPod[], value: Value): Readonly<Record<string, Value>> =>
  each(pods, () => value);
export const isJob = ([name]: NamedPod): boolean => !name.startsWith("Deployment/");
/** The component or job that a pod is of. */
export const workloadOf = ({ metadata }: Pod): string => metadata.labels["app.kubernetes.io/name"];

interface ReleaseUnderTest {
  readonly title: string;
  readonly service: string;
  // biome-ignore lint/suspicious/noExplicitAny: values as Helm gets them, read by assertions only.
  readonly values: any;
}

const { resources } = job;
const byHand: ReleaseUnderTest = {
  title: "a service made by hand",
  service: "records",
  values: {
    ...withEdge,
    components: { ...withEdge.components, api: { ...api, deploy: "blue-green" }, worker },
    jobs: {
      dump: {
        ...job,
        scratch: { "/backup": "1Gi", "/tmp": "64Mi" },
        upload: { image: "platform/backup-tools", command: ["upload"], env: {}, resources },
      },
      migrate: { ...job, run: { on: "release", order: 0 } },
      keys: { ...job, run: { on: "demand" } },
    },
  },
};

/** One made by hand, and those of every environment. */
export const releasesUnderTest: readonly ReleaseUnderTest[] = [
  byHand,
  ...catalogue.environments.flatMap((environment) =>
    releasesOf(resolveEstate(catalogue, environment))
      .filter(({ chart }) => chart === "service")
      .map(({ name, values, overlay }) => ({
        title: `${environment.name}/${name}`,
        service: name,
        values: { ...Object(values), ...Object(overlay) },
      })),
  ),
];
