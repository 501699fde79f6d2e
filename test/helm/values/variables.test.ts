import { describe, expect, test } from "vitest";
import { days, gib, hostOf, managedPostgres, rotated, secret, text } from "../../../services/define.ts";
import { administratorOf, type Values } from "../../../services/schema/value.ts";
import { shop } from "../../services/resolve/small.ts";
import { api, behindEdge, contextOf, realValues, smallValues } from "./small.ts";

const login = secret("db-app", "the application's login", rotated(days(80)));
const database = managedPostgres("order-db", {
  why: "orders",
  database: "shop",
  size: "small",
  storage: gib(20),
  pointInTime: days(30),
  accounts: { app: { may: "read", password: login } },
});
const placedOf = (environment: Values) => {
  const values = smallValues(behindEdge(api({ environment }), { more: { stores: [database], secrets: [login] } }));
  const { env, secrets, composed } = values.components["api"] ?? {};
  return { env, secrets, composed };
};

describe("a variable of pods", () => {
  test("stands in the clear when it is text, with $ as it is", () => {
    expect(placedOf({ MODE: "a$(b)", PORT: 80, LIVE: true })).toEqual({
      env: { MODE: "a$(b)", PORT: "80", LIVE: "true" },
      secrets: {},
      composed: {},
    });
  });

  test("comes from Secrets Manager or Parameter Store by name when that is all it is [NOD-2.4] [MUN-2.1]", () => {
    const environment = {
      KEY: login,
      HOST: hostOf(database.listens.sql),
      ADMINISTRATOR: administratorOf(database),
    };

    expect(placedOf(environment)).toEqual({
      env: {},
      secrets: {
        KEY: { secret: "test/shop/db-app" },
        HOST: { parameter: "/test/shop/order-db-endpoint" },
        ADMINISTRATOR: { administrator: "order-db" },
      },
      composed: {},
    });
  });

  test("is put together of helper variables otherwise, with every $ of its own doubled", () => {
    const environment = {
      URL: text`db://app:${login}@${hostOf(database.listens.sql)}/x?$(y)`,
      SAME: text`${login}$`,
    };

    expect(placedOf(environment)).toEqual({
      env: {},
      secrets: {
        SECRET_DB_APP: { secret: "test/shop/db-app" },
        ORDER_DB_ENDPOINT: { parameter: "/test/shop/order-db-endpoint" },
      },
      composed: { URL: "db://app:$(SECRET_DB_APP)@$(ORDER_DB_ENDPOINT)/x?$$(y)", SAME: "$(SECRET_DB_APP)$$" },
    });
  });

  test("fails when it has the name of a helper that another needs", () => {
    expect(() => placedOf({ URL: text`db://${login}@x`, SECRET_DB_APP: "mine" })).toThrow(
      new Error("shop/components/api/environment/SECRET_DB_APP: must have another name, URL is put together of it"),
    );
  });
});

describe("the platform's variables", () => {
  test("tell components that are traced where traces go, and as whose [MUN-3.6] [ALC-6.10]", () => {
    const { env } = realValues("staging", "student-allocation").components["api"] ?? {};

    expect(Object.fromEntries(Object.entries(env ?? {}).filter(([name]) => name.startsWith("OTEL_")))).toEqual({
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
    });
  });

  test("are absent from components that are not traced", () => {
    const { components } = realValues("staging", "resident-services");
    const traced = Object.entries(components).filter(([, { env }]) => "OTEL_SERVICE_NAME" in env);

    expect(traced.map(([name]) => name)).toEqual(["api", "worker", "beat"]);
  });

  test("tell the region to those that call AWS themselves, and to no others", () => {
    const { components, jobs } = realValues("production", "resident-services");
    const told = Object.entries({ ...components, ...jobs }).filter(
      ([, { env }]) => env["AWS_REGION"] === "eu-central-1",
    );

    expect(told.map(([name]) => name)).toEqual(["api", "worker", "purge", "audit-anchor", "dump", "rotation-check"]);
  });

  test("tell the rotation check every secret of the service with its greatest age [NOD-2.7] [MUN-2.17]", () => {
    const { env } = realValues("production", "desktop-backend").jobs["rotation-check"] ?? {};

    expect(env?.["SECRET_MAX_AGES"]?.split(" ")).toEqual(
      [
        "jwt-signing-key",
        "encryption-key",
        "db-app",
        "db-migrate",
        "db-dump",
        "db-restore",
        "db-monitor",
        "metrics-token",
      ].map((name) => `production/desktop-backend/${name}=6912000`),
    );
  });

  test("fail when the product sets one of them", () => {
    const traced = api({ environment: { OTEL_SERVICE_NAME: "mine" } });

    expect(() => smallValues(behindEdge(traced, { more: { tracing: [traced] } }))).toThrow(
      new Error("shop/components/api/environment/OTEL_SERVICE_NAME: must be absent, the platform sets it; got a value"),
    );
  });
});

test("no secret's value and no ARN stands in any variable of any service [NOD-2.1] [MUN-2.1]", () => {
  const environment = { KEY: login, URL: text`x://${login}@y` };
  const { resolved } = contextOf(shop({ components: [api({ environment })], secrets: [login] }));
  const all = ["desktop-backend", "resident-services", "student-allocation"].map((name) =>
    JSON.stringify(realValues("production", name)),
  );

  expect(resolved.secrets.map(({ fullName }) => fullName)).toEqual(["test/shop/db-app"]);
  expect(all.filter((text) => text.includes("arn:aws") || /:\/\/[a-z]+:[^$]/.test(text))).toEqual([]);
});
