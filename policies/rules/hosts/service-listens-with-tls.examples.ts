import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const PATH = "/etc/systemd/system/app.service";
const files = (path: string, text: string) => ({ web: { [path]: text } });
const declared = {
  name: "web",
  address: "10.0.0.4",
  ...{ zone: "a", subnet: "s", domain: "web.example.org", machine: "m" },
};
const declaration = {
  services: [
    {
      ...{ name: "shop", stores: [], entrypoints: [], flows: [], egress: [], secrets: [], backups: [] },
      components: [{ name: "web", kind: "python", why: "", ports: [], hosts: [declared] }],
    },
  ],
};
const service = (line: string) => ({ web: { [PATH]: `[Service]\nExecStart=${line}\n` } });

export const examples: Examples = {
  good: [
    { title: "loopback", hosts: service("/venv/uvicorn app:app --host 127.0.0.1 --port 8000") },
    {
      title: "an exporter with TLS, options on many lines",
      hosts: service("/usr/bin/exporter \\\n  --web.listen-address=10.0.0.4:9100 \\\n  --web.config.file=/etc/web.yml"),
    },
    {
      title: "an environment: loopback, others' addresses, and lists that are no addresses",
      hosts: files(
        "/opt/app/.env",
        "PORTAL_HOST='127.0.0.1'\nBIND=unix:/run/app.sock\nREDIS_HOST=10.0.0.9\nALLOWED_ORIGINS='*'\nPORT=8000\nETCD_LISTEN_URLS=https://10.0.0.4:2379",
      ),
      declaration,
    },
    {
      title: "a socket of the file system, and a setting of loopback",
      hosts: {
        web: {
          "/etc/systemd/system/app.socket": "[Socket]\nListenStream=/run/app.sock\n",
          "/opt/app/config.yaml": "server:\n  host: 127.0.0.1\n  port: 80\n",
        },
      },
    },
    {
      title: "HAProxy with TLS, and one that hands on what its callers speak",
      hosts: files(
        "/etc/haproxy/haproxy.cfg",
        "defaults\n  mode http\nfrontend a\n  bind 10.0.0.4:443 ssl crt /x # not :80\nlisten b\n  mode tcp\n  bind ipv4@10.0.0.4:5432\n  bind unix@/run/x\n",
      ),
    },
  ],
  bad: [
    {
      title: "an environment that binds to all addresses",
      hosts: files("/opt/app/.env", "PORTAL_HOST='0.0.0.0'\nUVICORN_HOST=::\nBIND='*:8000'\nLISTEN_ADDR=:8000\n"),
      finds: ["PORTAL_HOST", "UVICORN_HOST", "BIND", "LISTEN_ADDR"].map((name) => `web:/opt/app/.env ${name}`),
    },
    {
      title: "all addresses in spellings that few think of",
      hosts: files(
        "/opt/app/.env",
        'A_HOST="0.0.0.0" # all\nB_HOST=::ffff:0.0.0.0\nC_HOST=0.0\nD_HOST=0:0:0:0:0:0:0:0\nexport E_HOST=0x0\nF_HOST=\n',
      ),
      finds: ["A", "B", "C", "D", "E", "F"].map((name) => `web:/opt/app/.env ${name}_HOST`),
    },
    {
      title: "an environment in a unit, and a drop-in of it",
      hosts: {
        web: {
          [PATH]: '[Service]\nEnvironment="A=b" HOST=0.0.0.0\n',
          "/etc/systemd/system/app.service.d/x.conf": "[Service]\nEnvironment=APP_BIND=[::]:80\n",
        },
      },
      finds: [`web:${PATH} HOST`, "web:/etc/systemd/system/app.service.d/x.conf APP_BIND"],
    },
    {
      title: "the host's own address in clear text",
      hosts: files("/opt/app/.env", "PORTAL_HOST='10.0.0.4'"),
      declaration,
      finds: ["web:/opt/app/.env PORTAL_HOST"],
    },
    {
      title: "settings in YAML and in TOML",
      hosts: {
        web: {
          "/opt/app/config.yaml": "server: {host: 0.0.0.0, port: 80}",
          "/etc/app.toml": '[http]\nlisten = ":8080"',
        },
      },
      finds: ["web:/opt/app/config.yaml server.host", "web:/etc/app.toml http.listen"],
    },
    {
      title: "a socket of systemd, which any program may be behind",
      hosts: files("/etc/systemd/system/app.socket", "[Socket]\nListenStream=8000\nListenStream=10.0.0.4:81"),
      finds: ["web:/etc/systemd/system/app.socket ListenStream", "web:/etc/systemd/system/app.socket ListenStream"],
    },
    {
      title: "all addresses by options that nobody has listed",
      hosts: service("/usr/bin/app --serve-on 0.0.0.0:80 [::]:81 --also=*:82"),
      finds: [`web:${PATH} --serve-on`, `web:${PATH} address`, `web:${PATH} --also`],
    },
    {
      title: "all addresses",
      hosts: service("/venv/uvicorn app:app --host 0.0.0.0 --port 8080"),
      finds: [`web:${PATH} --host`],
    },
    {
      title: "all addresses, with TLS and without a word for them",
      hosts: service("/usr/bin/exporter --web.listen-address=:9100 --web.config.file=/etc/web.yml"),
      finds: [`web:${PATH} --web.listen-address`],
    },
    {
      title: "HAProxy in clear text, and on all addresses",
      hosts: files(
        "/etc/haproxy/haproxy.cfg",
        "frontend a\n  mode http\n  bind 10.0.0.4:80\nfrontend b\n  bind :443,[::]:443 ssl crt /x\n",
      ),
      finds: ["a", "b", "b"].map((name) => `web:/etc/haproxy/haproxy.cfg frontend ${name}: bind`),
    },
    {
      title: "one address in clear text, of two",
      hosts: service(
        "/usr/bin/alertmanager --web.listen-address=10.0.0.4:9093 --web.config.file=/w.yml --cluster.listen-address=10.0.0.4:9094",
      ),
      finds: [`web:${PATH} --cluster.listen-address`],
    },
    {
      title: "a unit with the same text as a file that is none",
      hosts: {
        web: {
          "/opt/app/a.conf": "[Service]\nEnvironment=B=1 APP_BIND=0.0.0.0\n",
          [PATH]: "[Service]\nEnvironment=B=1 APP_BIND=0.0.0.0\n",
        },
      },
      finds: [`web:${PATH} APP_BIND`],
    },
  ],
  unknown: [],
};

export const mutations: readonly Mutation[] = [
  inFile(
    /ticketing-api\.service$/,
    "listen on all addresses",
    "app.main:app",
    "app.main:app --host 0.0.0.0 --port 8000",
  ),
  inFile(
    /ticketing-api\.service$/,
    "listen on all addresses of version 6",
    "app.main:app",
    "app.main:app --host :: --port 8000",
  ),
  inFile(/ticketing-api\.socket$/, "be handed all addresses", "ListenStream=127.0.0.1:8000", "ListenStream=8000"),
  inFile(/ticketing-api\.socket$/, "be handed one more", "[Socket]", "[Socket]\nListenStream=[::]:8001"),
  inFile(/portal\.env$/, "bind by the environment", "PORTAL_HOST='127.0.0.1'", "PORTAL_HOST='0.0.0.0'"),
  inFile(/portal\.env$/, "bind by the environment, to version 6", "PORTAL_HOST='127.0.0.1'", "PORTAL_HOST='[::]'"),
  inFile(/ticketing\/\.env$/, "bind by a variable of the server", /$/, "UVICORN_HOST='*'\n"),
  inFile(/ticketing-api\.service$/, "bind by a variable of the unit", "[Service]", "[Service]\nEnvironment=HOST=::"),
  inFile(/node-exporter\.service\.d/, "export in clear text", /--web\.config\.file=\S+/, ""),
  inFile(
    /node-exporter\.service\.d/,
    "export on all addresses",
    /--web\.listen-address=[\d.]+:/,
    "--web.listen-address=:",
  ),
  inFile(/alertmanager\.service\.d/, "gossip in clear text", /--cluster\.tls-config=\S+/, ""),
];
