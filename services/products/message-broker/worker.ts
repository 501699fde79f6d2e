import {
  environmentDomain,
  environmentRegion,
  hostOf,
  hosts,
  httpProbe,
  loopback,
  metrics,
  text,
} from "../../define.ts";
import { brokerCertificate, internalCertificate } from "./certificates.ts";
import { main } from "./main.ts";
import { proxy } from "./proxy.ts";
import { secrets } from "./secrets.ts";

const root = "/opt/message_broker/worker";

export const worker = hosts("worker", {
  why: "delivers messages, and sends the mail that main cannot (BRK-0.1, BRK-23.3)",
  tier: "app",
  zones: 1,
  single: {
    reason: "no requirement says that two workers may share a queue; messages wait in it while this one is rebuilt",
    until: "2027-06-30",
  },
  address: 8,
  size: "small",
  // NGINX speaks TLS for the worker, which answers on loopback.
  listens: { app: metrics(9101), upstream: loopback(19101) },
  health: httpProbe("/metrics", "app"),
  units: [
    {
      name: "message-broker-worker",
      user: "broker-worker", // BRK-SEC.24
      directory: "/opt/message_broker",
      exec: "/opt/message_broker/venv/bin/python -m worker.worker",
      runtime: "python3.13",
      logs: `${root}/logs`,
      environment: {
        path: "/opt/message_broker/worker.env",
        // BRK-13.14 does not list the WORKER_* keys. Names of the client certificate's keys are ours (BRK-17.10).
        values: {
          PROXY_URL: text`https://${hostOf(proxy.listens.internal)}:8002`, // BRK-13.12
          MAIN_SERVER_URL: text`https://${hostOf(main.listens.api)}:8000`, // BRK-15.4
          MAIN_SERVER_VERIFY_SSL: true, // BRK-SEC.1
          CLIENT_CERT_PATH: `${root}/certs/worker.crt`,
          CLIENT_KEY_PATH: `${root}/certs/worker.key`,
          CLIENT_CA_PATH: `${root}/certs/ca.crt`,
          METRICS_PORT: 19101, // its name is ours
          LOG_LEVEL: "INFO",
          LOG_FILE_PATH: `${root}/logs`,
          SMTP_HOST: text`email-smtp.${environmentRegion}.amazonaws.com`, // BRK-23.6
          SMTP_PORT: 587, // BRK-23.2
          SMTP_USER: secrets.smtpUser, // BRK-23.2
          SMTP_PASSWORD: secrets.smtpPassword, // BRK-23.2
          SMTP_FROM: text`noreply@${environmentDomain}`, // BRK-23.2
        },
      },
    },
  ],
  certificates: [brokerCertificate(`${root}/certs`, "worker"), internalCertificate],
});
