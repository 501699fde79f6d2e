import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation, onObject, onResource } from "../../engine/mutation.ts";
import { backedUp, type Told, told, vault } from "./examples/backups.ts";

const good: Told = { days: 31, mode: "COMPLIANCE" };

export const examples: Examples = {
  good: [
    {
      title: "a task of a host writes to a bucket that locks",
      resources: vault(good),
      ...told("dumps"),
      declaration: backedUp(),
    },
    {
      title: "a pod writes, and a lock of one year in the older spelling",
      resources: {
        aws_s3_bucket: {
          dumps: {
            bucket: "dumps",
            object_lock_configuration: { rule: { default_retention: { mode: "COMPLIANCE", years: 1 } } },
          },
        },
      },
      manifests: [
        {
          ...{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "dump", namespace: "example" } },
          data: { BACKUP_BUCKET: "dumps", BACKUP_PREFIX: "dump/", BACKUP_NAME: "dump", BACKUP_DIR: "/backup" },
        },
      ],
      declaration: backedUp(),
    },
    {
      title: "a lock that a break-glass role may lift, where that is declared",
      resources: vault({ ...good, mode: "GOVERNANCE" }),
      ...told("dumps"),
      declaration: { ...backedUp(), lock: "GOVERNANCE" },
    },
  ],
  bad: [
    { title: "nobody who writes it", resources: vault(good), declaration: backedUp(), finds: ["example/dump bucket"] },
    {
      title: "a bucket that nobody makes",
      resources: vault(good),
      ...told("other"),
      declaration: backedUp(),
      finds: ["host-a:/etc/platform/tasks.json bucket"],
    },
    {
      title: "a lock that is too short and can be lifted, in production",
      resources: vault({ mode: "GOVERNANCE", days: 30 }),
      ...told("dumps"),
      declaration: backedUp(),
      finds: ["aws_s3_bucket.dumps rule.default_retention.mode", "aws_s3_bucket.dumps rule.default_retention.days"],
    },
    {
      title: "no lock at all",
      resources: { aws_s3_bucket: { dumps: { bucket: "dumps" } } },
      ...told("dumps"),
      declaration: backedUp(),
      finds: ["object_lock_enabled", "rule.default_retention.mode", "rule.default_retention.days"].map(
        (name) => `aws_s3_bucket.dumps ${name}`,
      ),
    },
  ],
  unknown: [
    {
      title: "a variable says the days",
      resources: vault({ ...good, days: "${var.days}" }),
      ...told("dumps"),
      declaration: backedUp(),
      finds: ["aws_s3_bucket.dumps rule.default_retention.days"],
    },
  ],
};

const type = "aws_s3_bucket_object_lock_configuration";
const ofBackups = ({ name }: { readonly name: string }) => /-(?:data|keys)_lock$/.test(name);
const retained = (more: object) => (lock: { rule: { default_retention: object } }) => ({
  ...lock,
  rule: { default_retention: { ...lock.rule.default_retention, ...more } },
});

export const mutations: readonly Mutation[] = [
  onResource(type, "drop the default retention", () => undefined, ofBackups),
  onResource(type, "shorten a lock to a day", retained({ days: 1 }), ofBackups),
  onResource(type, "shorten a lock by words", retained({ days: "7" }), ofBackups),
  onResource(type, "let a lock be lifted", retained({ mode: "GOVERNANCE" }), ofBackups),
  inFile(/tasks\.json$/, "write a backup to a bucket without a lock", /prd-tkt-vault-data-/, "prd-plt-packages-"),
  inFile(/tasks\.json$/, "take a backup out of a host's tasks", '"name": "certificates"', '"name": "nothing"'),
  onObject(
    "ConfigMap",
    "write a pod's backup to a bucket of nobody",
    (map) => ({
      ...map,
      data: Object.fromEntries(
        Object.entries(map.data).map(([name, value]) => [name, name === "BACKUP_BUCKET" ? "elsewhere" : value]),
      ),
    }),
    ({ body }) => JSON.stringify(body).includes("BACKUP_DIR"),
  ),
];
