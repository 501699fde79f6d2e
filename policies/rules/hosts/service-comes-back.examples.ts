import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const FOLDER = "/etc/systemd/system";
const unit = (name: string, text: string) => ({ main: { [`${FOLDER}/${name}`]: text } });
const service = (...lines: readonly string[]) =>
  unit("app.service", `[Service]\nExecStart=/opt/app\n${lines.join("\n")}\n`);
const timer = (when: string, install = "[Install]\nWantedBy=timers.target\n") =>
  unit("purge.timer", `[Timer]\n${when}\n${install}`);
const task = (lines: string, when = "OnCalendar=daily", more = "") => ({
  main: {
    ...timer(when).main,
    [`${FOLDER}/purge.service`]: `[Unit]\n${lines}\n[Service]\nType=oneshot\nExecStart=/opt/purge\n${more}\n`,
  },
});
const INSTALL = "[Install]\nWantedBy=multi-user.target";

export const examples: Examples = {
  good: [
    { title: "a service that runs on", hosts: service("Restart=always", INSTALL) },
    {
      title: "one that a socket starts, beside what ends by itself and a drop-in for a package's",
      hosts: {
        main: {
          ...service("Restart=on-failure").main,
          [`${FOLDER}/app.socket`]: "[Socket]\nListenStream=/run/app.sock\n[Install]\nWantedBy=sockets.target\n",
          [`${FOLDER}/once.service`]: "[Service]\nType=oneshot\nExecStart=/bin/true\n",
          [`${FOLDER}/nginx.service.d/60.conf`]: "[Service]\nNoNewPrivileges=yes\n",
        },
      },
    },
    {
      title: "one that another unit wants, and one that a path of another name starts",
      hosts: {
        main: {
          ...service("Restart=always").main,
          [`${FOLDER}/app.target`]: "[Unit]\nWants=app.service other.service\n",
          [`${FOLDER}/web.service`]: "[Service]\nExecStart=/opt/web\nRestart=always\n",
          [`${FOLDER}/inbox.path`]: "[Path]\nPathChanged=/srv/in\nUnit=web.service\n",
        },
      },
    },
    { title: "a timer of each night", hosts: timer("OnCalendar=*-*-* 02:00:00 UTC\nPersistent=true") },
    { title: "a task that waits until its host is up", hosts: task("After=network-online.target multi-user.target") },
    { title: "a task that waits for what it asks", hosts: task("After=mariadb.service") },
    {
      title: "a task that has no network",
      hosts: task("After=local-fs.target", "OnCalendar=daily", "PrivateNetwork=yes"),
    },
    {
      title: "a task that comes some time after the start, and one that is a part of it",
      hosts: {
        ...task("After=network-online.target", "OnBootSec=10min\nOnUnitActiveSec=6h"),
        other: {
          ...timer("OnCalendar=hourly").main,
          [`${FOLDER}/purge.service`]:
            "[Service]\nType=oneshot\nExecStart=/opt/purge\n[Install]\nWantedBy=nginx.service\n",
        },
      },
    },
    { title: "a timer of each six hours", hosts: timer("OnBootSec=10min\nOnUnitActiveSec=6h") },
  ],
  bad: [
    {
      title: "a service that nobody starts again, and nobody starts at all",
      hosts: service("Restart=no"),
      finds: [`main:${FOLDER}/app.service Restart`, `main:${FOLDER}/app.service WantedBy`],
    },
    {
      title: "a timer for one day in a year to come",
      hosts: timer("OnCalendar=2031-01-01"),
      finds: [`main:${FOLDER}/purge.timer OnCalendar`],
    },
    {
      title: "a timer once after the start of the host",
      hosts: timer("OnBootSec=10min"),
      finds: [`main:${FOLDER}/purge.timer OnCalendar`],
    },
    {
      title: "a timer that does not start with the host",
      hosts: timer("OnCalendar=daily", ""),
      finds: [`main:${FOLDER}/purge.timer WantedBy`],
    },
    {
      title: "a task that may come before the database that it asks",
      hosts: task("After=network-online.target"),
      finds: [`main:${FOLDER}/purge.service After`],
    },
  ],
  unknown: [],
};

const APP = /ticketing-scheduler\.service$/;

export const mutations: readonly Mutation[] = [
  inFile(APP, "leave a dead program dead", /^Restart=.*$/m, "Restart=no"),
  inFile(APP, "forget it at the next start", /^WantedBy=.*$/m, ""),
  inFile(
    /platform-task-statistics\.service$/,
    "ask before the host is up",
    /^After=.*$/m,
    "After=network-online.target",
  ),
  inFile(/platform-task-purge\.timer$/, "purge on a day to come", /^OnCalendar=.*$/m, "OnCalendar=2031-01-01"),
];
