import { gib, hosts, httpProbe, localMysql, loopback, metrics, mutualHttps, text } from "../../define.ts";
import { brokerCertificate, internalCertificate } from "./certificates.ts";
import { secrets } from "./secrets.ts";

/** The main server: keeps messages, users and the register of certificates. */

const root = "/opt/message_broker/main_server";

export const main = hosts("main", {
  why: "stores messages; it is called and calls nobody (BRK-15.1, BRK-18.1)",
  tier: "app",
  zones: 1,
  single: {
    reason:
      "its database listens on loopback only (BRK-14.3); proxies queue meanwhile, and it is rebuilt from the nightly dump",
    until: "2027-06-30",
  },
  address: 4,
  size: "medium",
  dataVolume: gib(200),
  listens: {
    // NGINX checks client certificates and hands the identity on (BRK-18.4): uvicorn 0.30 can do neither (BRK-SEC.6, BRK-SEC.7).
    api: mutualHttps(8000), // BRK-14.1, BRK-18.3
    upstream: loopback(18000),
    app: metrics(9101), // BRK-13.15
    nginx: metrics(9113),
    mysql: metrics(9104),
  },
  health: httpProbe("/health", "upstream"),
  units: [
    {
      name: "main_server", // BRK-19.1
      user: "broker-main", // BRK-SEC.24
      directory: "/opt/message_broker",
      exec: "/opt/message_broker/venv/bin/uvicorn main_server.api:app --host 127.0.0.1 --port 18000", // BRK-19.1, BRK-SEC.24
      runtime: "python3.13", // BRK-12.1; 3.8 is at its end (BRK-SEC.25)
      logs: `${root}/logs`,
      environment: {
        path: "/opt/message_broker/.env", // BRK-13.1; the portal has a file of its own (BRK-SEC.15)
        // Absent because the code does not read them: DB_* (BRK-13.3), AES_KEY_PATH (BRK-13.5).
        // Absent because main calls nobody: REDIS_*, PROXY_URL, PORTAL_URL, WORKER_* (BRK-13.11 to BRK-13.14).
        values: {
          DATABASE_URL: text`mysql+pymysql://systemuser:${secrets.dbApp}@localhost/message_system`, // BRK-13.2
          ENCRYPTION_KEY_PATH: `${root}/secrets/encryption.key`, // BRK-13.4
          JWT_SECRET: secrets.jwt, // BRK-13.6
          JWT_ALGORITHM: "HS256", // BRK-13.7
          JWT_EXPIRE_MINUTES: 30, // BRK-13.7
          CA_CERT_PATH: `${root}/certs/ca.crt`, // BRK-13.8
          SERVER_KEY_PATH: `${root}/certs/server.key`, // BRK-13.8
          SERVER_CERT_PATH: `${root}/certs/server.crt`, // BRK-13.8
          MAIN_SERVER_URL: "https://localhost:8000", // BRK-13.9
          LOG_LEVEL: "INFO", // BRK-13.10
          LOG_FILE_PATH: `${root}/logs`, // BRK-13.10
        },
      },
      secretFiles: { [`${root}/secrets/encryption.key`]: secrets.encryptionKey }, // BRK-13.4
    },
  ],
  certificates: [brokerCertificate(`${root}/certs`, "server"), internalCertificate], // BRK-16.1 without ca.key
});

/** People change it only through a Session Manager port and the local socket; no web tool exists (BRK-24.9, BRK-SEC.21). */
export const messages = localMysql("messages", {
  why: "messages, users, register of client certificates (BRK-12.2)",
  on: main,
  database: "message_system", // BRK-13.2
  // The application's own account for backup and purge would let either change everything (BRK-SEC.12).
  accounts: {
    systemuser: { may: "read and write rows of message_system", password: secrets.dbApp }, // BRK-13.2
    broker_migrate: { may: "change the schema of message_system", password: secrets.dbMigrate }, // BRK-22.3
    broker_backup: {
      may: "SELECT, LOCK TABLES, SHOW VIEW, TRIGGER, EVENT, PROCESS, SHOW CREATE ROUTINE", // BRK-25.2
      password: secrets.dbBackup,
    },
    broker_cleanup: { may: "EXECUTE on sp_cleanup_old_messages", password: secrets.dbCleanup }, // BRK-27.2
    broker_metrics: { may: "EXECUTE on sp_get_stats", password: secrets.dbMetrics }, // BRK-28.4
    broker_exporter: { may: "PROCESS, REPLICATION CLIENT; no rows", password: secrets.dbExporter },
  },
});
