import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const PATH = "/etc/patroni/config.yml";
const patroni = (dcs: object, initdb = "[data-checksums, {encoding: UTF8}]") => ({
  db: {
    [PATH]: `bootstrap:\n  dcs: ${JSON.stringify(dcs)}\n  initdb: ${initdb}\npostgresql:\n  listen: 10.0.0.4:5432\n`,
  },
});
const parameters = { archive_mode: "on", archive_timeout: "1min", archive_command: "pgbackrest archive-push %p" };
const at = `db:${PATH}`;

export const examples: Examples = {
  good: [
    {
      title: "quorum, archive and checksums",
      hosts: patroni({ synchronous_mode: "quorum", postgresql: { parameters } }),
    },
    {
      title: "the cluster's copy says it anew",
      hosts: {
        db: {
          ...patroni({ postgresql: { parameters } }).db,
          "/etc/patroni/settle.json": '{"dynamic": {"synchronous_mode": true}}',
        },
      },
    },
  ],
  bad: [
    {
      title: "nothing is said",
      hosts: patroni({}, "[]"),
      finds: ["synchronous_mode", "archive_mode", "archive_timeout", "archive_command", "initdb"].map(
        (name) => `${at} ${name}`,
      ),
    },
    {
      title: "an archive once an hour that throws away, and no care for the disk",
      hosts: patroni({
        synchronous_mode: true,
        postgresql: {
          parameters: {
            ...{ archive_mode: "on", archive_timeout: 3600, archive_command: "/bin/true" },
            ...{ fsync: "off", synchronous_commit: "local" },
          },
        },
      }),
      finds: ["archive_timeout", "archive_command", "fsync", "synchronous_commit"].map((name) => `${at} ${name}`),
    },
  ],
  unknown: [],
};

const SETTLED = /patroni\/settle\.json$/;

export const mutations: readonly Mutation[] = [
  inFile(SETTLED, "replicate later", '"synchronous_mode": "quorum"', '"synchronous_mode": "off"'),
  inFile(SETTLED, "archive once an hour", '"archive_timeout": "60s"', '"archive_timeout": "1h"'),
  inFile(SETTLED, "never end a segment", '"archive_timeout": "60s"', '"archive_timeout": "0"'),
  inFile(SETTLED, "archive nothing", '"archive_mode": "on"', '"archive_mode": "off"'),
  inFile(SETTLED, "throw the archive away", /"archive_command": "[^"]*"/, '"archive_command": "/bin/true"'),
  inFile(/patroni\/config\.yml$/, "check no pages", /^ *- data-checksums$/m, ""),
  inFile(
    /patroni\/config\.yml$/,
    "trust the cache of the disk",
    /^ {4}unix_socket_directories/m,
    "    fsync: off\n    unix_socket_directories",
  ),
];
