import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { startApplication } from "../nginx/support/application.ts";
import { authority } from "../nginx/support/authority.ts";
import { generated } from "../nginx/support/configuration.ts";
import { startEdge } from "../nginx/support/edge.ts";
import { canRun } from "../nginx/support/nginx.ts";
import { startSidecar } from "../nginx/support/sidecar.ts";
import { names, type Rendered, the } from "../service/support/render.ts";
import {
  callersOf,
  containerOf,
  nginxOf,
  podsIn,
  policyOf,
  prometheus,
  released,
  variablesOf,
} from "./support/production.ts";

/** What requirements ask of the pods of resident-services, as the cluster would get them. */

let objects: readonly Rendered[];
beforeAll(async () => {
  objects = await released("resident-services");
});

const secret = (name: string) => `<production/resident-services/${name}>`;
const host = "</production/resident-services/database-endpoint>";
const database = (login: string, password: string) =>
  `postgresql://${login}:${secret(password)}@${host}:5432/residents?sslmode=verify-full&sslrootcert=/etc/ssl/rds/global-bundle.pem&target_session_attrs=read-write`;
const redisHost = (zone: string) => `redis-${zone}.resident-services.production.internal.example.org:26379`;
const redis = {
  REDIS_SENTINELS: [..."abc"].map(redisHost).join(","),
  REDIS_PRIMARY: "redis",
  REDIS_TLS: "true",
  REDIS_CA_FILE: "/etc/tls/ca.crt",
};
const scanner = { CLAMAV_HOST: "clamav.resident-services.svc.cluster.local", CLAMAV_PORT: "3310" };
const tracing = {
  OTEL_TRACES_EXPORTER: "otlp",
  OTEL_EXPORTER_OTLP_ENDPOINT: "https://tempo.observability.production.internal.example.org:4317",
  OTEL_EXPORTER_OTLP_CERTIFICATE: "/etc/tls/ca.crt",
};

const rows: readonly (readonly [claims: string, workload: string, values: Readonly<Record<string, string>>])[] = [
  [
    "[MUN-1.1]",
    "api",
    {
      JWT_SIGNING_KEY: secret("jwt-signing-key"),
      OIDC_ISSUER: "https://idp.example.org",
      OIDC_CLIENT_SECRET: secret("oidc-credential"),
    },
  ],
  [
    "[MUN-1.2]",
    "api",
    {
      SAML_IDP_METADATA_URL: "https://idp.example.org/saml/metadata",
      SAML_SP_ENTITY_ID: "https://residents.example.org/api/auth/saml/metadata",
      SAML_SP_KEY: secret("saml-sp-key"),
    },
  ],
  ["[MUN-1.5] [MUN-2.5]", "api", { ...redis, REDIS_USERNAME: "app", REDIS_PASSWORD: secret("redis-app") }],
  ["[MUN-1.6]", "api", { SESSION_INACTIVITY_TIMEOUT_SECONDS: "1800" }],
  [
    "[MUN-1.9]",
    "worker",
    {
      SMTP_HOST: "email-smtp.eu-central-1.amazonaws.com",
      SMTP_PORT: "587",
      SMTP_CREDENTIALS: secret("smtp-credentials"),
      MAIL_FROM: "no-reply@residents.example.org",
    },
  ],
  ["[MUN-2.3]", "api", { DATABASE_URL: database("app", "db-app"), REDIS_TLS: "true" }],
  ["[MUN-2.3]", "worker", { ...redis, DATABASE_URL: database("worker", "db-tasks") }],
  [
    "[MUN-2.4]",
    "worker",
    { TLS_CERT_FILE: "/etc/tls/tls.crt", TLS_KEY_FILE: "/etc/tls/tls.key", TLS_CA_FILE: "/etc/tls/ca.crt" },
  ],
  ["[MUN-2.7]", "api", scanner],
  ["[MUN-2.7]", "worker", scanner],
  [
    "[MUN-2.10] [MUN-2.13]",
    "purge",
    {
      ATTACHMENTS_BUCKET: "prd-mun-attachments-333333333333",
      DATABASE_URL: database("purge", "db-purge"),
      RETENTION_DAYS_REQUESTS: "1825",
      RETENTION_DAYS_ATTACHMENTS: "1825",
      RETENTION_DAYS_EXPORTS: "7",
    },
  ],
  ["[MUN-2.11]", "audit-anchor", { BACKUP_DIR: "/backup", DATABASE_URL: database("audit", "db-audit") }],
  ["[MUN-3.1]", "api", { LOG_FORMAT: "json" }],
  ["[MUN-3.1]", "worker", { LOG_FORMAT: "json" }],
  ["[MUN-3.1]", "beat", { LOG_FORMAT: "json" }],
  ["[MUN-3.2]", "api", { METRICS_TOKEN: secret("metrics-token") }],
  [
    "[MUN-3.3]",
    "queue-exporter",
    {
      CE_BROKER_URL: `sentinel://queues:${secret("redis-queue")}@${[..."abc"].map(redisHost).join(";sentinel://")}`,
      CE_BROKER_SSL_OPTION: "ssl_cert_reqs=required ssl_ca_certs=/etc/tls/ca.crt",
      CE_QUEUES: "default,scans,mail,exports",
    },
  ],
  [
    "[MUN-3.4]",
    "db-exporter",
    {
      DATA_SOURCE_URI: `${host}:5432/residents?sslmode=verify-full&sslrootcert=/etc/ssl/rds/global-bundle.pem`,
      DATA_SOURCE_USER: "monitor",
      DATA_SOURCE_PASS: secret("db-monitor"),
    },
  ],
  ["[MUN-3.6]", "api", { ...tracing, OTEL_SERVICE_NAME: "resident-services-api" }],
  ["[MUN-3.6]", "worker", { ...tracing, OTEL_SERVICE_NAME: "resident-services-worker" }],
  ["[MUN-3.6]", "beat", { ...tracing, OTEL_SERVICE_NAME: "resident-services-beat" }],
  ["[MUN-4.5]", "migrate", { DATABASE_URL: database("migrate", "db-migrate") }],
  ["[MUN-6.5]", "frontend", { TENANT_NAME: "Example Municipality", TENANT_BRANDING: "/branding/example" }],
];
test.each(
  rows.map(([claims, workload, values]) => ({ claims, workload, values, keys: Object.keys(values).join(", ") })),
)("$workload starts with $keys $claims", ({ workload, values }) => {
  expect(variablesOf(objects, workload)).toMatchObject(values);
});

test("no container starts with an API key of administrators [MUN-SEC.1]", () => {
  const started = [...podsIn(objects)].flatMap(([name, { initContainers = [], containers }]) =>
    [...initContainers, ...containers].flatMap((container) =>
      Object.keys(variablesOf(objects, name, container.name)).map((key) => `${name}: ${key}`),
    ),
  );

  expect(started.length).toBeGreaterThan(200);
  expect(started.filter((each) => /ADMIN.*KEY|API_KEY/.test(each))).toEqual([]);
});

describe("encryption", () => {
  test("is TLS 1.2 or newer wherever NGINX listens, with certificates of the internal authority [MUN-2.2]", () => {
    const listening = names(objects, "Service");

    expect(listening).toEqual(["api", "clamav", "db-exporter", "edge", "frontend", "queue-exporter"]);
    for (const name of listening) {
      const versions = nginxOf(objects, name).match(/(?<!proxy_)ssl_protocols [^;]*/g) ?? [];
      expect(new Set(versions)).toEqual(new Set(["ssl_protocols TLSv1.2 TLSv1.3"]));
      expect(the(objects, "Certificate", name).spec.issuerRef.name).toBe("internal");
    }
  });

  test("is on every port that others reach: applications listen on loopback [MUN-2.3]", () => {
    for (const name of names(objects, "Service")) {
      const clear = the(objects, "Service", name)
        .spec.ports.map(({ port }: { readonly port: number }) => port)
        .filter((port: number) => !new RegExp(`listen ${port} ssl\\b`).test(nginxOf(objects, name)));
      expect({ name, clear }).toEqual({ name, clear: [] });
    }
    const told = ["api", "clamav", "queue-exporter", "db-exporter"].map((name) => variablesOf(objects, name));
    expect(
      told.map(
        ({ UVICORN_HOST, CLAMD_CONF_TCPAddr, CE_HOST, PG_EXPORTER_WEB_LISTEN_ADDRESS }) =>
          UVICORN_HOST ?? CLAMD_CONF_TCPAddr ?? CE_HOST ?? PG_EXPORTER_WEB_LISTEN_ADDRESS,
      ),
    ).toEqual(["127.0.0.1", "127.0.0.1", "127.0.0.1", "127.0.0.1:19187"]);
  });

  test("between pods is mutual: API, front end and scanner ask callers who they are [MUN-2.4] [MUN-SEC.3]", () => {
    const admitted = Object.fromEntries(
      ["api", "clamav", "frontend"].map((name) => [
        name,
        [...nginxOf(objects, name).matchAll(/"~\^CN=([^"]*)\\z"/g)].map(([, caller = ""]) =>
          caller.replaceAll("\\", ""),
        ),
      ]),
    );

    expect(admitted).toEqual({
      api: ["edge.resident-services"],
      clamav: ["api.resident-services", "worker.resident-services"],
      frontend: ["edge.resident-services"],
    });
    for (const name of Object.keys(admitted)) {
      expect(nginxOf(objects, name)).toMatch(
        /listen (8443|3310) ssl;(?:\s+access_log [^;]*;)?\s+ssl_verify_client on;/,
      );
    }
  });
});

describe("the staff's identity provider", () => {
  test("is reached by the API on 443; of the others the scanner alone may leave, for its signatures [MUN-1.2]", () => {
    const leaves = (name: string) =>
      policyOf(objects, name).egress.some(
        ({ ports, to }) =>
          ports.some(({ port }: { readonly port: number }) => port === 443) &&
          to.some(({ ipBlock }: { readonly ipBlock?: { readonly cidr: string } }) => ipBlock?.cidr === "0.0.0.0/0"),
      );

    // The network firewall pairs each source with its own names.
    expect(names(objects, "NetworkPolicy").filter(leaves)).toEqual(["api", "clamav"]);
  });
});

describe.runIf(canRun())("a client", () => {
  test("is known to the application by its own address and agent, through CloudFront, edge and sidecar [MUN-1.7]", async () => {
    const folder = mkdtempSync(join(tmpdir(), "client-"));
    const values = generated("production", "resident-services");
    const internal = authority(folder);
    const application = await startApplication();
    const sidecar = await startSidecar(values, "api", internal, { 8000: application.port });
    const edge = await startEdge(values, { authority: internal, behind: { api: sidecar.servers["web"]?.port ?? 0 } });
    try {
      await edge.ask({ client: "198.51.100.77", path: "/api/x", headers: { "User-Agent": "a device/1.0" } });

      expect(application.received.at(-1)?.headers).toMatchObject({
        "x-forwarded-for": "198.51.100.77",
        "user-agent": "a device/1.0",
      });
    } finally {
      await Promise.all([edge.stop(), sidecar.stop(), application.stop()]);
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe("virus scans", () => {
  test("are done by two to four pods behind a port that only API and workers reach [MUN-2.7]", () => {
    const { minReplicas, maxReplicas, scaleTargetRef } = the(objects, "HorizontalPodAutoscaler", "clamav").spec;

    expect([scaleTargetRef.name, minReplicas, maxReplicas]).toEqual(["clamav", 2, 4]);
    expect(callersOf(objects, "clamav", 3310)).toEqual(["api", "worker"]);
    expect(nginxOf(objects, "clamav")).toMatch(/listen 3310 ssl;/);
  });
});

describe("jobs", () => {
  test("of a release change the schema before anything new starts, once their logins are there [MUN-4.5]", () => {
    const hooks = ["logins", "migrate"].map((name) => the(objects, "Job", name).metadata.annotations);

    expect(hooks.map((annotations) => annotations?.["helm.sh/hook"])).toEqual([
      "pre-install,pre-upgrade",
      "pre-install,pre-upgrade",
    ]);
    expect(hooks.map((annotations) => annotations?.["helm.sh/hook-weight"])).toEqual(["0", "1"]);
    expect(containerOf(objects, "migrate").command).toEqual(["alembic", "upgrade", "head"]);
  });

  test.each([
    ["purge", "30 1 * * *", ["python", "-m", "app.purge"], "[MUN-2.10] [MUN-2.13]"],
    ["audit-anchor", "15 0 * * *", ["python", "-m", "app.audit_anchor"], "[MUN-2.11]"],
    ["dump", "0 5 * * 0", ["pg_dump", "--format=custom", "--file=/backup/residents.dump"], "[MUN-4.15]"],
  ])("%s runs at %s %s %s", (name, cron, command) => {
    const { schedule, timeZone, suspend } = the(objects, "CronJob", name).spec;

    expect([schedule, timeZone, suspend]).toEqual([cron, "UTC", false]);
    expect(containerOf(objects, name).command).toEqual(command);
  });

  test("leave heads of the audit log and dumps where they stay locked [MUN-2.11] [MUN-4.15]", () => {
    const place = (job: string) => {
      const { BACKUP_BUCKET, BACKUP_PREFIX } = variablesOf(objects, job, "upload");
      return `${BACKUP_BUCKET}/${BACKUP_PREFIX}`;
    };

    expect(place("audit-anchor")).toBe("prd-plt-audit-exports-333333333333/resident-services/audit-heads/");
    expect(place("dump")).toBe("prd-mun-vault-data-333333333333/database-dump/");
  });
});

describe("metrics", () => {
  test.each([
    ["api", 9102, 8000, "[MUN-3.2]"],
    ["queue-exporter", 9808, 19_808, "[MUN-3.3]"],
    ["db-exporter", 9187, 19_187, "[MUN-3.4]"],
  ])("of %s are on %i, over TLS and for Prometheus alone %s %s", (name, port, upstream) => {
    expect(callersOf(objects, name, port)).toEqual(prometheus);
    expect(nginxOf(objects, name)).toMatch(
      new RegExp(`listen ${port} ssl;[\\s\\S]*?proxy_pass http://127\\.0\\.0\\.1:${upstream}/;`),
    );
  });
});
