import type {
  ComponentValues,
  JobValues,
  Overlay,
  ServiceValues,
  SidecarServer,
} from "../../../../helm/values/service-values.ts";

/** A service made by hand, small and complete, for shapes that no product has. */

/** All that a chart is given: generated values and the overlay of a deployment. */
export type Given = ServiceValues & Overlay;

/** A digest that is told apart by its digit. */
export const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;

export const ARN = "arn:aws:elasticloadbalancing:eu-central-1:333333333333:targetgroup/prd-rec-web/1111111111111111";

const resources = {
  requests: { cpu: "250m", memory: "256Mi", "ephemeral-storage": "164Mi" },
  limits: { memory: "256Mi", "ephemeral-storage": "164Mi" },
};

const workload = {
  resources,
  env: {},
  secrets: {},
  composed: {},
  scratch: { "/tmp": "64Mi" },
  trustsDatabases: false,
  network: { ingress: [], egress: [] },
};

const server = (port: number, upstream: number): SidecarServer => ({
  port,
  upstream,
  speaks: "http",
  bodyBytes: 0,
  timeoutSeconds: 30,
});

const timing = { periodSeconds: 10, timeoutSeconds: 3, failureThreshold: 3 };

/** An API behind a sidecar, in one colour. */
export const api: ComponentValues = {
  ...workload,
  why: "answers",
  image: "platform/records",
  env: { PORT: "8000" },
  certificate: { commonName: "api.records", dnsNames: ["api.records.svc.cluster.local"], usages: ["server auth"] },
  deploy: "rolling",
  replicas: { min: 3, max: 10, cpuPercent: 70 },
  ports: { web: 8443, metrics: 9102 },
  probes: {
    startup: { httpGet: { path: "/health", port: 8443, scheme: "HTTPS" }, ...timing },
    readiness: { httpGet: { path: "/health", port: 8443, scheme: "HTTPS" }, ...timing },
    liveness: { httpGet: { path: "/health", port: 8443, scheme: "HTTPS" }, ...timing },
  },
  longestRequestSeconds: 30,
  sidecar: { web: server(8443, 8000), metrics: { ...server(9102, 8000), only: ["/metrics"] } },
};

/** One that nobody calls. */
export const worker: ComponentValues = {
  ...workload,
  why: "works",
  image: "platform/records",
  command: ["records", "work"],
  deploy: "rolling",
  replicas: { min: 2, max: 2, cpuPercent: 70 },
  ports: {},
  probes: {
    startup: { exec: { command: ["records", "alive"] }, ...timing },
    readiness: { exec: { command: ["records", "alive"] }, ...timing },
    liveness: { exec: { command: ["records", "alive"] }, ...timing },
  },
  longestRequestSeconds: 600,
};

/** NGINX before the API. */
export const edge: ComponentValues = {
  ...workload,
  why: "ends TLS",
  image: "platform/edge",
  certificate: {
    commonName: "edge.records",
    dnsNames: ["edge.records.svc.cluster.local"],
    usages: ["server auth", "client auth"],
  },
  deploy: "rolling",
  replicas: { min: 3, max: 6, cpuPercent: 70 },
  ports: { web: 8443, metrics: 9113 },
  probes: {
    startup: { tcpSocket: { port: 8443 }, ...timing },
    readiness: { httpGet: { path: "/edge-health", port: 8443, scheme: "HTTPS" }, ...timing },
    liveness: { httpGet: { path: "/edge-health", port: 8443, scheme: "HTTPS" }, ...timing },
  },
  longestRequestSeconds: 55,
  edge: {
    port: 8443,
    metricsPort: 9113,
    serverName: "records.example.org",
    minimumTls: "1.2",
    clientAddress: "x-forwarded-for",
    trustedProxies: ["10.0.0.0/20"],
    health: "/edge-health",
    hidden: ["/metrics"],
    headers: { "X-Content-Type-Options": "nosniff" },
    requestId: "keep",
    errors: "json",
    bodyBytes: 1_048_576,
    timeoutSeconds: 57,
    routes: [
      {
        class: "api",
        paths: ["/*"],
        rate: "20r/s",
        burst: 40,
        connections: 20,
        bodyBytes: 1_048_576,
        to: "api",
      },
    ],
    upstreams: { api: { host: "api.records.svc.cluster.local", port: 8443, mutual: false } },
  },
};

/** A nightly one. */
export const job: JobValues = {
  ...workload,
  why: "dumps",
  image: "platform/backup-tools",
  command: ["dump"],
  limitSeconds: 3600,
  run: { on: "schedule", cron: "30 0 * * *", timeZone: "UTC" },
};

const images = {
  "platform/records": digest("a"),
  "platform/edge": digest("b"),
  "platform/backup-tools": digest("c"),
};

/** One component, one job of each kind, no entrypoint; each test adds what it is about. */
export const minimal: Given = {
  service: "records",
  environment: "production",
  owner: "archive",
  data: "personal",
  registry: "333333333333.dkr.ecr.eu-central-1.amazonaws.com",
  sidecarResources: {
    requests: { cpu: "50m", memory: "64Mi", "ephemeral-storage": "164Mi" },
    limits: { memory: "64Mi", "ephemeral-storage": "164Mi" },
  },
  sidecarScratch: "64Mi",
  components: { api },
  jobs: {},
  targetGroups: {},
  release: { live: "blue", newest: "blue", images: { blue: images, green: images } },
  targetGroupArns: {},
  administratorSecretArns: {},
};

/** With a change of one component. */
export const withApi = (change: Partial<ComponentValues>): Given => ({
  ...minimal,
  components: { api: { ...api, ...change } },
});

/** With one job, changed. */
export const withJob = (change: Partial<JobValues>, name = "dump"): Given => ({
  ...minimal,
  jobs: { [name]: { ...job, ...change } },
});

/** With an edge before the API, behind a load balancer. */
export const withEdge: Given = {
  ...minimal,
  components: { api, edge },
  targetGroups: { web: { name: "prd-rec-web", component: "edge", port: "web" } },
  targetGroupArns: { web: ARN },
};
