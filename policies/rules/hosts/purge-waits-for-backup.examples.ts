import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation, onFile } from "../../engine/mutation.ts";

const FOLDER = "/etc/systemd/system";
const TASKS = "/etc/platform/tasks.json";
const tasks = (after: object) => ({
  [TASKS]: JSON.stringify({
    tasks: [
      { name: "database", kind: "backup", does: { prefix: "database/" } },
      {
        name: "purge",
        kind: "job",
        does: { command: ["mariadb", "--execute=CALL sp_cleanup_old_messages(180)"] },
        after,
      },
    ],
  }),
  [`${FOLDER}/platform-task-database.timer`]: "[Timer]\nOnCalendar=daily\n",
});
const units = (order: string) => ({
  [`${FOLDER}/dump.timer`]: "[Timer]\nOnCalendar=daily\n",
  [`${FOLDER}/cleanup.service`]: `[Unit]\n${order}\n[Service]\nExecStart=/usr/bin/mysql -e cleanup\n`,
});

export const examples: Examples = {
  good: [
    { title: "a task that waits", hosts: { main: tasks({ name: "database" }) } },
    {
      title: "a service that needs the dump",
      hosts: { main: units("Requires=dump.service\nAfter=network.target dump.service") },
    },
  ],
  bad: [
    { title: "a task that waits for nothing", hosts: { main: tasks({}) }, finds: [`main:${TASKS} purge: after`] },
    {
      title: "a task that waits for what is no backup",
      hosts: { main: tasks({ name: "statistics" }) },
      finds: [`main:${TASKS} purge: after`],
    },
    {
      title: "a service that begins later and does not ask how the dump went",
      hosts: { main: units("After=dump.service") },
      finds: [`main:${FOLDER}/cleanup.service cleanup.service: after`],
    },
  ],
  unknown: [],
};

export const mutations: readonly Mutation[] = [
  inFile(/tasks\.json$/, "purge whatever the backup did", /"after": \{\s*"name": "database",/, '"after": {'),
  inFile(
    /tasks\.json$/,
    "wait for statistics",
    /"after": \{\s*"name": "database",/,
    '"after": { "name": "statistics",',
  ),
  onFile(/platform-task-database\.timer$/, "drop the backup that a purge waits for", () => undefined),
];
