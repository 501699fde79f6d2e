import type { Example } from "../../../engine/example.ts";
import type { Declaration, DeclaredBackup } from "../../../model/declaration.ts";
import type { JsonObject } from "../../../model/json.ts";

/** How long and how the bucket of an example locks. */
export interface Told {
  readonly days: number | string;
  readonly mode: string;
}

/** A bucket `dumps` that locks. */
export const vault = ({ days, mode }: Told, name = "dumps", more: JsonObject = {}) => ({
  aws_s3_bucket: { [name]: { bucket: name, object_lock_enabled: true, ...more } },
  aws_s3_bucket_object_lock_configuration: {
    [name]: { bucket: `\${aws_s3_bucket.${name}.id}`, rule: { default_retention: { mode, days } }, ...more },
  },
});

/** A host that writes the backup `dump`, and others beside it, to buckets. */
export const told = (bucket: string, others: Readonly<Record<string, string>> = {}): Pick<Example, "hosts"> => ({
  hosts: {
    "host-a": {
      "/etc/platform/tasks.json": JSON.stringify({
        domain: "host-a.example.internal",
        tasks: Object.entries({ dump: bucket, ...others }).map(([name, to]) => ({
          name,
          kind: "backup",
          does: { bucket: to, prefix: `${name}/` },
        })),
      }),
    },
  },
});

const dump: DeclaredBackup = {
  name: "dump",
  of: "example/database",
  runner: "example/database",
  by: "pg-dump",
  material: "data",
  offsite: false,
  keepDays: 30,
  lockDays: 31,
  recoveryPointSeconds: 86_400,
  recoveryTimeSeconds: 3600,
};

/** A service `example` that declares the backup `dump`, and others. */
export const backedUp = (
  change: Partial<DeclaredBackup> = {},
  others: readonly Partial<DeclaredBackup>[] = [],
): Partial<Declaration> => ({
  services: [
    {
      name: "example",
      components: [],
      stores: [
        {
          name: "database",
          kind: "managed-postgres",
          why: "orders",
          ports: [],
          hosts: [
            {
              name: "host-a",
              zone: "eu-central-1a",
              subnet: "data-a",
              address: "10.0.0.4",
              domain: "host-a.example.internal",
              machine: "m7g.large",
            },
          ],
        },
      ],
      entrypoints: [],
      flows: [],
      egress: [],
      secrets: [],
      backups: [change, ...others].map((each) => ({ ...dump, ...each })),
    },
  ],
});
