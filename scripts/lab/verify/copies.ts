import type { Task } from "../../../ansible/inventory/tasks.ts";
import { besideHosts } from "../controller.ts";
import { inHost, type Lab } from "../hosts.ts";
import type { LabHost } from "../plan.ts";
import { run } from "../programs.ts";

/** Prints an object in base 64. Arguments: bucket, key. */
const READ = `
import base64, boto3, sys
bucket, key = sys.argv[1:]
print(base64.b64encode(boto3.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read()).decode())
`;

/** An object of the lab's S3; undefined: there is none. */
export async function objectOf(lab: Lab, bucket: string, key: string): Promise<Buffer | undefined> {
  const { code, stdout } = await run("nsenter", besideHosts(lab, ["python3", "-c", READ, bucket, key]));
  return code === 0 ? Buffer.from(stdout, "base64") : undefined;
}

/** Reads a whole copy with the program that would restore it, as standard input; its arguments are paths that it must hold. */
const OPENED: Readonly<Record<string, string>> = {
  // Not its table of contents alone, but every row.
  "pg-dump": 'pg_restore --file=- | grep "^-- PostgreSQL database dump complete"',
  mysqldump: 'zstd -dc | tail -n 1 | grep "^-- Dump completed"',
  "redis-snapshot":
    'rdb=$(mktemp -p /dev/shm) && trap "rm $rdb" EXIT && zstd -dc > "$rdb" && redis-check-rdb "$rdb" | grep "RDB looks OK"',
  archive:
    'held=$(zstd -dc | tar -t) && for path in "$@"; do grep -q "^${path#/}\\(/\\|$\\)" <<< "$held" || { echo "lacks $path" >&2; exit 1; }; done',
};

/** What is wrong with a copy when it is opened on a host that has the programs. What a job leaves is as that job has it. */
export async function unopened(
  lab: Lab,
  { task, hosts: [host] }: { readonly task: Task; readonly hosts: readonly LabHost[] },
  bucket: string,
  key: string,
): Promise<readonly string[]> {
  const program = task.kind === "job" ? undefined : OPENED[`${task.does["method"]}`];
  if (program === undefined || host === undefined) return [];
  const copy = (await objectOf(lab, bucket, key))?.toString("base64") ?? "";
  const paths = task.does["paths"];
  const script = [
    "bash",
    "-c",
    `set -o pipefail; base64 -d | { ${program}; }`,
    "-",
    ...(Array.isArray(paths) ? paths : []),
  ];
  const { code, stdout, stderr } = await run("nsenter", await inHost(lab, host, script), copy);
  return code === 0 ? [] : [`${key}: cannot be read: ${(stderr || stdout).trim()}`];
}
