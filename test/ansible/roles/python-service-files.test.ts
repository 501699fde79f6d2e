import { describe, expect, test } from "vitest";
import { refusedValues } from "../../../ansible/inventory/python-service/contract.ts";
import { treeOf } from "../../../ansible/inventory/python-service/files.ts";
import { keysOf, placeOf, told } from "./python-service/told.ts";

/** Environment files, and what else of files and folders a component has. */

const MAIN = "/opt/message_broker/.env";
const PORTAL = "/opt/message_broker/portal.env";
const PROXY = "/opt/message_broker_proxy/.env";

describe("environment files of the broker hold exactly the names that the program reads", () => {
  test("[BRK-2.2] [BRK-2.3] [BRK-2.4] [BRK-2.5] [BRK-4.3] [BRK-7.1] the proxy's", () => {
    expect(keysOf("message-broker", "proxy", PROXY)).toEqual([
      "CA_CERT_PATH",
      "LOG_FILE_PATH",
      "LOG_LEVEL",
      "MAIN_SERVER_URL",
      "MAIN_SERVER_VERIFY_SSL",
      "REDIS_DB",
      "REDIS_HOST",
      "REDIS_PASSWORD",
      "REDIS_PORT",
      "REPLAY_NONCE_TTL_SECONDS",
      "REPLAY_WINDOW_SECONDS",
      "SERVER_CERT_PATH",
      "SERVER_KEY_PATH",
    ]);
    expect(told("message-broker", "proxy").python_service_environments[PROXY]).toMatchObject({
      REDIS_HOST: "localhost",
      REDIS_PORT: "6379",
      REDIS_DB: "0",
      MAIN_SERVER_URL: "https://main.message-broker.dev.internal.example.org:8000",
      MAIN_SERVER_VERIFY_SSL: "true",
    });
  });

  test("[BRK-13.3] [BRK-13.5] [BRK-13.7] [BRK-13.9] [BRK-13.11] [BRK-13.12] [BRK-13.13] [BRK-13.14] main's", () => {
    expect(keysOf("message-broker", "main", MAIN)).toEqual([
      "CA_CERT_PATH",
      "DATABASE_URL",
      "ENCRYPTION_KEY_PATH",
      "JWT_ALGORITHM",
      "JWT_EXPIRE_MINUTES",
      "JWT_SECRET",
      "LOG_FILE_PATH",
      "LOG_LEVEL",
      "MAIN_SERVER_URL",
      "SERVER_CERT_PATH",
      "SERVER_KEY_PATH",
    ]);
    expect(told("message-broker", "main").python_service_environments[MAIN]).toMatchObject({
      JWT_ALGORITHM: "HS256",
      JWT_EXPIRE_MINUTES: "30",
      MAIN_SERVER_URL: "https://localhost:8000",
    });
  });

  test("[BRK-17.1] [BRK-17.2] [BRK-17.3] [BRK-17.8] [BRK-17.9] [BRK-17.10] [BRK-SEC.15] the portal's", () => {
    expect(keysOf("message-broker", "portal", PORTAL)).toEqual([
      "CLIENT_CA_PATH",
      "CLIENT_CERT_PATH",
      "CLIENT_KEY_PATH",
      "JWT_ALGORITHM",
      "JWT_EXPIRE_MINUTES",
      "JWT_SECRET",
      "LOG_FILE_PATH",
      "LOG_LEVEL",
      "MAIN_SERVER_URL",
      "MAIN_SERVER_VERIFY_SSL",
      "MESSAGES_PER_PAGE",
      "PORTAL_HOST",
      "PORTAL_PORT",
      "PORTAL_URL",
      "SESSION_MAX_AGE",
      "SESSION_SECRET",
    ]);
    expect(told("message-broker", "portal").python_service_environments[PORTAL]).toMatchObject({
      MAIN_SERVER_URL: "https://main.message-broker.dev.internal.example.org:8000",
      SESSION_MAX_AGE: "3600",
      MESSAGES_PER_PAGE: "20",
    });
  });

  test("the worker's, and those of ticketing's two units, each in a file of its own", () => {
    expect(keysOf("message-broker", "worker", "/opt/message_broker/worker.env")).toEqual([
      "CLIENT_CA_PATH",
      "CLIENT_CERT_PATH",
      "CLIENT_KEY_PATH",
      "LOG_FILE_PATH",
      "LOG_LEVEL",
      "MAIN_SERVER_URL",
      "MAIN_SERVER_VERIFY_SSL",
      "METRICS_PORT",
      "PROXY_URL",
      "SMTP_FROM",
      "SMTP_HOST",
      "SMTP_PASSWORD",
      "SMTP_PORT",
      "SMTP_USER",
    ]);
    expect(keysOf("ticketing", "worker", "/opt/ticketing/bot.env")).not.toContain("METRICS_TOKEN");
    expect(keysOf("ticketing", "worker", "/opt/ticketing/scheduler.env")).not.toContain("TELEGRAM_BOT_TOKEN");
  });

  test("[BRK-13.2] [BRK-13.6] [BRK-17.7] [BRK-2.6] secrets stand in them as markers", () => {
    const main = told("message-broker", "main").python_service_environments[MAIN];

    expect(main?.["DATABASE_URL"]).toBe(
      "mysql+pymysql://systemuser:%%secret:dev/message-broker/db-app%%@localhost/message_system",
    );
    expect(main?.["JWT_SECRET"]).toBe("%%secret:dev/message-broker/jwt-signing-key%%");
    expect(told("message-broker", "portal").python_service_environments[PORTAL]?.["SESSION_SECRET"]).toBe(
      "%%secret:dev/message-broker/portal-session-key%%",
    );
    expect(told("message-broker", "proxy").python_service_environments[PROXY]?.["REDIS_PASSWORD"]).toBe(
      "%%secret:dev/message-broker/redis-app%%",
    );
  });
});

describe("what is refused in an environment file, whatever the catalogue says", () => {
  const path = "message-broker/components/x/units/y";
  const cases: readonly (readonly [string, string, string, string | boolean | number])[] = [
    ["[BRK-13.3]", "main", "DB_PASSWORD", "x"],
    ["[BRK-13.5]", "main", "AES_KEY_PATH", "/x"],
    ["[BRK-13.11]", "main", "REDIS_HOST", "localhost"],
    ["[BRK-13.12]", "main", "PROXY_URL", "https://x"],
    ["[BRK-13.13]", "main", "PORTAL_URL", "https://x"],
    ["[BRK-13.14]", "main", "WORKER_COUNT", 2],
    ["[BRK-13.15]", "main", "PROMETHEUS_PORT", 9090],
    ["[BRK-13.7]", "main", "JWT_ALGORITHM", "none"],
    ["[BRK-17.1]", "portal", "DATABASE_URL", "mysql://x"],
    ["[BRK-SEC.15]", "portal", "ENCRYPTION_KEY_PATH", "/x"],
    ["[BRK-17.4]", "portal", "MAIN_SERVER_VERIFY_SSL", false],
    ["[BRK-4.4] [BRK-SEC.1]", "proxy", "MAIN_SERVER_VERIFY_SSL", "False"],
    ["[BRK-17.5] [BRK-SEC.11]", "portal", "PORTAL_HOST", "0.0.0.0"],
  ];
  test.each(cases)("%s %s: %s=%s", (_, component, name, value) => {
    const found = refusedValues("message-broker", component, path, { LOG_LEVEL: "INFO", [name]: value });

    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${path}/environment/values/${name}: .*, got ${value}$`));
  });

  test("nothing of what the catalogue says now, and of the same names where they belong", () => {
    expect(refusedValues("message-broker", "proxy", path, { REDIS_HOST: "localhost" })).toEqual([]);
    expect(refusedValues("message-broker", "portal", path, { PORTAL_HOST: "127.0.0.1" })).toEqual([]);
    expect(refusedValues("message-broker", "main", path, { JWT_ALGORITHM: "HS256" })).toEqual([]);
  });
});

describe("files and folders", () => {
  const fileOf = (service: string, group: string, dest: string) =>
    told(service, group).python_service_files.find((file) => file["dest"] === dest);

  test("[BRK-2.1] [BRK-13.1] an environment file lies where it must, for its unit's user alone", () => {
    const mode = { mode: "0600", src: "environment.j2" };

    expect(fileOf("message-broker", "proxy", PROXY)).toMatchObject({ ...mode, owner: "broker-proxy" });
    expect(fileOf("message-broker", "main", MAIN)).toMatchObject({ ...mode, owner: "broker-main" });
    expect(fileOf("ticketing", "api", "/opt/ticketing/.env")).toMatchObject({ ...mode, owner: "ticketing" });
  });

  test("is checked on the host for exactly its names", () => {
    const names = String(fileOf("message-broker", "main", MAIN)?.["validate"])
      .split(" ")
      .slice(2);

    expect(names.toSorted()).toEqual(keysOf("message-broker", "main", MAIN));
  });

  test("[BRK-13.4] main's key file is its user's alone, in a folder that nobody else enters", () => {
    const path = "/opt/message_broker/main_server/secrets";
    const { python_service_folders: folders, python_service_secrets: secrets } = told("message-broker", "main");

    expect(fileOf("message-broker", "main", `${path}/encryption.key`)).toMatchObject({
      owner: "broker-main",
      mode: "0600",
    });
    expect(folders).toContainEqual({ path, owner: "broker-main", group: "broker-main", mode: "0700" });
    expect(secrets).toEqual({ [`${path}/encryption.key`]: "%%secret:dev/message-broker/encryption-key%%" });
  });

  test("[BRK-2.11] [BRK-13.10] log folders are the only ones that a program owns besides", () => {
    const folders = told("message-broker", "proxy").python_service_folders;

    expect(folders.filter(({ owner }) => owner !== "root")).toEqual([
      { path: "/opt/message_broker_proxy/proxy/logs", owner: "broker-proxy", group: "broker-proxy", mode: "0750" },
    ]);
    expect(folders.map(({ path }) => path)).toEqual(folders.map(({ path }) => path).toSorted());
  });

  test("[BRK-7.2] [BRK-7.3] [BRK-7.4] the proxy's config.yaml is a tree of the declared keys", () => {
    expect(told("message-broker", "proxy").python_service_configurations).toEqual({
      "/opt/message_broker_proxy/proxy/config.yaml": {
        main_server: { url: `$\{MAIN_SERVER_URL}`, register_endpoint: "/internal/messages/register", timeout: 30 },
        tls: { enabled: true, verify_client: true },
        rate_limiting: { enabled: true, max_requests: 600, window_seconds: 60 },
      },
    });
  });

  test("fails when a key of a configuration file is below a value", () => {
    const place = placeOf("message-broker", "proxy");

    expect(() => treeOf(place, "/x.yaml", { tls: true, "tls.enabled": true })).toThrow(
      "/x.yaml: tls.enabled is below a value",
    );
  });
});
