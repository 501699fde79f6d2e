import {
  bucketOf,
  environmentDomain,
  environmentRegion,
  execProbe,
  gib,
  hostOf,
  httpProbe,
  loopback,
  membersOf,
  metrics,
  mib,
  millicores,
  minutes,
  percent,
  pods,
  seconds,
  tcpProbe,
  text,
} from "../../define.ts";
import { endpoints, trust } from "../../platform.ts";
import { clamav } from "./components.ts";
import { secrets } from "./secrets.ts";
import { application, clientCertificate, databaseAddress, label, longestTask, queues, shared } from "./settings.ts";
import { attachments, database, redis } from "./stores.ts";

/** The pods that work without being asked: Celery's workers and scheduler, and the exporters. Sizes are ours. */

/**
 * Workers and beat touch a file while their loop turns (a contract with the application).
 * It asks nobody, for a restart mends no broker (MUN-4.11).
 */
const touched = (file: string, within: string) => ["/bin/sh", "-c", `test -n "$(find ${file} -mmin -${within})"`];

export const worker = pods("worker", {
  why: "works off the queues: scans, mail, exports (MUN-0.1)",
  image: application,
  // Events feed the exporter (MUN-3.3).
  command: ["celery", "--app=app.worker", "worker", `--queues=${queues}`, "--task-events"],
  replicas: { min: 3, max: 12, cpu: percent(70) }, // MUN-4.8
  resources: { cpu: millicores(500), memory: gib(1) },
  listens: {},
  probes: {
    startup: execProbe(touched("/tmp/worker-alive", "5"), { every: seconds(5), timeout: seconds(5), failures: 24 }),
    readiness: execProbe(
      ["/bin/sh", "-c", 'celery --app=app.worker inspect ping --destination="celery@$HOSTNAME" --timeout=8'],
      { every: minutes(1), timeout: seconds(20) }, // MUN-4.10
    ),
    liveness: execProbe(touched("/tmp/worker-alive", "10"), { every: minutes(1), timeout: seconds(5) }),
  },
  longestRequest: longestTask,
  environment: {
    ...shared,
    ...clientCertificate,
    DATABASE_URL: databaseAddress("worker"),
    REDIS_USERNAME: "worker",
    REDIS_PASSWORD: secrets.redisWorker,
    ATTACHMENTS_BUCKET: bucketOf(attachments),
    CLAMAV_HOST: hostOf(clamav.listens.clamd),
    CLAMAV_PORT: clamav.listens.clamd.port,
    SMTP_HOST: text`email-smtp.${environmentRegion}.amazonaws.com`, // MUN-1.9
    SMTP_PORT: endpoints.mail.port,
    SMTP_CREDENTIALS: secrets.smtp,
    MAIL_FROM: text`no-reply@${label}.${environmentDomain}`,
  },
  scratch: { "/tmp": gib(1) },
});

export const beat = pods("beat", {
  why: "puts scheduled tasks into the queues; one only, or each task would run twice",
  image: application,
  // Schedule and lock live in Redis: nothing is missed or doubled while the pod moves.
  command: ["celery", "--app=app.worker", "beat", "--scheduler=redbeat.RedBeatScheduler"],
  singleton: true,
  replicas: { min: 1, max: 1, cpu: percent(70) },
  resources: { cpu: millicores(100), memory: mib(256) },
  listens: {},
  probes: {
    startup: execProbe(touched("/tmp/beat-alive", "5"), { every: seconds(5), timeout: seconds(5), failures: 24 }),
    readiness: execProbe(touched("/tmp/beat-alive", "5"), { every: minutes(1), timeout: seconds(5) }),
    liveness: execProbe(touched("/tmp/beat-alive", "10"), { every: minutes(1), timeout: seconds(5) }),
  },
  environment: { ...shared, REDIS_USERNAME: "worker", REDIS_PASSWORD: secrets.redisWorker },
  scratch: { "/tmp": mib(64) },
});

const celeryMetrics = loopback(19808);
/** The sentinel transport of Celery takes one address per member and the Redis login from the first. */
const sentinelAddresses = text`sentinel://queues:${secrets.redisQueues}@${membersOf(redis.listens.sentinel, ";sentinel://")}`;
export const queueExporter = pods("queue-exporter", {
  why: "lengths of queues, results of tasks, living workers (MUN-3.3); two would count twice",
  image: "celery-exporter",
  singleton: true,
  replicas: { min: 1, max: 1, cpu: percent(70) },
  resources: { cpu: millicores(100), memory: mib(256) },
  listens: { metrics: metrics(9808), app: celeryMetrics }, // MUN-3.3
  probes: {
    startup: httpProbe("/health", "metrics", { every: seconds(5), timeout: seconds(5), failures: 24 }),
    readiness: httpProbe("/health", "metrics", { every: seconds(30), timeout: seconds(5) }),
    liveness: tcpProbe("metrics"),
  },
  environment: {
    CE_HOST: "127.0.0.1",
    CE_PORT: celeryMetrics.port,
    CE_BROKER_URL: sentinelAddresses,
    CE_BROKER_TRANSPORT_OPTION: text`master_name=${redis.name} sentinel_kwargs={"ssl":true,"ssl_ca_certs":"${trust.internal}","username":"queues","password":"${secrets.redisQueues}"}`,
    CE_BROKER_SSL_OPTION: `ssl_cert_reqs=required ssl_ca_certs=${trust.internal}`,
    CE_QUEUES: queues,
    CE_RETRY_INTERVAL: 5,
  },
  scratch: { "/tmp": mib(64) },
});

const postgresMetrics = loopback(19187);
export const databaseExporter = pods("db-exporter", {
  why: "what PostgreSQL tells of itself (MUN-3.4); two would count twice",
  image: "quay/prometheuscommunity/postgres-exporter", // through our registry; the digest is pinned there
  singleton: true,
  replicas: { min: 1, max: 1, cpu: percent(70) },
  resources: { cpu: millicores(100), memory: mib(128) },
  listens: { metrics: metrics(9187), app: postgresMetrics },
  probes: {
    startup: httpProbe("/", "metrics", { every: seconds(2), failures: 30 }),
    readiness: httpProbe("/", "metrics"),
    liveness: tcpProbe("metrics"),
  },
  environment: {
    PG_EXPORTER_WEB_LISTEN_ADDRESS: `127.0.0.1:${postgresMetrics.port}`,
    DATA_SOURCE_URI: text`${hostOf(database.listens.sql)}:${database.listens.sql.port}/${database.database}?sslmode=verify-full&sslrootcert=${trust.rds}`,
    DATA_SOURCE_USER: "monitor",
    DATA_SOURCE_PASS: secrets.dbMonitor,
  },
});
