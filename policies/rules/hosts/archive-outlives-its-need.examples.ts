import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const PATH = "/etc/pgbackrest.conf";
const conf = (...lines: readonly string[]) => ({ db: { [PATH]: ["[global]", ...lines].join("\n") } });
const kept = ["repo1-retention-full-type=time", "repo1-retention-full=30"];

export const examples: Examples = {
  good: [
    { title: "a bucket", hosts: conf("repo1-type=s3", ...kept) },
    {
      title: "a disk with a cipher, and nothing removed",
      hosts: conf("repo1-cipher-type=aes-256-cbc", "repo1-retention-full-type=time"),
    },
  ],
  bad: [
    {
      title: "a disk in clear text, two copies, whoever answers",
      hosts: conf("repo1-path=/srv", "repo1-storage-verify-tls=n", "repo1-retention-full=2"),
      finds: ["repo1-type", "repo1-storage-verify-tls", "repo1-retention-full-type", "repo1-retention-full"].map(
        (name) => `db:${PATH} ${name}`,
      ),
    },
  ],
  unknown: [],
};

const CONF = /pgbackrest\.conf$/;

export const mutations: readonly Mutation[] = [
  inFile(CONF, "keep a fortnight", "repo1-retention-full=30", "repo1-retention-full=14"),
  inFile(CONF, "keep copies by number", "retention-full-type=time", "retention-full-type=count"),
  inFile(CONF, "verify nobody", "repo1-type=s3", "repo1-type=s3\nrepo1-s3-verify-tls=n"),
  inFile(CONF, "archive to the disk", "repo1-type=s3", "repo1-type=posix"),
];
