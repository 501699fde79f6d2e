import { beforeAll, describe, expect, test } from "vitest";
import { type Rendered, the } from "../service/support/render.ts";
import {
  callersOf,
  containerOf,
  nginxOf,
  podOf,
  podsIn,
  policyOf,
  prometheus,
  released,
  variablesOf,
} from "./support/production.ts";

/** What requirements ask of the pods of student-allocation, as the cluster would get them. */

let objects: readonly Rendered[];
beforeAll(async () => {
  objects = await released("student-allocation");
});

const secret = (name: string) => `<production/student-allocation/${name}>`;
const database = (login: string, password: string) =>
  `postgresql://${login}:${secret(password)}@</production/student-allocation/database-endpoint>:5432/allocation?sslmode=verify-full&sslrootcert=/etc/ssl/rds/global-bundle.pem&target_session_attrs=read-write`;

const rows: readonly (readonly [claims: string, workload: string, values: Readonly<Record<string, string>>])[] = [
  [
    "[ALC-1.1] [ALC-4.1] [ALC-7.1]",
    "api",
    {
      CORS_ALLOWED_HEADERS: "Authorization,X-API-Key,Content-Type,Idempotency-Key,X-Request-ID",
      CORS_EXPOSED_HEADERS: "X-Correlation-ID,Retry-After,X-RateLimit-Remaining",
    },
  ],
  ["[ALC-1.3] [ALC-SEC.1]", "api", { JWT_ALGORITHMS: "HS256", JWT_SIGNING_KEY: secret("jwt-signing-key") }],
  [
    "[ALC-1.4]",
    "api",
    { JWT_ALLOWED_AUD: "student-allocation-production", JWT_ALLOWED_ISS: "https://allocation.example.org" },
  ],
  ["[ALC-1.5]", "api", { JWT_CLOCK_SKEW_SECONDS: "120" }],
  ["[ALC-1.7]", "api", { API_KEY_HMAC_SECRET: secret("api-key-hmac"), DATABASE_URL: database("app", "db-app") }],
  ["[ALC-1.9]", "api-keys", { API_KEY_HMAC_SECRET: secret("api-key-hmac"), DATABASE_URL: database("keys", "db-keys") }],
  [
    "[ALC-2.1]",
    "api",
    {
      REDIS_SENTINELS: [..."abc"]
        .map((zone) => `redis-${zone}.student-allocation.production.internal.example.org:26379`)
        .join(","),
      REDIS_PRIMARY: "redis",
      REDIS_USERNAME: "app",
      REDIS_PASSWORD: secret("redis-app"),
      REDIS_CA_FILE: "/etc/tls/ca.crt",
    },
  ],
  ["[ALC-2.2]", "api", { REDIS_NAMESPACE: "alloc:production" }],
  ["[ALC-2.3]", "api", { IDEMPOTENCY_TTL_SECONDS: "86400" }],
  ["[ALC-2.6]", "api", { REDIS_MAX_RETRIES: "9" }],
  ["[ALC-2.7]", "api", { REDIS_BASE_DELAY_MS: "100" }],
  ["[ALC-2.8]", "api", { REDIS_MAX_DELAY_MS: "2000" }],
  ["[ALC-2.9]", "api", { REDIS_JITTER_MS: "100" }],
  ["[ALC-2.10]", "api", { RATE_LIMIT_FAIL_OPEN_GET: "true" }],
  ["[ALC-2.11]", "api", { RATE_LIMIT_FAIL_OPEN_POST: "false" }],
  ["[ALC-3.1]", "api", { RATE_LIMIT_POST_ALLOCATIONS: "5/1s" }],
  ["[ALC-3.2]", "api", { RATE_LIMIT_GET_STATUS: "20/1s" }],
  ["[ALC-4.2]", "api", { IDEMPOTENCY_SALT: secret("idempotency-salt") }],
  ["[ALC-5.2]", "api", { MAX_BODY_BYTES: "32768" }],
  ["[ALC-6.8] [ALC-SEC.2]", "api", { METRICS_TOKEN: secret("metrics-token") }],
  [
    "[ALC-6.10]",
    "api",
    {
      OTEL_PROPAGATORS: "tracecontext,baggage",
      OTEL_TRACES_EXPORTER: "otlp",
      OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
      OTEL_TRACES_SAMPLER_ARG: "0.1",
      OTEL_EXPORTER_OTLP_ENDPOINT: "https://tempo.observability.production.internal.example.org:4317",
      OTEL_EXPORTER_OTLP_CERTIFICATE: "/etc/tls/ca.crt",
      OTEL_SERVICE_NAME: "student-allocation-api",
    },
  ],
  ["[ALC-7.5]", "api", { CORS_ALLOWED_ORIGINS: "https://allocation.example.org" }],
];
test.each(
  rows.map(([claims, workload, values]) => ({ claims, workload, values, keys: Object.keys(values).join(", ") })),
)("$workload starts with $keys $claims", ({ workload, values }) => {
  expect(variablesOf(objects, workload)).toMatchObject(values);
});

test("the tool for API keys runs when somebody starts it, never by itself [ALC-1.9]", () => {
  const { suspend } = the(objects, "CronJob", "api-keys").spec;

  expect([suspend, containerOf(objects, "api-keys").command]).toEqual([true, ["python", "tools/api_keys.py"]]);
  expect(podOf(objects, "api-keys").serviceAccountName).toBe("api-keys");
});

describe("metrics", () => {
  test("are served over TLS on a port of their own, of every pod of the API [ALC-6.3]", () => {
    const api = the(objects, "Service", "api").spec.ports.map(
      ({ name, port }: { readonly name: string; readonly port: number }) => [name, port],
    );

    expect(Object.fromEntries(api)).toEqual({ metrics: 9102, web: 8443 });
    expect(nginxOf(objects, "api")).toMatch(
      /"~\*?\^[^"]*\/metrics[^"]*" 1;\s+}\s+server {\s+listen 9102 ssl;[\s\S]*?proxy_pass http:\/\/127\.0\.0\.1:8000\//,
    );
    expect(callersOf(objects, "api", 9102)).toEqual(prometheus);
  });

  test("are reached by Prometheus alone, and shown by no other port [ALC-6.8] [ALC-SEC.2]", () => {
    const listens = (port: number) =>
      nginxOf(objects, "api").match(new RegExp(`map \\$uri \\$\\w+ {([^}]*)}\\s+server {\\s+listen ${port} ssl`))?.[1];

    expect(callersOf(objects, "api", 9102)).toEqual(prometheus);
    expect(callersOf(objects, "api", 8443)).toEqual(["edge"]);
    expect(listens(8443)?.trim().split(/;\s*/)).toEqual(["default 1", String.raw`"~*^(?:/metrics\z|/metrics/)" 0`, ""]);
  });
});

test("traces may leave for Tempo's hosts, and nowhere else by that port [ALC-6.10]", () => {
  const peers = policyOf(objects, "api").egress.flatMap(({ ports, to }) =>
    ports.some(({ port }: { readonly port: number }) => port === 4317) ? to : [],
  );

  expect(peers).toEqual(["10.30.210.12/32", "10.30.214.12/32"].map((cidr) => ({ ipBlock: { cidr } })));
});

test("both colours of the API start with the same salt, or a repeated request would be taken for another [ALC-4.2]", () => {
  expect([...podsIn(objects).keys()].filter((name) => name.startsWith("api-")).toSorted()).toEqual([
    "api-blue",
    "api-green",
    "api-keys",
  ]);
  expect(variablesOf(objects, "api-green", "api")).toEqual(variablesOf(objects, "api-blue", "api"));
});
