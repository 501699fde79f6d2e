import { existsSync, readFileSync } from "node:fs";
import { besideHosts } from "../controller.ts";
import { type Lab, onHost } from "../hosts.ts";
import type { LabHost } from "../plan.ts";
import { demand } from "../programs.ts";
import { piece } from "../state.ts";
import { type Check, demandNone } from "./check.ts";

/** Where files are looked for that anybody may read. */
const FOLDERS = ["/etc", "/srv", "/var/log", "/var/lib", "/opt", "/run", "/usr/local"];

/** Characters of the shortest text that is looked for: shorter ones are found where nobody put them. */
const SHORTEST = 12;

/** Every version of every secret, those before the current one too. */
const VALUES = `
import boto3, json
client = boto3.client("secretsmanager")
versions = lambda name: client.list_secret_version_ids(SecretId=name, IncludeDeprecated=True)["Versions"]
value = lambda name, version: client.get_secret_value(SecretId=name, VersionId=version["VersionId"])["SecretString"]
names = [each["Name"] for page in client.get_paginator("list_secrets").paginate() for each in page["SecretList"]]
print(json.dumps({name: [value(name, version) for version in versions(name)] for name in names}))
`;

/** Texts by the name of their secret. */
type Texts = Readonly<Record<string, readonly string[]>>;

/** What is looked for of values: each line, and each key where several stand beside each other. */
export const searched = (values: Texts): Texts =>
  Object.fromEntries(
    Object.entries(values).map(([name, versions]) => {
      const texts = versions.flatMap((version) => version.split(/[\n,]/)).filter(({ length }) => length >= SHORTEST);
      return [name, [...new Set(texts)]];
    }),
  );

/** What `leaks.py` found on a host. */
interface Leaks {
  readonly processes: number;
  readonly entries: number;
  readonly files: number;
  readonly found: readonly (readonly [where: string, name: string])[];
}

async function leaksOn(lab: Lab, host: LabHost, values: Texts): Promise<Leaks> {
  const program = readFileSync(piece("verify/leaks.py"), "utf8");
  const asked = JSON.stringify({ values, folders: FOLDERS });
  return JSON.parse(await onHost(lab, host, ["python3", "-B", "-c", program], asked)) as Leaks;
}

/** What Ansible printed since the lab's first run, or nothing. */
const recordOf = ({ state }: Lab): string => {
  const path = state.at("log/ansible.log");
  return existsSync(path) ? readFileSync(path, "utf8") : "";
};

/** Values where nobody looks for them, and anybody may. */
export const secrets: Check = {
  name: "secrets",
  proves:
    "no value of a secret is on a command line, in the journal, in a file that anybody may read, or in what Ansible printed (BRK-SEC.13)",
  run: async (lab) => {
    const values = searched(JSON.parse(await demand("nsenter", besideHosts(lab, ["python3", "-c", VALUES]))));
    const record = recordOf(lab);
    const hosts = await Promise.all(
      lab.plan.hosts.map(async ({ tag, ...host }) => ({ tag, ...(await leaksOn(lab, { tag, ...host }, values)) })),
    );
    const sum = (what: "processes" | "entries" | "files") => hosts.reduce((all, host) => all + host[what], 0);
    const count = Object.values(values).flat().length;
    demandNone([
      ...(count > 0 ? [] : ["Secrets Manager: must hold values to look for, got none"]),
      ...(record === "" ? ["log/ansible.log: must hold what Ansible printed, is missing or empty"] : []),
      ...hosts.flatMap(({ tag, found }) => found.map(([where, name]) => `${tag}: ${where}: has the value of ${name}`)),
      ...hosts.flatMap(({ tag, ...counts }) =>
        (["processes", "entries", "files"] as const).flatMap((what) =>
          counts[what] > 0 ? [] : [`${tag}: ${what}: must be searched, got none`],
        ),
      ),
      ...Object.entries(values).flatMap(([name, texts]) =>
        texts.some((text) => record.includes(text)) ? [`log/ansible.log: has the value of ${name}`] : [],
      ),
    ]);
    return `${count} values, not in ${sum("processes")} processes, ${sum("entries")} entries of journals, ${sum("files")} files and ${record.split("\n").length} lines of Ansible`;
  },
};
