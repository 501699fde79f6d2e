import {
  gib,
  hostOf,
  hosts,
  httpProbe,
  https,
  kib,
  localRedis,
  loopback,
  metrics,
  minutes,
  mutualHttps,
  passThrough,
  perMinute,
  perSecond,
  seconds,
  text,
} from "../../define.ts";
import { brokerCertificate, internalCertificate } from "./certificates.ts";
import { main } from "./main.ts";
import { secrets } from "./secrets.ts";

/** The proxy: takes messages of outside clients, queues them and registers them at main. */

const root = "/opt/message_broker_proxy/proxy";

export const proxy = hosts("proxy", {
  why: "accepts messages from clients that show a certificate (BRK-8.1)",
  tier: "dmz",
  zones: 2, // BRK-29.3 speaks of two
  address: 4,
  size: "small",
  dataVolume: gib(20),
  listens: {
    // NGINX checks client certificates and hands the identity on (BRK-8.2): uvicorn 0.30 can do neither (BRK-SEC.6, BRK-SEC.7).
    api: mutualHttps(8001), // BRK-3.1; wants the load balancer's proxy header, so nobody else can call it
    internal: mutualHttps(8002), // the same without that header, for the worker
    // The health alone, without a client certificate: probes hold none of the broker's, and one of the internal authority
    // opens nothing here (BRK-26.5).
    probe: https(8003),
    upstream: loopback(18001),
    app: metrics(9101),
    nginx: metrics(9113),
    redis: metrics(9121), // BRK-29.2
  },
  longestRequest: seconds(35), // main may take 30 (BRK-7.4)
  health: httpProbe("/api/v1/health", "probe"), // BRK-29.2
  units: [
    {
      name: "message-broker-proxy", // BRK-8.4
      user: "broker-proxy", // BRK-SEC.24
      directory: root, // certificate paths are relative to it (BRK-6.2)
      exec: "/opt/message_broker_proxy/venv/bin/uvicorn app:app --host 127.0.0.1 --port 18001", // BRK-8.4
      runtime: "python3.13", // BRK-1.1
      logs: `${root}/logs`,
      environment: {
        path: "/opt/message_broker_proxy/.env", // BRK-2.1
        values: {
          REDIS_HOST: "localhost", // BRK-2.3
          REDIS_PORT: 6379, // BRK-2.4
          REDIS_DB: 0, // BRK-2.5
          REDIS_PASSWORD: secrets.redisApp, // BRK-2.6
          MAIN_SERVER_URL: text`https://${hostOf(main.listens.api)}:8000`, // BRK-2.7 without the public address (BRK-SEC.16)
          MAIN_SERVER_VERIFY_SSL: true, // BRK-4.4 allows false: refused (BRK-SEC.1)
          SERVER_CERT_PATH: "certs/proxy.crt", // BRK-2.8
          SERVER_KEY_PATH: "certs/proxy.key", // BRK-2.9
          CA_CERT_PATH: "certs/ca.crt", // BRK-2.10
          LOG_LEVEL: "INFO", // BRK-2.11
          LOG_FILE_PATH: `${root}/logs`, // BRK-2.11
          // Names and window are ours; the life of a nonce is that of the sample.
          REPLAY_WINDOW_SECONDS: 300, // BRK-11.2
          REPLAY_NONCE_TTL_SECONDS: 3_600, // BRK-11.6
        },
      },
      files: {
        [`${root}/config.yaml`]: {
          "main_server.url": `$\{MAIN_SERVER_URL}`, // BRK-7.2: the application fills it in
          "main_server.register_endpoint": "/internal/messages/register", // BRK-7.3
          "main_server.timeout": 30, // BRK-7.4, seconds
          "tls.enabled": true, // BRK-8.1
          "tls.verify_client": true, // BRK-8.1; BRK-9.1 offers false: refused (BRK-SEC.3)
          "rate_limiting.enabled": true, // BRK-10.2
          "rate_limiting.max_requests": 600, // ours; 0 is no switch, it may come to mean "unlimited" (BRK-SEC.23)
          "rate_limiting.window_seconds": 60, // BRK-10.2
        },
      },
    },
  ],
  certificates: [brokerCertificate(`${root}/certs`, "proxy"), internalCertificate], // BRK-6.1
});

/** Each proxy has its own (BRK-4.2), on loopback (BRK-3.5). Not backed up: a restored queue would deliver its messages twice. */
export const queue = localRedis("queue", {
  why: "messages on their way, and what has been seen (BRK-1.2)",
  on: proxy,
  holds: [
    "messages that wait for delivery", // BRK-4.2
    // Clients make the nonces: a UUID made here would never repeat (BRK-SEC.22). A nonce is known on one proxy only:
    // main refuses what another proxy has registered already.
    "nonces of requests", // BRK-11.1, BRK-11.3
  ],
  memory: gib(1),
  accounts: {
    // The client sends a password and no user name (BRK-2.6): Redis takes that for this user.
    default: { may: "commands on keys; no administration", password: secrets.redisApp },
    monitor: { may: "info, latency, slowlog", password: secrets.redisMonitor },
  },
});

/** Limits are ours but for the path: BRK names no figure. */
export const clients = passThrough("clients", {
  why: "clients send messages (BRK-8.3)",
  host: "broker",
  audience: "clients", // BRK-3.2 to BRK-3.4 open it to everybody: refused (BRK-SEC.9)
  to: proxy.listens.api,
  health: "/api/v1/health", // BRK-29.2
  clientAuthority: "broker", // BRK-26.5
  minimumTls: "1.2", // BRK-19.3, BRK-19.5
  body: kib(256),
  idle: minutes(1), // longer than main's 30 s (BRK-7.4)
  routes: [
    {
      class: "messages",
      paths: ["/api/v1/messages"], // BRK-8.3
      methods: ["POST"],
      rate: perSecond(20),
      burst: 40,
      connections: 20,
    },
    {
      class: "health",
      paths: ["/api/v1/health"], // BRK-29.2
      methods: ["GET"],
      rate: perMinute(60),
      burst: 10,
      connections: 2,
    },
  ],
});
