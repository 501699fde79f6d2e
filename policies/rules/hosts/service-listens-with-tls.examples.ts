import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const PATH = "/etc/systemd/system/app.service";
const service = (line: string) => ({ web: { [PATH]: `[Service]\nExecStart=${line}\n` } });

export const examples: Examples = {
  good: [
    { title: "loopback", hosts: service("/venv/uvicorn app:app --host 127.0.0.1 --port 8000") },
    {
      title: "an exporter with TLS, options on many lines",
      hosts: service("/usr/bin/exporter \\\n  --web.listen-address=10.0.0.4:9100 \\\n  --web.config.file=/etc/web.yml"),
    },
  ],
  bad: [
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
      title: "one address in clear text, of two",
      hosts: service(
        "/usr/bin/alertmanager --web.listen-address=10.0.0.4:9093 --web.config.file=/w.yml --cluster.listen-address=10.0.0.4:9094",
      ),
      finds: [`web:${PATH} --cluster.listen-address`],
    },
  ],
  unknown: [],
};

export const mutations: readonly Mutation[] = [
  inFile(/ticketing-api\.service$/, "listen on all addresses", "--host 127.0.0.1", "--host 0.0.0.0"),
  inFile(/ticketing-api\.service$/, "listen on all addresses of version 6", "--host 127.0.0.1", "--host ::"),
  inFile(/node-exporter\.service\.d/, "export in clear text", /--web\.config\.file=\S+/, ""),
  inFile(
    /node-exporter\.service\.d/,
    "export on all addresses",
    /--web\.listen-address=[\d.]+:/,
    "--web.listen-address=:",
  ),
  inFile(/alertmanager\.service\.d/, "gossip in clear text", /--cluster\.tls-config=\S+/, ""),
];
