import {
  edge,
  environmentName,
  hours,
  httpProbe,
  https,
  kib,
  loopback,
  membersOf,
  metrics,
  mib,
  millicores,
  originsOf,
  percent,
  perSecond,
  pods,
  postgresAddress,
  seconds,
  strictHeaders,
  text,
  web,
} from "../../define.ts";
import { trust } from "../../platform.ts";
import { database, redis, secrets } from "./stores.ts";

/** The pods of student allocation and its public entrypoint. */

/** The application's own limits, per consumer. */
const limits = { post: perSecond(5), status: perSecond(20) }; // ALC-3.1, ALC-3.2

/** Consumers behind one address share the edge's limit, so it is looser; it still holds while Redis is away (ALC-SEC.4). */
const EDGE = 4;
const FIVE_MINUTES = 300;
const atEdge = ({ requests, per }: typeof limits.post) => ({
  rate: { requests: requests * EDGE, per },
  burst: requests * EDGE,
  connections: requests * EDGE,
});

const routes = [
  { class: "allocate", paths: ["/allocations"], methods: ["POST"], ...atEdge(limits.post) },
  { class: "status", paths: ["/status"], methods: ["GET"], ...atEdge(limits.status) },
  { class: "other", paths: ["/*"], ...atEdge(limits.status) },
];

export const front = edge({ why: "ends TLS from the load balancer; limits, headers and errors in Persian (ALC-5.5)" });

export const site = web("web", {
  why: "the allocation API",
  host: "allocation",
  to: front.listens.web,
  health: "/health", // Not /status, which is limited (ALC-3.2).
  body: kib(32), // ALC-5.2
  headers: strictHeaders, // ALC-7.2, ALC-7.3, ALC-7.4
  errors: "envelope-fa", // ALC-5.5, ALC-3.4
  requestId: "keep", // ALC-7.1: a 32-digit id of NGINX is no UUIDv4, so the application makes missing ones.
  hidden: ["/metrics", "/metrics/*"], // ALC-6.8; the token comes on top, never instead (ALC-SEC.2)
  corsOrigins: [], // The application answers preflights by its own list (ALC-7.5); a second list could only differ.
  routes,
  // All that the edge lets through: whoever is over a limit shall meet the edge first, which writes the envelope.
  flood: FIVE_MINUTES * routes.reduce((sum, { rate }) => sum + rate.requests, 0),
});

/** `DATABASE_URL` of one login (ALC-1.7). */
export const postgres = (login: keyof typeof database.accounts) => postgresAddress(database, login);

/**
 * Nine retries wait 11.1 s, with jitter at most 12 s: longer than Sentinel needs to promote a replica (5 s to notice,
 * some seconds to agree), shorter than the longest request (30 s) and the load balancer's idle time. The requirements
 * name the settings; the figures are ours.
 */
const redisRetry = {
  REDIS_MAX_RETRIES: 9, // ALC-2.6
  REDIS_BASE_DELAY_MS: 100, // ALC-2.7
  REDIS_MAX_DELAY_MS: 2_000, // ALC-2.8
  REDIS_JITTER_MS: 100, // ALC-2.9
};

const application = loopback(8000);

export const api = pods("api", {
  why: "allocates students and answers for it",
  image: "student-allocation",
  deploy: "blue-green",
  replicas: { min: 3, max: 10, cpu: percent(70) },
  resources: { cpu: millicores(500), memory: mib(512) },
  longestRequest: seconds(30),
  listens: { web: https(8443), app: application, metrics: metrics(9102) },
  probes: {
    startup: httpProbe("/health", "web", { every: seconds(5), failures: 30 }),
    readiness: httpProbe("/health", "web"),
    // The same path as readiness, which may ask a store: two minutes, for a restart mends none.
    liveness: httpProbe("/health", "web", { every: seconds(20), failures: 6 }),
  },
  scratch: { "/tmp": mib(128) },
  environment: {
    ENVIRONMENT: environmentName,
    UVICORN_HOST: "127.0.0.1", // ASGI (ALC-8.11)
    UVICORN_PORT: application.port,
    DATABASE_URL: postgres("app"),

    JWT_SIGNING_KEY: secrets.jwtKey,
    JWT_ALGORITHMS: "HS256", // ALC-1.3
    JWT_ALLOWED_AUD: text`student-allocation-${environmentName}`, // ALC-1.4
    JWT_ALLOWED_ISS: originsOf(site), // ALC-1.4; who shares an HS256 key is one system (ALC-SEC.1)
    JWT_CLOCK_SKEW_SECONDS: seconds(120), // ALC-1.5
    API_KEY_HMAC_SECRET: secrets.apiKeyHmac, // ALC-1.7
    IDEMPOTENCY_SALT: secrets.idempotencySalt, // ALC-4.2
    IDEMPOTENCY_TTL_SECONDS: hours(24), // ALC-2.3

    REDIS_SENTINELS: membersOf(redis.listens.sentinel), // ALC-2.1
    REDIS_PRIMARY: redis.name,
    REDIS_USERNAME: "app",
    REDIS_PASSWORD: secrets.redisApp,
    REDIS_CA_FILE: trust.internal,
    REDIS_NAMESPACE: text`alloc:${environmentName}`, // ALC-2.2
    ...redisRetry,

    RATE_LIMIT_POST_ALLOCATIONS: `${limits.post.requests}/${limits.post.per}s`, // ALC-3.1
    RATE_LIMIT_GET_STATUS: `${limits.status.requests}/${limits.status.per}s`, // ALC-3.2
    RATE_LIMIT_FAIL_OPEN_GET: true, // ALC-2.10
    RATE_LIMIT_FAIL_OPEN_POST: false, // ALC-2.11

    MAX_BODY_BYTES: kib(32), // ALC-5.2
    CORS_ALLOWED_ORIGINS: originsOf(site), // ALC-7.5
    CORS_ALLOWED_HEADERS: "Authorization,X-API-Key,Content-Type,Idempotency-Key,X-Request-ID", // ALC-1.1, ALC-4.1, ALC-7.1
    CORS_EXPOSED_HEADERS: "X-Correlation-ID,Retry-After,X-RateLimit-Remaining", // ALC-7.1, ALC-3.4

    METRICS_TOKEN: secrets.metricsToken, // ALC-6.8
    OTEL_PROPAGATORS: "tracecontext,baggage", // ALC-6.10
    OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
    OTEL_TRACES_SAMPLER_ARG: 0.1, // Ours: one request in ten.
  },
});
