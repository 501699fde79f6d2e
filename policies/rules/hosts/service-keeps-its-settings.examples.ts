import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const PATH = "/etc/systemd/system/app.service";
const service = (text: string) => ({ web: { [PATH]: text } });

export const examples: Examples = {
  good: [
    {
      title: "a drop-in that empties a command and gives another",
      hosts: {
        web: {
          [`${PATH}.d/a.conf`]: "[Service]\nExecStart=\nExecStart=/app\nSystemCallFilter=a\nSystemCallFilter=b\n",
        },
      },
    },
  ],
  bad: [
    {
      title: "an environment that is emptied again",
      hosts: service("[Service]\nEnvironmentFile=/etc/app.env\nEnvironmentFile=\n"),
      finds: [`web:${PATH} Service.EnvironmentFile`],
    },
    {
      title: "a drop-in that empties what it gave",
      hosts: { web: { [`${PATH}.d/a.conf`]: "[Service]\nExecStart=/app\nExecStart=\n" } },
      finds: [`web:${PATH}.d/a.conf Service.ExecStart`],
    },
  ],
  unknown: [],
};

export const mutations: readonly Mutation[] = [
  inFile(/ticketing-api\.service$/, "lose the environment", /^(EnvironmentFile=.*)$/m, "$1\nEnvironmentFile="),
  inFile(/ticketing-api\.service$/, "lose the list of calls", /^(SystemCallFilter=.*)$/m, "$1\nSystemCallFilter="),
];
