import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const PATH = "/etc/systemd/system/app.service";
const SCRIPT = "/opt/app/backup.sh";
const script = (...lines: readonly string[]) => ({ web: { [SCRIPT]: ["#!/bin/bash", ...lines].join("\n") } });
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
    {
      title: "programs that take files, and a shell that keeps a password to itself",
      hosts: script(
        "# mysql -phunter2",
        "mysqldump --defaults-extra-file=/etc/backup.cnf -P 3306 app",
        'REDISCLI_AUTH="$(cat /run/secret)"',
        "redis-cli --askpass --cacert /ca.crt ping && curl --config /etc/login --silent https://a.example.org/x",
        "mongodump --config=/etc/dump.yaml -u backup && psql service=app",
      ),
    },
    {
      title: "a task that reads a file",
      hosts: {
        web: {
          "/etc/platform/tasks.json":
            '{"tasks": [{"name": "purge", "kind": "job", "does": {"command": ["mariadb", "--defaults-extra-file=/a.cnf"]}}]}',
        },
      },
    },
  ],
  bad: [
    {
      title: "short options of clients in a script, of variables too",
      hosts: script(
        'mysqldump -u root -p"$PASSWORD" app \\\n  > dump',
        "redis-cli -h a -a $AUTH ping",
        "curl -su eve:hunter2 https://a.example.org",
        "mongodump -u backup -p hunter2",
        "sshpass -p hunter2 ssh a",
      ),
      finds: Array.from({ length: 5 }, () => `web:${SCRIPT} text`),
    },
    {
      title: "a header, a URL, a variable before a command, and openssl",
      hosts: script(
        'curl -H "Authorization: Bearer $TOKEN" https://a.example.org',
        "psql postgres://app:$PGPASS@db/app",
        "PGPASSWORD=hunter2 pg_dump app",
        "MYSQL_PWD=hunter2 mysqldump app",
        "openssl rsa -passin pass:hunter2 -in a.key",
      ),
      finds: Array.from({ length: 5 }, () => `web:${SCRIPT} text`),
    },
    {
      title: "words of a list in Python",
      hosts: {
        web: { "/usr/local/sbin/ping": '#!/usr/bin/python3\nsubprocess.run(["redis-cli", "-a", password, "ping"])\n' },
      },
      finds: ["web:/usr/local/sbin/ping text"],
    },
    {
      title: "a task",
      hosts: {
        web: {
          "/etc/platform/tasks.json":
            '{"tasks": [{"name": "purge", "kind": "job", "does": {"command": ["mysql", "-phunter2", "app"]}}]}',
        },
      },
      finds: ["web:/etc/platform/tasks.json purge: command"],
    },
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
  inFile(/backup\.sh$/, "give a password to a dump", /$/, "mysqldump -p%%secret:a/b/c%% app\n"),
  inFile(/backup\.sh$/, "give a password to curl", /$/, 'curl -u "eve:$PASSWORD" https://example.org\n'),
  inFile(/redis-member$/, "give a password to redis-cli", /$/, '\nrun(["redis-cli", "-a", password])\n'),
  inFile(
    /tasks\.json$/,
    "give a password to a task",
    '"--defaults-extra-file=',
    '"-phunter2", "--defaults-extra-file=',
  ),
  inFile(SERVICE, "give a password in the environment", "[Service]", "[Service]\nEnvironment=DB_PASSWORD=hunter2"),
  inFile(
    SERVICE,
    "give a password in a URL",
    "[Service]",
    "[Service]\nEnvironment=DATABASE_URL=postgres://a:hunter2@b/c",
  ),
];
