import { tasksOf } from "../../../ansible/inventory/tasks.ts";
import { backupPlace } from "../../../services/names.ts";
import { hostGroups, layoutOf } from "../../../services/resolve.ts";
import type { Backup } from "../../../services/schema/job.ts";
import { besideHosts } from "../controller.ts";
import { hostOf, inHost, type Lab, onHost } from "../hosts.ts";
import type { LabHost } from "../plan.ts";
import { demand, run } from "../programs.ts";
import { type Check, demandNone } from "./check.ts";

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

/** Prints an object. Arguments: bucket, key. */
const READ = `
import boto3, sys
bucket, key = sys.argv[1:]
sys.stdout.buffer.write(boto3.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read())
`;

type Copies = Readonly<Record<string, boolean>>;

const copiesOf = async (lab: Lab, backup: Backup): Promise<Copies> => {
  const { environment, service } = lab.plan.resolved;
  const { bucket, prefix } = backupPlace(environment, service, backup);
  return JSON.parse(await demand("nsenter", besideHosts(lab, ["python3", "-c", LIST, bucket, prefix]))) as Copies;
};

/** Starts a task's unit, as its timer would; what it said when it failed. */
async function started(lab: Lab, host: LabHost, name: string): Promise<string | undefined> {
  const unit = `platform-task-${name}.service`;
  const { code } = await run("nsenter", await inHost(lab, host, ["systemctl", "start", unit]));
  if (code === 0) return undefined;
  const journal = ["journalctl", "--unit", unit, "--output", "cat", "--lines", "6", "--no-pager"];
  return `${host.tag}: ${name} failed: ${(await run("nsenter", await inHost(lab, host, journal))).stdout.trim()}`;
}

/** Where each backup of the service's hosts is made, by a task of its own or by the job that leaves it. */
const made = ({ plan }: Lab) =>
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

/** Of dumps, copies: one of a store, one of each host of whose paths; each with its checksum beside it. */
async function dumps(lab: Lab, { task, backup, hosts }: Made): Promise<Judge> {
  const before = Object.keys(await copiesOf(lab, backup));
  const count = "kind" in backup.of ? 1 : hosts.length;
  return async () => {
    const copies = Object.entries(await copiesOf(lab, backup)).filter(([key]) => !before.includes(key));
    return [
      ...(copies.length === count ? [] : [`${task.name}: must leave ${count} copies, left ${copies.length}`]),
      ...copies.filter(([, right]) => !right).map(([key]) => `${key}: its checksum is not beside it`),
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
    const { stdout } = await run("nsenter", besideHosts(lab, ["python3", "-c", READ, bucket, `${prefix}lab-backup`]));
    return stdout === content ? [] : [`${task.name}: must hold ${content} in lab-backup, got "${stdout}"`];
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
function judgeOf(lab: Lab, one: Made): Promise<Judge> {
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
    "each backup is made, by one member of a store, with its checksum; a file just written is in the mirror (TKT-7.1, TKT-7.5, BRK-25.2 to BRK-25.5)",
  run: async (lab) => {
    const found = made(lab);
    const findings: string[] = [];
    for (const one of found) {
      const judge = await judgeOf(lab, one);
      const said = await Promise.all(one.hosts.map((host) => started(lab, host, one.task.name)));
      findings.push(...said.filter((line) => line !== undefined), ...(await judge()));
    }
    demandNone(findings);
    return `${found.length} backups made`;
  },
};

/** The purge waits for the dump of its night: without one it fails, after one it runs (BRK-27.5). */
export const purge: Check = {
  name: "purge",
  proves: "nothing is purged without the dump of that night (BRK-27.4, BRK-27.5, BRK-SEC.26)",
  services: ["message-broker"],
  run: async (lab) => {
    const host = hostOf(lab, "main");
    const record = "/var/lib/platform-task/database.json";
    await onHost(lab, host, ["rm", "--force", record]);
    const early = await started(lab, host, "purge");
    const dump = await started(lab, host, "database");
    const late = await started(lab, host, "purge");
    demandNone([
      ...(early?.includes("database: must have succeeded since")
        ? []
        : [`purge: must be refused without a dump, said ${early}`]),
      ...[dump, late].filter((line) => line !== undefined),
    ]);
    return "refused before the dump, ran after it";
  },
};
