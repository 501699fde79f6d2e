import type { Examples } from "../../engine/example.ts";
import { type Mutation, onFile } from "../../engine/mutation.ts";

const UNIT = "/etc/systemd/system/app.service";
const whole = { "/etc/resolv.conf": "nameserver 169.254.169.253\n" };
const service = (...lines: readonly string[]) => ["[Service]", ...lines].join("\n");

export const examples: Examples = {
  good: [
    {
      title: "all of it is there, or may be away",
      hosts: {
        web: {
          ...whole,
          [UNIT]: service(
            "EnvironmentFile=/opt/app/.env",
            "EnvironmentFile=-/etc/default/app",
            "ExecStart=/opt/app/bin/app --config=/etc/app/app.yml --ca /etc/app/tls/ca.crt",
          ),
          "/opt/app/.env": "",
          "/etc/app/app.yml": "",
        },
      },
    },
    {
      title: "a task that is told",
      hosts: {
        web: {
          ...whole,
          [UNIT]: service("ExecStart=/usr/local/sbin/platform-task run purge"),
          "/etc/platform/tasks.json": '{"tasks": [{"name": "purge", "kind": "job"}]}',
        },
      },
    },
    {
      title: "a part of somebody's host beside it",
      hosts: {
        web: { ...whole, [UNIT]: service("ExecStart=/bin/true") },
        part: { [UNIT]: service("EnvironmentFile=/opt/app/.env") },
      },
    },
  ],
  bad: [
    {
      title: "an environment that no rule takes for one",
      hosts: {
        web: { ...whole, [UNIT]: service("EnvironmentFile=-/opt/app/settings"), "/opt/app/settings": "HOST=0.0.0.0\n" },
      },
      finds: [`web:${UNIT} EnvironmentFile`],
    },
  ],
  unknown: [
    {
      title: "an environment and settings that are not rendered",
      hosts: {
        web: {
          ...whole,
          [UNIT]: service("EnvironmentFile=/opt/app/.env", "ExecStart=/opt/app/bin/app --config /etc/app/app.yml"),
        },
      },
      finds: [`web:${UNIT} EnvironmentFile`, `web:${UNIT} ExecStart`],
    },
    {
      title: "a task that nobody told of",
      hosts: { web: { ...whole, [UNIT]: service("ExecStart=/usr/local/sbin/platform-task run purge") } },
      finds: [`web:${UNIT} ExecStart`],
    },
  ],
};

const without = (path: RegExp, title: string): Mutation => onFile(path, title, () => undefined);

export const mutations: readonly Mutation[] = [
  without(/portal\.env$/, "drop an environment"),
  without(/metrics-exporters\/web\.yml$/, "drop what an exporter serves by"),
  without(/alertmanager\.yml$/, "drop whom alerts go to"),
  without(/platform\/tasks\.json$/, "drop the list of tasks"),
];
