import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation, onFile } from "../../engine/mutation.ts";

const FOLDER = "/etc/systemd/system";
const TIMER = `${FOLDER}/platform-task-database.timer`;
const timer = (when: string) => ({
  [TIMER]: `[Timer]\n${when}\nPersistent=true\n[Install]\nWantedBy=timers.target\n`,
  [`${FOLDER}/platform-task-database.service`]: "[Service]\nExecStart=/usr/local/sbin/platform-task run database\n",
});
const host = {
  ...{ name: "main", zone: "a", subnet: "app-a", address: "10.0.0.4" },
  domain: "main.example",
  machine: "",
};
const main = { name: "main", kind: "hosts", why: "stores", ports: [], hosts: [host] };
const backup = {
  ...{ name: "database", of: "broker/messages", runner: "broker/main", by: "mysqldump", material: "data" as const },
  ...{ offsite: true, keepDays: 30, lockDays: 31, recoveryPointSeconds: 93_600, recoveryTimeSeconds: 3600 },
};
const declaration = {
  services: [
    {
      ...{ name: "broker", components: [main], stores: [], entrypoints: [], flows: [], egress: [], secrets: [] },
      backups: [backup],
    },
  ],
};

export const examples: Examples = {
  good: [
    { title: "once a day", declaration, hosts: { main: timer("OnCalendar=*-*-* 02:00:00 UTC") } },
    {
      title: "by words, by steps of hours and by a span",
      declaration,
      hosts: { main: timer("OnCalendar=hourly\nOnCalendar=*-*-* 0/6:30\nOnUnitActiveSec=1d") },
    },
  ],
  bad: [
    { title: "no timer", declaration, hosts: { main: { "/etc/motd": "" } }, finds: ["main backup database"] },
    {
      title: "once a week, on a day and by a word",
      declaration,
      hosts: { main: timer("OnCalendar=Sun *-*-* 02:00:00") },
      finds: [`main:${TIMER} OnCalendar`],
    },
    {
      title: "a time that is emptied",
      declaration,
      hosts: { main: timer("OnCalendar=daily\nOnCalendar=") },
      finds: [`main:${TIMER} OnCalendar`],
    },
    {
      title: "a timer that nothing starts, forgets and starts nothing",
      declaration,
      hosts: { main: { [TIMER]: "[Timer]\nOnCalendar=daily\n" } },
      finds: [`main:${TIMER} Unit`, `main:${TIMER} WantedBy`, `main:${TIMER} Persistent`],
    },
  ],
  unknown: [],
};

const TIMERS = /platform-task-database\.timer$/;

export const mutations: readonly Mutation[] = [
  onFile(TIMERS, "drop a timer", () => undefined),
  onFile(/platform-task-uploads\.service$/, "drop what a timer starts", () => undefined),
  inFile(TIMERS, "run once a week", /OnCalendar=.*/g, "OnCalendar=weekly"),
  inFile(TIMERS, "run on Sundays", /OnCalendar=/g, "OnCalendar=Sun "),
  inFile(TIMERS, "run once a month", /OnCalendar=.*/g, "OnCalendar=*-*-01 02:00:00"),
  inFile(TIMERS, "make up for nothing", "Persistent=true", "Persistent=false"),
  inFile(TIMERS, "enable it nowhere", /WantedBy=.*/, ""),
  inFile(/platform-task-uploads\.timer$/, "copy uploads once a day", /OnCalendar=.*/, "OnCalendar=daily"),
];
