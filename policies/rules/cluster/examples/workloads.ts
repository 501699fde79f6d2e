import { type Loose, type Mutation, onObject } from "../../../engine/mutation.ts";
import type { JsonObject } from "../../../model/json.ts";

/** What is to be different from a workload with nothing wrong; a field that is undefined is left out. */
export interface Changes {
  readonly metadata?: JsonObject;
  readonly spec?: JsonObject;
  readonly labels?: JsonObject;
  readonly pod?: JsonObject;
  readonly container?: JsonObject;
  /** Further containers beside it. */
  readonly beside?: readonly JsonObject[];
}

export const IMAGE = `111111111111.dkr.ecr.eu-central-1.amazonaws.com/shop/web@sha256:${"a1".repeat(32)}`;

export const LABELS = { "app.kubernetes.io/name": "web", "app.kubernetes.io/part-of": "shop" };

/** A container with nothing wrong. */
export const container = (changes: JsonObject = {}): JsonObject => ({
  name: "web",
  image: IMAGE,
  ports: [{ name: "web", containerPort: 8443 }],
  startupProbe: { tcpSocket: { port: 8443 } },
  readinessProbe: { httpGet: { path: "/ready", port: 8443, scheme: "HTTPS" } },
  livenessProbe: { httpGet: { path: "/live", port: 8443, scheme: "HTTPS" } },
  lifecycle: { preStop: { sleep: { seconds: 20 } } },
  resources: {
    requests: { cpu: "100m", memory: "128Mi", "ephemeral-storage": "64Mi" },
    limits: { memory: "128Mi", "ephemeral-storage": "64Mi" },
  },
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
  },
  ...changes,
});

const podOf = ({ pod = {}, container: own = {}, beside = [], labels = LABELS }: Changes): JsonObject => ({
  metadata: { labels },
  spec: {
    serviceAccountName: "web",
    automountServiceAccountToken: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 10001,
      runAsGroup: 10001,
      seccompProfile: { type: "RuntimeDefault" },
    },
    terminationGracePeriodSeconds: 60,
    containers: [container(own), ...beside],
    ...pod,
  },
});

const ofShop = (apiVersion: string, kind: string, name: string, rest: JsonObject): JsonObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: "shop", labels: LABELS, ...(rest["metadata"] as JsonObject | undefined) },
  ...Object.fromEntries(Object.entries(rest).filter(([each]) => each !== "metadata")),
});

/** Any object in namespace `shop`. */
export const object = ofShop;

export const deployment = (changes: Changes = {}): JsonObject =>
  ofShop("apps/v1", "Deployment", "web", {
    metadata: changes.metadata ?? {},
    spec: {
      replicas: 2,
      selector: { matchLabels: LABELS },
      strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: "25%" } },
      template: podOf(changes),
      ...changes.spec,
    },
  });

export const daemonSet = (changes: Changes = {}): JsonObject =>
  ofShop("apps/v1", "DaemonSet", "web", {
    spec: { selector: { matchLabels: LABELS }, template: podOf(changes), ...changes.spec },
  });

const ONCE = { startupProbe: undefined, readinessProbe: undefined, livenessProbe: undefined, lifecycle: undefined };

export const job = (changes: Changes = {}): JsonObject =>
  ofShop("batch/v1", "Job", "web", {
    spec: {
      backoffLimit: 1,
      activeDeadlineSeconds: 600,
      ttlSecondsAfterFinished: 600,
      template: podOf({
        ...changes,
        pod: { restartPolicy: "Never", ...changes.pod },
        container: { ...ONCE, ...changes.container },
      }),
      ...changes.spec,
    },
  });

export const cronJob = (changes: Changes = {}, own: JsonObject = {}): JsonObject =>
  ofShop("batch/v1", "CronJob", "web", {
    spec: {
      schedule: "30 0 * * *",
      timeZone: "UTC",
      concurrencyPolicy: "Forbid",
      startingDeadlineSeconds: 3600,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 1,
      jobTemplate: { spec: job(changes)["spec"] as JsonObject },
      ...own,
    },
  });

export const barePod = (changes: Changes = {}): JsonObject =>
  ofShop("v1", "Pod", "web", { spec: podOf(changes)["spec"] as JsonObject });

export const service = (spec: JsonObject = {}, name = "web"): JsonObject =>
  ofShop("v1", "Service", name, { spec: { selector: LABELS, ports: [{ name: "web", port: 8443 }], ...spec } });

/** A sidecar that ends TLS before an application. */
export const sidecar = (changes: JsonObject = {}): JsonObject =>
  container({ name: "tls", restartPolicy: "Always", lifecycle: undefined, readinessProbe: undefined, ...changes });

/** Changes the specification of the pods of the first Deployment of the real estate. */
export const onPod = (title: string, change: (spec: Loose) => void, kind = "Deployment"): Mutation =>
  onObject(kind, title, (body) => {
    const template = kind === "CronJob" ? body.spec.jobTemplate.spec.template : body.spec.template;
    change(template.spec);
    return body;
  });

/** Changes the first container of the first Deployment. */
export const onContainer = (title: string, change: (container: Loose) => void, kind = "Deployment"): Mutation =>
  onPod(title, (spec) => change(spec.containers[0]), kind);
