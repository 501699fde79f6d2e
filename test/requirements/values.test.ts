import { describe, expect, test } from "vitest";
import { backend } from "../../services/products/desktop-backend/components.ts";
import { main } from "../../services/products/message-broker/main.ts";
import { portal } from "../../services/products/message-broker/portal.ts";
import { proxy } from "../../services/products/message-broker/proxy.ts";
import { worker as deliverer } from "../../services/products/message-broker/worker.ts";
import { frontend, api as residents } from "../../services/products/resident-services/components.ts";
import { worker as tasks } from "../../services/products/resident-services/workers.ts";
import { api as allocation } from "../../services/products/student-allocation/components.ts";
import { api as tickets } from "../../services/products/ticketing/components.ts";
import type { Component } from "../../services/schema/component.ts";
import type { Value, Values } from "../../services/schema/value.ts";

/** Variables and keys that a requirement names, with the value it gives or that we chose. */

/** A value as text: references and secrets by what they stand for. */
function shown(value: Value | undefined): string | number | boolean | undefined {
  if (typeof value !== "object") return value;
  switch (value.kind) {
    case "secret":
      return `{secret ${value.name}}`;
    case "host":
    case "members":
      return `{${value.kind} ${value.of.owner}/${value.of.name}}`;
    case "origins":
      return `{origins ${value.of.map(({ name }) => name).join(" ")}}`;
    case "environment":
      return `{${value.fact}}`;
    case "bucket":
      return `{bucket ${value.of.name}}`;
    case "administrator":
      return `{administrator ${value.of.name}}`;
    case "template":
      return value.parts.map(shown).join("");
  }
}

/** What a component gets: environment of pods, environment file and other files of a host's unit. */
const valuesOf = (component: Component): Values =>
  component.kind === "pods"
    ? component.environment
    : Object.assign(
        {},
        ...component.units.flatMap(({ environment, files }) => [environment.values, ...Object.values(files ?? {})]),
      );

const certs = "/opt/message_broker/main_server/certs";
const rows: readonly (readonly [claims: string, component: Component, values: Readonly<Record<string, unknown>>])[] = [
  [
    "[TKT-1.3] [TKT-3.4]",
    tickets,
    {
      REDIS_SENTINELS: "{members redis/sentinel}",
      REDIS_PRIMARY: "redis",
      REDIS_USERNAME: "app",
      REDIS_PASSWORD: "{secret redis-app}",
    },
  ],
  ["[TKT-3.6]", tickets, { MAX_SESSIONS_SENSITIVE_ROLES: 2 }],

  ["[NOD-2.1]", backend, { JWT_SECRET: "{secret jwt-signing-key}" }],
  ["[NOD-2.2]", backend, { ENCRYPTION_KEY: "{secret encryption-key}" }],

  [
    "[MUN-1.1]",
    residents,
    { JWT_SIGNING_KEY: "{secret jwt-signing-key}", OIDC_CLIENT_SECRET: "{secret oidc-credential}" },
  ],
  ["[MUN-1.2]", residents, { SAML_SP_KEY: "{secret saml-sp-key}" }],
  [
    "[MUN-1.5]",
    residents,
    { REDIS_SENTINELS: "{members redis/sentinel}", REDIS_PRIMARY: "redis", REDIS_PASSWORD: "{secret redis-app}" },
  ],
  ["[MUN-1.6]", residents, { SESSION_INACTIVITY_TIMEOUT_SECONDS: 1_800 }],
  [
    "[MUN-1.9]",
    tasks,
    {
      SMTP_HOST: "email-smtp.{region}.amazonaws.com",
      SMTP_PORT: 587,
      SMTP_CREDENTIALS: "{secret smtp-credentials}",
      MAIL_FROM: "no-reply@residents.{domain}",
    },
  ],
  ["[MUN-3.1]", residents, { LOG_FORMAT: "json" }],
  ["[MUN-6.5]", frontend, { TENANT_NAME: "Example Municipality", TENANT_BRANDING: "/branding/example" }],

  ["[BRK-2.3]", proxy, { REDIS_HOST: "localhost" }],
  ["[BRK-2.4]", proxy, { REDIS_PORT: 6_379 }],
  ["[BRK-2.5]", proxy, { REDIS_DB: 0 }],
  ["[BRK-2.6] [BRK-SEC.5]", proxy, { REDIS_PASSWORD: "{secret redis-app}" }],
  ["[BRK-2.7] [BRK-4.3] [BRK-7.1] [BRK-SEC.16]", proxy, { MAIN_SERVER_URL: "https://{host main/api}:8000" }],
  ["[BRK-2.8] [BRK-6.2]", proxy, { SERVER_CERT_PATH: "certs/proxy.crt" }],
  ["[BRK-2.9] [BRK-6.2]", proxy, { SERVER_KEY_PATH: "certs/proxy.key" }],
  ["[BRK-2.10] [BRK-6.2]", proxy, { CA_CERT_PATH: "certs/ca.crt" }],
  ["[BRK-2.11]", proxy, { LOG_LEVEL: "INFO", LOG_FILE_PATH: "/opt/message_broker_proxy/proxy/logs" }],
  ["[BRK-7.2]", proxy, { "main_server.url": `$\{MAIN_SERVER_URL}` }],
  ["[BRK-7.4]", proxy, { "main_server.timeout": 30 }],
  ["[BRK-8.1] [BRK-9.1] [BRK-SEC.3]", proxy, { "tls.enabled": true, "tls.verify_client": true }],
  [
    "[BRK-10.2] [BRK-SEC.23]",
    proxy,
    { "rate_limiting.enabled": true, "rate_limiting.max_requests": 600, "rate_limiting.window_seconds": 60 },
  ],
  ["[BRK-11.2]", proxy, { REPLAY_WINDOW_SECONDS: 300 }],
  ["[BRK-11.3]", proxy, { REPLAY_NONCE_TTL_SECONDS: 3_600 }],
  [
    "[BRK-13.2] [BRK-SEC.2]",
    main,
    { DATABASE_URL: "mysql+pymysql://systemuser:{secret db-app}@localhost/message_system" },
  ],
  ["[BRK-13.4] [BRK-13.5]", main, { ENCRYPTION_KEY_PATH: "/opt/message_broker/main_server/secrets/encryption.key" }],
  ["[BRK-13.6] [BRK-SEC.2]", main, { JWT_SECRET: "{secret jwt-signing-key}" }],
  [
    "[BRK-13.8]",
    main,
    {
      CA_CERT_PATH: `${certs}/ca.crt`,
      SERVER_KEY_PATH: `${certs}/server.key`,
      SERVER_CERT_PATH: `${certs}/server.crt`,
    },
  ],
  ["[BRK-13.9]", main, { MAIN_SERVER_URL: "https://localhost:8000" }],
  ["[BRK-13.10]", main, { LOG_LEVEL: "INFO", LOG_FILE_PATH: "/opt/message_broker/main_server/logs" }],
  ["[BRK-13.12]", deliverer, { PROXY_URL: "https://{host proxy/internal}:8002" }],
  ["[BRK-13.13]", portal, { PORTAL_URL: "https://portal.{domain}" }],
  ["[BRK-15.4]", deliverer, { MAIN_SERVER_URL: "https://{host main/api}:8000" }],
  ["[BRK-15.5] [BRK-17.3]", portal, { MAIN_SERVER_URL: "https://{host main/api}:8000" }],
  [
    "[BRK-17.2]",
    portal,
    {
      JWT_SECRET: "{secret jwt-signing-key}",
      JWT_ALGORITHM: "HS256",
      JWT_EXPIRE_MINUTES: 30,
      LOG_LEVEL: "INFO",
      LOG_FILE_PATH: "/opt/message_broker/portal/logs",
    },
  ],
  ["[BRK-17.5] [BRK-SEC.11]", portal, { PORTAL_HOST: "127.0.0.1" }],
  ["[BRK-17.6]", portal, { PORTAL_PORT: 8_080 }],
  ["[BRK-17.7] [BRK-SEC.2]", portal, { SESSION_SECRET: "{secret portal-session-key}" }],
  [
    "[BRK-23.2] [BRK-31.6] [BRK-31.14]",
    deliverer,
    {
      SMTP_HOST: "email-smtp.{region}.amazonaws.com",
      SMTP_PORT: 587,
      SMTP_USER: "{secret smtp-user}",
      SMTP_PASSWORD: "{secret smtp-password}",
      SMTP_FROM: "noreply@{domain}",
    },
  ],

  ["[ALC-1.3] [ALC-SEC.1]", allocation, { JWT_ALGORITHMS: "HS256", JWT_SIGNING_KEY: "{secret jwt-signing-key}" }],
  ["[ALC-1.4]", allocation, { JWT_ALLOWED_AUD: "student-allocation-{name}", JWT_ALLOWED_ISS: "{origins web}" }],
  ["[ALC-1.5]", allocation, { JWT_CLOCK_SKEW_SECONDS: 120 }],
  ["[ALC-1.7]", allocation, { API_KEY_HMAC_SECRET: "{secret api-key-hmac}" }],
  ["[ALC-2.2]", allocation, { REDIS_NAMESPACE: "alloc:{name}" }],
  ["[ALC-2.3]", allocation, { IDEMPOTENCY_TTL_SECONDS: 86_400 }],
  ["[ALC-2.6]", allocation, { REDIS_MAX_RETRIES: 9 }],
  ["[ALC-2.7]", allocation, { REDIS_BASE_DELAY_MS: 100 }],
  ["[ALC-2.8]", allocation, { REDIS_MAX_DELAY_MS: 2_000 }],
  ["[ALC-2.9]", allocation, { REDIS_JITTER_MS: 100 }],
  ["[ALC-4.2]", allocation, { IDEMPOTENCY_SALT: "{secret idempotency-salt}" }],
  ["[ALC-7.5]", allocation, { CORS_ALLOWED_ORIGINS: "{origins web}" }],
];

describe("an application is told", () => {
  test.each(
    rows.map(([claims, component, values]) => ({ claims, component, values, keys: Object.keys(values).join(", ") })),
  )("$keys $claims", ({ component, values }) => {
    const given = valuesOf(component);

    expect(Object.fromEntries(Object.keys(values).map((key) => [key, shown(given[key])]))).toEqual(values);
  });
});
