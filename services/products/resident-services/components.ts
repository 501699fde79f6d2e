import {
  bucketOf,
  edge,
  environmentDomain,
  execProbe,
  gib,
  hostOf,
  httpProbe,
  https,
  loopback,
  metrics,
  mib,
  millicores,
  minutes,
  mtls,
  mutualHttps,
  percent,
  pods,
  seconds,
  tcpProbe,
  text,
} from "../../define.ts";
import { secrets } from "./secrets.ts";
import {
  application,
  clientCertificate,
  databaseAddress,
  identityProvider,
  label,
  publicAddress,
  shared,
} from "./settings.ts";
import { attachments, largest, signedFor } from "./stores.ts";

/**
 * The pods that answer requests. Calls between them need a client certificate (MUN-2.3, MUN-2.4): without it,
 * traffic inside the cluster would be in the clear (MUN-SEC.3). Numbers of replicas and sizes are ours.
 */

export const front = edge({
  why: "ends TLS from the load balancer; limits, headers, blue and green (MUN-2.2, MUN-2.5, MUN-2.15, MUN-5.6)",
  scratch: { "/tmp": gib(2) }, // map layers of several people at once
  longestRequest: seconds(55), // as the API's
});

const scanner = loopback(13310);
/** clamd sits behind the certificate check of its sidecar, which takes clamd's usual port. */
export const clamav = pods("clamav", {
  why: "scans uploads for viruses (MUN-2.7)",
  image: "clamav", // carries the signatures of its build, so that a pod starts while their source is down
  replicas: { min: 2, max: 4, cpu: percent(70) },
  resources: { cpu: millicores(1000), memory: gib(4) }, // signatures take over 1 GiB, twice that while they are reloaded
  listens: { clamd: mtls(3310), app: scanner, metrics: metrics(9102), exporter: loopback(19102) },
  probes: {
    startup: execProbe(["clamdscan", "--ping", "1"], { every: seconds(10), failures: 30 }),
    readiness: execProbe(["clamdscan", "--ping", "1"], { timeout: seconds(5) }),
    liveness: execProbe(["clamdscan", "--ping", "3"], { every: minutes(1), timeout: seconds(10), failures: 5 }),
  },
  longestRequest: minutes(1),
  environment: {
    CLAMD_CONF_TCPAddr: "127.0.0.1",
    CLAMD_CONF_TCPSocket: scanner.port,
    CLAMD_CONF_StreamMaxLength: largest.mapLayer,
    CLAMD_CONF_MaxFileSize: largest.mapLayer,
    CLAMD_CONF_MaxScanSize: 4 * largest.mapLayer,
    CLAMD_CONF_MaxScanTime: 50_000, // milliseconds: ends before the request does
    CLAMD_CONF_AlertExceedsMax: "yes", // what was not scanned whole does not count as clean
    FRESHCLAM_CHECKS: 12,
    FRESHCLAM_CONF_DNSDatabaseInfo: "no", // versions over HTTPS: the resolver answers permitted names only
  },
  scratch: { "/var/lib/clamav": gib(2), "/tmp": gib(1) },
});

const upstream = loopback(8000);
export const api = pods("api", {
  why: "serves residents and staff (MUN-0.1)",
  image: application,
  replicas: { min: 3, max: 12, cpu: percent(70) }, // MUN-4.8
  deploy: "blue-green", // MUN-5.6
  resources: { cpu: millicores(500), memory: mib(768) },
  listens: { web: mutualHttps(8443), app: upstream, metrics: metrics(9102) }, // MUN-3.2
  probes: {
    startup: httpProbe("/api/health/live", "metrics", { every: seconds(2), failures: 30 }),
    readiness: httpProbe("/api/health/ready", "metrics", { every: seconds(5) }), // asks database and Redis (MUN-4.10)
    liveness: httpProbe("/api/health/live", "metrics"), // asks nobody: a restart mends no database (MUN-4.11)
  },
  longestRequest: seconds(55), // a scan takes up to 50 s; the load balancer gives up after 60
  environment: {
    ...shared,
    ...clientCertificate,
    UVICORN_HOST: "127.0.0.1",
    UVICORN_PORT: upstream.port,
    DATABASE_URL: databaseAddress("app"),
    REDIS_USERNAME: "app",
    REDIS_PASSWORD: secrets.redisApp, // MUN-1.5, MUN-2.5

    JWT_SIGNING_KEY: secrets.tokenKey, // MUN-1.1
    OIDC_ISSUER: `https://${identityProvider}`,
    OIDC_CLIENT_SECRET: secrets.oidcClient,
    SAML_IDP_METADATA_URL: `https://${identityProvider}/saml/metadata`, // MUN-1.2
    SAML_SP_ENTITY_ID: text`https://${label}.${environmentDomain}/api/auth/saml/metadata`,
    SAML_SP_KEY: secrets.samlKey,
    SESSION_INACTIVITY_TIMEOUT_SECONDS: minutes(30), // MUN-1.6 gives no figure; ours

    ATTACHMENTS_BUCKET: bucketOf(attachments),
    ATTACHMENT_ADDRESS_VALID_SECONDS: signedFor,
    CDN_SIGNING_KEY: secrets.cdnKey, // MUN-4.18
    CLAMAV_HOST: hostOf(clamav.listens.clamd),
    CLAMAV_PORT: clamav.listens.clamd.port,
    METRICS_TOKEN: secrets.metricsToken,
  },
  scratch: { "/tmp": gib(1) },
});

const pages = loopback(8080);
export const frontend = pods("frontend", {
  why: "the site's pages, with the branding of the municipality (MUN-6.5)",
  image: "resident-frontend",
  replicas: { min: 2, max: 6, cpu: percent(70) }, // MUN-4.8
  deploy: "blue-green", // MUN-5.6
  resources: { cpu: millicores(100), memory: mib(128) },
  // The kubelet has no client certificate: it asks on a port of its own.
  listens: { web: mutualHttps(8443), app: pages, health: https(9102) },
  probes: {
    startup: httpProbe("/health", "health", { every: seconds(2), failures: 30 }),
    readiness: httpProbe("/health", "health", { every: seconds(5) }),
    liveness: tcpProbe("health"),
  },
  environment: {
    HOST: "127.0.0.1",
    PORT: pages.port,
    PUBLIC_ADDRESS: publicAddress,
    TENANT_NAME: "Example Municipality", // MUN-6.5; a documented example
    TENANT_BRANDING: "/branding/example",
  },
  scratch: { "/tmp": mib(64) },
});
