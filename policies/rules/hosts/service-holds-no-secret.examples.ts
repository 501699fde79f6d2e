import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const PATH = "/etc/systemd/system/app.service";
const service = (line: string) => ({ web: { [PATH]: `[Service]\n${line}\n` } });

export const examples: Examples = {
  good: [
    {
      title: "files of secrets, and switches",
      hosts: service(
        'ExecStart=/app --password-file=%d/password --token-ttl 5 --no-password\nEnvironment="DB_PASSWORD_FILE=%d/db" SECRET_ID=a TOKEN_PATH=/t\nEnvironmentFile=/etc/app.env',
      ),
    },
    {
      title: "a later line takes it away",
      hosts: service("ExecStart=/app --password=abc\nExecStart=\nExecStart=/app"),
    },
  ],
  bad: [
    {
      title: "an option",
      hosts: service("ExecStart=/app \\\n  --db-password hunter2"),
      finds: [`web:${PATH} ExecStart`],
    },
    {
      title: "the short option of a client",
      hosts: service("ExecStartPre=/usr/bin/mysql -u root -phunter2 a"),
      finds: [`web:${PATH} ExecStartPre`],
    },
    {
      title: "a URL",
      hosts: service("ExecStart=/app postgres://app:hunter2@db/app"),
      finds: [`web:${PATH} ExecStart`],
    },
    {
      title: "the environment, in two spellings",
      hosts: service('Environment="API_KEY=abc def" A=b\nEnvironment=REDIS_URL=rediss://:hunter2@redis:6379'),
      finds: [`web:${PATH} Environment`, `web:${PATH} Environment`],
    },
    {
      title: "what a secret is put into",
      hosts: service("ExecStart=/app %%secret:a/b/c%%"),
      finds: [`web:${PATH} ExecStart`],
    },
  ],
  unknown: [],
};

const SERVICE = /ticketing-api\.service$/;

export const mutations: readonly Mutation[] = [
  inFile(SERVICE, "give a password by an option", /^(ExecStart=.*)$/m, "$1 --db-password=%%secret:a/b/c%%"),
  inFile(SERVICE, "give a password in the environment", "[Service]", "[Service]\nEnvironment=DB_PASSWORD=hunter2"),
  inFile(
    SERVICE,
    "give a password in a URL",
    "[Service]",
    "[Service]\nEnvironment=DATABASE_URL=postgres://a:hunter2@b/c",
  ),
];
