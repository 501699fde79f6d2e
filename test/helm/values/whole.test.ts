import { expect, test } from "vitest";
import { realValues } from "./small.ts";

/** Whole values of the component that has most kinds of them; others differ in figures. */

const names = { to: [{ ipBlock: { cidr: "172.20.0.10/32" } }] };
const blocks = (...cidrs: readonly string[]) => cidrs.map((cidr) => ({ ipBlock: { cidr } }));
const tcp = (...ports: readonly number[]) => ports.map((port) => ({ protocol: "TCP", port }));
const health = (period: number, failures: number) => ({
  httpGet: { path: "/health", port: 8443, scheme: "HTTPS" },
  periodSeconds: period,
  timeoutSeconds: 3,
  failureThreshold: failures,
});

test("the API of student-allocation in staging is what the catalogue says [ALC-1.3] [ALC-1.4] [ALC-1.5] [ALC-1.7] [ALC-2.1] [ALC-2.2] [ALC-2.3] [ALC-2.6] [ALC-2.7] [ALC-2.8] [ALC-2.9] [ALC-2.10] [ALC-2.11] [ALC-3.1] [ALC-3.2] [ALC-4.2] [ALC-5.2] [ALC-7.5]", () => {
  expect(realValues("staging", "student-allocation").components["api"]).toEqual({
    why: "allocates students and answers for it",
    image: "platform/student-allocation",
    resources: {
      requests: { cpu: "500m", memory: "512Mi", "ephemeral-storage": "228Mi" },
      limits: { memory: "512Mi", "ephemeral-storage": "228Mi" },
    },
    env: {
      ENVIRONMENT: "staging",
      UVICORN_HOST: "127.0.0.1",
      UVICORN_PORT: "8000",
      JWT_ALGORITHMS: "HS256",
      JWT_ALLOWED_AUD: "student-allocation-staging",
      JWT_ALLOWED_ISS: "https://allocation.staging.example.org",
      JWT_CLOCK_SKEW_SECONDS: "120",
      IDEMPOTENCY_TTL_SECONDS: "86400",
      REDIS_SENTINELS: [..."abc"]
        .map((zone) => `redis-${zone}.student-allocation.staging.internal.example.org:26379`)
        .join(","),
      REDIS_PRIMARY: "redis",
      REDIS_USERNAME: "app",
      REDIS_CA_FILE: "/etc/tls/ca.crt",
      REDIS_NAMESPACE: "alloc:staging",
      REDIS_MAX_RETRIES: "9",
      REDIS_BASE_DELAY_MS: "100",
      REDIS_MAX_DELAY_MS: "2000",
      REDIS_JITTER_MS: "100",
      RATE_LIMIT_POST_ALLOCATIONS: "5/1s",
      RATE_LIMIT_GET_STATUS: "20/1s",
      RATE_LIMIT_FAIL_OPEN_GET: "true",
      RATE_LIMIT_FAIL_OPEN_POST: "false",
      MAX_BODY_BYTES: "32768",
      CORS_ALLOWED_ORIGINS: "https://allocation.staging.example.org",
      CORS_ALLOWED_HEADERS: "Authorization,X-API-Key,Content-Type,Idempotency-Key,X-Request-ID",
      CORS_EXPOSED_HEADERS: "X-Correlation-ID,Retry-After,X-RateLimit-Remaining",
      OTEL_PROPAGATORS: "tracecontext,baggage",
      OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
      OTEL_TRACES_SAMPLER_ARG: "0.1",
      OTEL_TRACES_EXPORTER: "otlp",
      OTEL_METRICS_EXPORTER: "none",
      OTEL_LOGS_EXPORTER: "none",
      OTEL_EXPORTER_OTLP_ENDPOINT: "https://tempo.observability.staging.internal.example.org:4317",
      OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
      OTEL_EXPORTER_OTLP_CERTIFICATE: "/etc/tls/ca.crt",
      OTEL_SERVICE_NAME: "student-allocation-api",
      OTEL_RESOURCE_ATTRIBUTES: "service.namespace=student-allocation,deployment.environment.name=staging",
    },
    secrets: {
      JWT_SIGNING_KEY: { secret: "staging/student-allocation/jwt-signing-key" },
      API_KEY_HMAC_SECRET: { secret: "staging/student-allocation/api-key-hmac" },
      IDEMPOTENCY_SALT: { secret: "staging/student-allocation/idempotency-salt" },
      REDIS_PASSWORD: { secret: "staging/student-allocation/redis-app" },
      METRICS_TOKEN: { secret: "staging/student-allocation/metrics-token" },
      SECRET_DB_APP: { secret: "staging/student-allocation/db-app" },
      DATABASE_ENDPOINT: { parameter: "/staging/student-allocation/database-endpoint" },
    },
    composed: {
      DATABASE_URL:
        "postgresql://app:$(SECRET_DB_APP)@$(DATABASE_ENDPOINT):5432/allocation?sslmode=verify-full&sslrootcert=/etc/ssl/rds/global-bundle.pem&target_session_attrs=read-write",
    },
    scratch: { "/tmp": "128Mi" },
    certificate: {
      commonName: "api.student-allocation",
      dnsNames: ["api.student-allocation.svc.cluster.local", "api.student-allocation.svc"],
      usages: ["server auth"],
    },
    trustsDatabases: true,
    network: {
      ingress: [
        {
          from: [
            {
              podSelector: {
                matchLabels: {
                  "app.kubernetes.io/name": "edge",
                  "app.kubernetes.io/part-of": "student-allocation",
                },
              },
            },
          ],
          ports: tcp(8443),
        },
        { from: blocks("10.20.210.4/32", "10.20.214.4/32"), ports: tcp(9102) },
      ],
      egress: [
        { to: blocks("10.20.64.0/22", "10.20.68.0/22", "10.20.72.0/22"), ports: tcp(5432) },
        { to: blocks("10.20.67.4/32", "10.20.71.4/32", "10.20.75.4/32"), ports: tcp(6379, 26379) },
        { to: blocks("10.20.210.12/32", "10.20.214.12/32"), ports: tcp(4317) },
        { ...names, ports: [{ protocol: "UDP", port: 53 }, ...tcp(53)] },
      ],
    },
    deploy: "blue-green",
    replicas: { min: 2, max: 10, cpuPercent: 70 },
    ports: { web: 8443, metrics: 9102 },
    probes: { startup: health(5, 30), readiness: health(10, 3), liveness: health(20, 6) },
    longestRequestSeconds: 30,
    sidecar: {
      web: {
        port: 8443,
        upstream: 8000,
        speaks: "http",
        hidden: ["/metrics", "/metrics/*"],
        bodyBytes: 0,
        timeoutSeconds: 32,
      },
      metrics: {
        port: 9102,
        upstream: 8000,
        speaks: "http",
        only: ["/metrics"],
        bodyBytes: 1024,
        timeoutSeconds: 32,
      },
    },
  });
});
