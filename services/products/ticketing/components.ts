import {
  countsOnly,
  environmentName,
  hosts,
  httpProbe,
  https,
  kib,
  loopback,
  membersOf,
  metrics,
  mib,
  perSecond,
  web,
} from "../../define.ts";
import type { Certificate } from "../../schema/component.ts";
import { authorityFile, postgres, redis, secrets, tlsDirectory, uploads } from "./stores.ts";

/** The hosts of ticketing and its public entrypoint. Sizes are ours. */

const certificates: readonly Certificate[] = [
  {
    authority: "internal",
    directory: tlsDirectory,
    names: { certificate: "tls.crt", key: "tls.key", authority: "ca.crt" },
  },
];

/** Known to all units. */
const shared = {
  ENVIRONMENT: environmentName, // TKT-4.14
  DATABASE_URL: postgres("app"),
  REDIS_SENTINELS: membersOf(redis.listens.sentinel),
  REDIS_PRIMARY: redis.name,
  REDIS_USERNAME: "app",
  REDIS_PASSWORD: secrets.redisApp,
  REDIS_CA_FILE: authorityFile,
};

const upstream = loopback(8000);
export const api = hosts("api", {
  why: "serves people and API clients",
  tier: "app",
  zones: 2,
  address: 4,
  size: "medium",
  listens: {
    web: https(443),
    upstream,
    app: metrics(9101), // TKT-4.2
    nginx: metrics(9113), // TKT-4.6
  },
  health: httpProbe("/health", "web"), // TKT-5.12
  units: [
    {
      name: "ticketing-api",
      user: "ticketing",
      directory: "/opt/ticketing",
      exec: `/opt/ticketing/venv/bin/uvicorn app.main:app --host 127.0.0.1 --port ${upstream.port}`,
      runtime: "python3.13", // TKT-5.7
      logs: "/var/log/ticketing", // TKT-5.10
      environment: {
        path: "/opt/ticketing/.env", // TKT-7.6
        values: {
          ...shared,
          FORWARDED_ALLOW_IPS: "127.0.0.1", // NGINX alone says who the client is (TKT-1.3, TKT-SEC.2)
          REDIS_CACHE_PRIMARY: `${redis.name}-cache`, // TKT-6.4
          UPLOADS_DIR: uploads.path,
          TOKEN_SIGNING_KEY: secrets.tokenKey,
          MFA_ENCRYPTION_KEY: secrets.mfaKey,
          API_KEY_PEPPER: secrets.pepper,
          METRICS_TOKEN: secrets.metricsToken,
          MFA_REQUIRED_ROLES: "central_admin,admin", // TKT-2.6
          MAX_SESSIONS_SENSITIVE_ROLES: 2, // TKT-3.6 gives no figure; ours
        },
      },
    },
  ],
  certificates,
});

const workerMetrics = loopback(19101);
export const worker = hosts("worker", {
  why: "SLA scheduler and bot; the host that holds the lease in Redis works, the other waits",
  tier: "app",
  zones: 2,
  address: 8,
  size: "small",
  listens: {
    // NGINX speaks TLS for the scheduler, which answers for its metrics and its health on loopback.
    app: metrics(9101), // TKT-4.3
    upstream: workerMetrics,
  },
  health: httpProbe("/health", "app"),
  units: [
    {
      name: "ticketing-scheduler",
      user: "ticketing-scheduler",
      directory: "/opt/ticketing",
      exec: "/opt/ticketing/venv/bin/python -m app.scheduler",
      runtime: "python3.13", // TKT-5.7
      environment: {
        path: "/opt/ticketing/scheduler.env",
        // The port's name is ours: no requirement gives one.
        values: { ...shared, METRICS_TOKEN: secrets.metricsToken, METRICS_PORT: workerMetrics.port },
      },
    },
    {
      name: "ticketing-bot",
      user: "ticketing-bot",
      directory: "/opt/ticketing",
      exec: "/opt/ticketing/venv/bin/python -m app.bot",
      runtime: "python3.13", // TKT-5.7
      environment: {
        path: "/opt/ticketing/bot.env",
        values: { ...shared, TELEGRAM_BOT_TOKEN: secrets.botToken, SMS_API_KEY: secrets.smsKey }, // TKT-2.2
      },
    },
  ],
  certificates,
});

export const site = web("web", {
  why: "the ticketing site and its API",
  host: "tickets",
  to: api.listens.web,
  health: "/health",
  body: kib(8),
  counted: [
    countsOnly("common", "CrossSiteScripting_BODY", "tickets hold pasted pages; the site escapes them", "2027-06-30"),
    countsOnly("common", "GenericRFI_BODY", "tickets hold addresses of pages that fail", "2027-06-30"),
    countsOnly("sql", "SQLi_BODY", "tickets hold statements and log lines", "2027-06-30"),
  ],
  // Rates (TKT-1.5) and parallel connections (TKT-1.6) of each client. Only the rate of auth is given; all other
  // figures are ours, to be set from the traffic observed by class (TKT-1.1).
  routes: [
    {
      class: "auth",
      paths: ["/api/auth/*"], // TKT-1.1
      rate: perSecond(5), // TKT-1.2
      burst: 4, // over two hosts 20 logins at once are more than both let through
      connections: 5,
    },
    {
      class: "tickets",
      paths: ["/api/tickets", "/api/tickets/*"], // TKT-1.1
      rate: perSecond(20),
      burst: 40,
      connections: 20,
      body: mib(1),
    },
    {
      class: "files",
      paths: ["/api/files/*"], // TKT-1.1
      rate: perSecond(5),
      burst: 10,
      connections: 5,
      body: mib(25),
    },
    { class: "other", paths: ["/*"], rate: perSecond(30), burst: 60, connections: 30 },
  ],
});
