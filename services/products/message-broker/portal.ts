import {
  environmentDomain,
  hostOf,
  hosts,
  httpProbe,
  https,
  loopback,
  metrics,
  mib,
  perMinute,
  perSecond,
  strictHeaders,
  text,
  web,
} from "../../define.ts";
import { brokerCertificate, internalCertificate } from "./certificates.ts";
import { main } from "./main.ts";
import { secrets } from "./secrets.ts";

/** The portal: pages for users and administrators. */

const root = "/opt/message_broker/portal";

export const portal = hosts("portal", {
  why: "shows users their messages (BRK-26.1)",
  tier: "app",
  zones: 2,
  address: 12,
  size: "small",
  listens: {
    web: https(443), // BRK-26.3
    upstream: loopback(8080), // BRK-17.6; plain HTTP never leaves the host (BRK-16.3)
    app: metrics(9101),
    nginx: metrics(9113),
  },
  health: httpProbe("/health", "web"),
  units: [
    {
      name: "message-broker-portal",
      user: "broker-portal", // BRK-SEC.24
      directory: "/opt/message_broker",
      exec: "/opt/message_broker/venv/bin/uvicorn portal.app:app --host 127.0.0.1 --port 8080",
      runtime: "python3.13",
      logs: `${root}/logs`,
      environment: {
        // BRK-17.1 shares main's file, and with it the database and the encryption key: refused (BRK-SEC.15).
        path: "/opt/message_broker/portal.env",
        // Names of the client certificate's keys are ours: main's stay on main (BRK-17.10).
        values: {
          MAIN_SERVER_URL: text`https://${hostOf(main.listens.api)}:8000`, // BRK-17.3, on its own host
          MAIN_SERVER_VERIFY_SSL: true, // BRK-17.4 sets false: refused (BRK-SEC.1)
          CLIENT_CERT_PATH: `${root}/certs/portal.crt`,
          CLIENT_KEY_PATH: `${root}/certs/portal.key`,
          CLIENT_CA_PATH: `${root}/certs/ca.crt`,
          PORTAL_HOST: "127.0.0.1", // BRK-17.5 sets 0.0.0.0: refused (BRK-SEC.11)
          PORTAL_PORT: 8080, // BRK-17.6
          PORTAL_URL: text`https://portal.${environmentDomain}`, // BRK-13.13
          SESSION_SECRET: secrets.session, // BRK-17.7
          SESSION_MAX_AGE: 3_600, // BRK-17.8
          MESSAGES_PER_PAGE: 20, // BRK-17.9
          // HS256 lets whoever verifies also sign: it stays until main signs with a key pair.
          JWT_SECRET: secrets.jwt, // BRK-17.2
          JWT_ALGORITHM: "HS256", // BRK-13.7
          JWT_EXPIRE_MINUTES: 30, // BRK-13.7
          LOG_LEVEL: "INFO", // BRK-17.2
          LOG_FILE_PATH: `${root}/logs`, // BRK-17.2
        },
      },
    },
  ],
  // The load balancer's public certificate stands in for Let's Encrypt, which needs the internet (BRK-16.4, BRK-26.1, BRK-26.2).
  certificates: [brokerCertificate(`${root}/certs`, "portal"), internalCertificate],
});

/** 80 redirects, limits hold (BRK-SEC.19). BRK names paths and no figure: rates and sizes are ours. */
export const site = web("web", {
  why: "the portal (BRK-26.1)",
  host: "portal",
  to: portal.listens.web,
  health: "/health",
  body: mib(1),
  minimumTls: "1.2", // BRK-19.3, BRK-19.5
  headers: strictHeaders, // BRK-SEC.19
  routes: [
    {
      // Every method, PUT among them (BRK-20.6): one left out would fall to a later route, open to all.
      class: "admin",
      paths: ["/admin", "/admin/*"],
      audience: "admins", // BRK-SEC.20
      rate: perSecond(10),
      burst: 20,
      connections: 10,
    },
    {
      class: "password-reset",
      paths: ["/portal/auth/forgot-password", "/forgot-password", "/reset-password"], // BRK-23.3, BRK-23.4
      rate: perMinute(5),
      burst: 3,
      connections: 2,
    },
    { class: "auth", paths: ["/portal/auth/*", "/login"], rate: perMinute(20), burst: 10, connections: 5 },
    { class: "other", paths: ["/*"], rate: perSecond(20), burst: 40, connections: 20 },
  ],
  // Main's own paths are for certificates of proxies and workers, never for browsers (BRK-SEC.20).
  hidden: ["/metrics", "/metrics/*", "/internal", "/internal/*"],
});
