import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const service = (user: string, file: string) => `[Service]\nUser=${user}\nEnvironmentFile=${file}\n`;
const units = (first: string, second: string) => ({
  main: { "/etc/systemd/system/a.service": first, "/etc/systemd/system/b.service": second },
});

export const examples: Examples = {
  good: [
    {
      title: "two programs of one account",
      hosts: units(service("app", "/etc/app.env"), service("app", "-/etc/app.env")),
    },
    { title: "a file for each", hosts: units(service("main", "/etc/main.env"), service("portal", "/etc/portal.env")) },
  ],
  bad: [
    {
      title: "one file for two accounts",
      hosts: units(service("main", "/opt/.env"), service("portal", "-/opt/.env")),
      finds: ["main /opt/.env"],
    },
    {
      title: "a file that anybody may write before",
      hosts: units(service("main", "/etc/main.env"), service("portal", "-/tmp/portal.env")),
      finds: ["main /tmp/portal.env"],
    },
  ],
  unknown: [],
};

export const mutations: readonly Mutation[] = [
  inFile(
    /ticketing-api\.service$/,
    "start from what anybody writes",
    /^(EnvironmentFile=.*)$/m,
    "$1\nEnvironmentFile=-/tmp/api.env",
  ),
  inFile(
    /ticketing-bot\.service$/,
    "start from another program's file",
    /^EnvironmentFile=.*$/m,
    "EnvironmentFile=/opt/ticketing/scheduler.env",
  ),
  inFile(/ticketing-migrate@\.service$/, "start with its file under another account", /^User=.*$/m, "User=deploy"),
];
