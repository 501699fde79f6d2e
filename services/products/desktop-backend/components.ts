import {
  edge,
  httpProbe,
  https,
  loopback,
  metrics,
  mib,
  millicores,
  originsOf,
  percent,
  perSecond,
  pods,
  seconds,
  strictHeaders,
  web,
} from "../../define.ts";
import { mongodbUri, secrets } from "./stores.ts";

/** The pods of the desktop backend and its public entrypoint. */

export const front = edge({ why: "ends TLS from the load balancer; the only way to the backend (NOD-1.1)" });

/** The load balancer takes 443 and sends 80 there (NOD-1.3, NOD-1.4); its certificate renews itself, without Certbot (NOD-1.2). */
export const site = web("web", {
  why: "the API of the desktop clients",
  host: "desktop",
  to: front.listens.web,
  audience: "internet", // Desktop clients are anywhere: the one port of NOD-5.2 that the internet may reach.
  health: "/health", // NOD-4.11
  headers: strictHeaders, // NOD-1.5, NOD-1.6, NOD-1.7
  // Limits are ours: no entry gives any.
  body: mib(1),
  routes: [{ class: "api", paths: ["/*"], rate: perSecond(20), burst: 40, connections: 20 }],
});

const application = loopback(3000); // only behind the proxy (NOD-1.1); the number is ours

export const backend = pods("backend", {
  why: "serves the desktop clients",
  image: "desktop-backend",
  deploy: "blue-green",
  replicas: { min: 3, max: 12, cpu: percent(70) },
  resources: { cpu: millicores(500), memory: mib(512) },
  listens: { web: https(8443), app: application, metrics: metrics(9102) },
  probes: {
    startup: httpProbe("/health", "web", { every: seconds(5), failures: 30 }),
    readiness: httpProbe("/health", "web"), // NOD-4.11
    // The same path as readiness, which may ask a store: two minutes, for a restart mends none.
    liveness: httpProbe("/health", "web", { every: seconds(20), failures: 6 }),
  },
  scratch: { "/tmp": mib(128) },
  environment: {
    NODE_ENV: "production",
    HOST: "127.0.0.1",
    PORT: application.port,
    ALLOWED_ORIGINS: originsOf(site), // NOD-1.8
    MONGODB_URI: mongodbUri("app", "retryWrites=true&w=majority"),
    JWT_SECRET: secrets.jwt, // NOD-2.1
    ENCRYPTION_KEY: secrets.encryption, // NOD-2.2
    METRICS_TOKEN: secrets.metricsToken,
  },
});
