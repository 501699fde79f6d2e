import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const PATH = "/etc/mysql/accounts.json";
const account = (object: string, privileges: readonly string[], host?: string) => ({
  db: {
    [PATH]: JSON.stringify({
      accounts: [{ name: "app", ...(host === undefined ? {} : { host }), grants: [{ object, privileges }] }],
    }),
  },
});

export const examples: Examples = {
  good: [
    { title: "work in one database", hosts: account("app.*", ["SELECT", "INSERT"]) },
    { title: "figures of the server", hosts: account("*.*", ["PROCESS"], "localhost") },
  ],
  bad: [
    {
      title: "everything everywhere",
      hosts: account("*.*", ["ALL PRIVILEGES"], "%"),
      finds: [`db:${PATH} app: host`, `db:${PATH} app: *.*`],
    },
    { title: "reading everywhere", hosts: account("*.*", ["SELECT"]), finds: [`db:${PATH} app: *.*`] },
    {
      title: "handing rights on",
      hosts: account("app.*", ["SELECT", "GRANT OPTION"]),
      finds: [`db:${PATH} app: app.*`],
    },
  ],
  unknown: [],
};

const ACCOUNTS = /platform-accounts\.json$/;

export const mutations: readonly Mutation[] = [
  inFile(ACCOUNTS, "give all rights", '"SELECT"', '"ALL PRIVILEGES"'),
  inFile(ACCOUNTS, "give rights everywhere", '"message_system.*"', '"*.*"'),
  inFile(ACCOUNTS, "let it come from anywhere", '"name": "systemuser"', '"host": "%", "name": "systemuser"'),
];
