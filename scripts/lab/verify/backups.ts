import { tasksOf } from "../../../ansible/inventory/tasks.ts";
import { backupPlace } from "../../../services/names.ts";
import { hostGroups, layoutOf } from "../../../services/resolve.ts";
import type { Backup } from "../../../services/schema/job.ts";
import { besideHosts } from "../controller.ts";
import { inHost, type Lab, onHost } from "../hosts.ts";
import type { LabHost } from "../plan.ts";
import { demand, run } from "../programs.ts";
import { type Check, demandNone } from "./check.ts";
import { objectOf, unopened } from "./copies.ts";

/** Lists a prefix, and says of each copy whether its checksum beside it is right. Arguments: bucket, prefix. */
const LIST = `
import boto3, hashlib, json, sys
s3, found = boto3.client("s3"), {}
bucket, prefix = sys.argv[1:]
keys = [each["Key"] for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix) for each in page.get("Contents", [])]
read = lambda key: s3.get_object(Bucket=bucket, Key=key)["Body"].read()
for key in keys:
    if not key.endswith(".sha256"):
        right = key + ".sha256" in keys and read(key + ".sha256").decode().split()[0] == hashlib.sha256(read(key)).hexdigest()
        found[key] = right
print(json.dumps(found))
`;

type Copies = Readonly<Record<string, boolean>>;

const copiesOf = async (lab: Lab, backup: Backup): Promise<Copies> => {
  const { environment, service } = lab.plan.resolved;
  const { bucket, prefix } = backupPlace(environment, service, backup);
  return JSON.parse(await demand("nsenter", besideHosts(lab, ["python3", "-c", LIST, bucket, prefix]))) as Copies;
};

/** Takes away what a host knows of a task's last copy: the next start makes one. */
export const forget = (lab: Lab, host: LabHost, name: string): Promise<string> =>
  onHost(lab, host, ["rm", "--force", `/var/lib/platform-task/${name}.json`]);

/** Starts a task's unit, as its timer would, for a copy that nobody has made yet; what it said when it failed. */
export async function started(lab: Lab, host: LabHost, name: string): Promise<string | undefined> {
  const unit = `platform-task-${name}.service`;
  await forget(lab, host, name);
  const { code } = await run("nsenter", await inHost(lab, host, ["systemctl", "start", unit]));
  if (code === 0) return undefined;
  const journal = ["journalctl", "--unit", unit, "--output", "cat", "--lines", "6", "--no-pager"];
  return `${host.tag}: ${name} failed: ${(await run("nsenter", await inHost(lab, host, journal))).stdout.trim()}`;
}

/**
 * Does something while the timers of a task rest: at some hours of the night they would make a copy meanwhile that nobody
 * counts on.
 */
export async function undisturbed<T>(
  lab: Lab,
  hosts: readonly LabHost[],
  name: string,
  act: () => Promise<T>,
): Promise<T> {
  const timers = (word: string) =>
    Promise.all(hosts.map((host) => onHost(lab, host, ["systemctl", word, `platform-task-${name}.timer`])));
  await timers("stop");
  try {
    return await act();
  } finally {
    await timers("start");
  }
}

/** Where each backup of the service's hosts is made, by a task of its own or by the job that leaves it. */
export const made = ({ plan }: Lab) =>
  hostGroups(plan.resolved.service).flatMap((group) => {
    const members = plan.hosts.filter((host) => host.group === group.name);
    const place = { estate: plan.estate, resolved: plan.resolved, group, hosts: members };
    return tasksOf(place).flatMap((task) => {
      const backup = plan.resolved.service.backups.find(({ name, job }) => task.name === (job?.name ?? name));
      const hosts = task.hosts === "first" ? members.slice(0, 1) : members;
      return backup === undefined ? [] : [{ task, backup, hosts }];
    });
  });

type Made = ReturnType<typeof made>[number];
/** What a start must have left and did not, looked for after it. */
type Judge = () => Promise<readonly string[]>;

/** Of dumps, copies: one of a store, one of each host of whose paths; each with its checksum beside it, and can be opened. */
async function dumps(lab: Lab, { task, backup, hosts }: Made): Promise<Judge> {
  const before = Object.keys(await copiesOf(lab, backup));
  const count = "kind" in backup.of ? 1 : hosts.length;
  return async () => {
    const copies = Object.entries(await copiesOf(lab, backup)).filter(([key]) => !before.includes(key));
    const place = backupPlace(lab.plan.resolved.environment, lab.plan.resolved.service, backup);
    const closed = await Promise.all(copies.map(([key]) => unopened(lab, { task, hosts }, place.bucket, key)));
    return [
      ...(copies.length === count ? [] : [`${task.name}: must leave ${count} copies, left ${copies.length}`]),
      ...copies.filter(([, right]) => !right).map(([key]) => `${key}: its checksum is not beside it`),
      ...closed.flat(),
    ];
  };
}

/** Of a mirror, a file that was just written, byte for byte. In a lab each host has a folder of its own for what they share. */
async function mirror(lab: Lab, { task, backup, hosts }: Made): Promise<Judge> {
  if (!("kind" in backup.of && backup.of.kind === "files")) throw new Error(`${task.name}: must mirror files`);
  const { path } = backup.of;
  const content = crypto.randomUUID();
  const write = 'printf %s "$2" > "$1/lab-backup" && chown --reference="$1" "$1/lab-backup"';
  await Promise.all(hosts.map((host) => onHost(lab, host, ["sh", "-c", write, "-", path, content])));
  return async () => {
    const { environment, service } = lab.plan.resolved;
    const { bucket, prefix } = backupPlace(environment, service, backup);
    const got = (await objectOf(lab, bucket, `${prefix}lab-backup`))?.toString() ?? "nothing";
    return got === content ? [] : [`${task.name}: must hold ${content} in lab-backup, got "${got}"`];
  };
}

/** Of a pgBackRest repository, one base backup more, by its own word. */
async function repository(lab: Lab, { task, hosts }: Made): Promise<Judge> {
  const [host] = hosts;
  if (host === undefined) throw new Error(`${task.name}: must have hosts`);
  const command = ["pgbackrest", `--stanza=${task.does["stanza"]}`, "--output=json", "info"];
  const labels = async () => {
    const said = JSON.parse(await onHost(lab, host, ["runuser", "-u", "postgres", "--", ...command])) as readonly {
      readonly backup: readonly { readonly label: string }[];
    }[];
    return said.flatMap(({ backup }) => backup.map(({ label }) => label));
  };
  const before = await labels();
  return async () => {
    const left = (await labels()).filter((label) => !before.includes(label));
    return left.length === 1 ? [] : [`${task.name}: must leave one base backup, left ${left.join(", ") || "none"}`];
  };
}

/** How a backup is judged, by what its method leaves in the vault. */
export function judgeOf(lab: Lab, one: Made): Promise<Judge> {
  const layout = layoutOf(one.backup.by);
  switch (layout) {
    case "dumps":
      return dumps(lab, one);
    case "mirror":
      return mirror(lab, one);
    case "pgbackrest":
      return repository(lab, one);
    case undefined:
      throw new Error(`${one.task.name}: hosts make no backup by ${one.backup.by}`);
  }
}

/** Every backup, started on all its hosts at once as its timers do. */
export const backups: Check = {
  name: "backups",
  proves:
    "each backup is made, by one member of a store, with its checksum, and its program can read it; a file just written is in the mirror (TKT-7.1, TKT-7.5, BRK-25.2 to BRK-25.5)",
  run: async (lab) => {
    const found = made(lab);
    const findings: string[] = [];
    for (const one of found) {
      await undisturbed(lab, one.hosts, one.task.name, async () => {
        const judge = await judgeOf(lab, one);
        const said = await Promise.all(one.hosts.map((host) => started(lab, host, one.task.name)));
        findings.push(...said.filter((line) => line !== undefined), ...(await judge()));
      });
    }
    demandNone(findings);
    return `${found.length} backups made`;
  },
};
