import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** What hosts fetch and store at AWS in their own role, read from the files that Ansible writes on them. */

const generated = join(import.meta.dirname, "../../ansible/generated");

interface Variables {
  readonly [name: string]: unknown;
}

/** One host: its variables, and the text of every file of its own by path, its variables' files included. */
export interface HostFiles {
  readonly host: string;
  /** Its component or store: `ticketing/api`. */
  readonly party: string;
  readonly groups: readonly string[];
  readonly variables: Variables;
  readonly files: Readonly<Record<string, string>>;
}

interface Group {
  readonly hosts?: Readonly<Record<string, object>>;
  readonly children?: Readonly<Record<string, object>>;
}

/** All hosts of an environment, with the files as they are committed. */
export function hostsOf(environment: string): readonly HostFiles[] {
  const folder = join(generated, environment);
  const read = (path: string): readonly [string, string] => [path, readFileSync(join(folder, path), "utf8")];
  const groups: Readonly<Record<string, Group>> = parse(read("hosts.yaml")[1]).all.children;
  const holding = (name: string) =>
    Object.keys(groups).filter((each) => name in { ...groups[each]?.children, ...groups[each]?.hosts });
  return readdirSync(join(folder, "rendered")).map((host): HostFiles => {
    const direct = holding(host);
    const inherited = [
      "group_vars/all.yaml",
      ...direct.map((group) => `group_vars/${group}.yaml`),
      `host_vars/${host}.yaml`,
    ]
      .filter((path) => existsSync(join(folder, path)))
      .map(read);
    const variables: Variables = Object.assign({}, ...inherited.map(([, text]) => parse(text)));
    const rendered = readdirSync(join(folder, "rendered", host), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry): readonly [string, string] => {
        const path = join(entry.parentPath, entry.name);
        return [path.slice(join(folder, "rendered", host).length), readFileSync(path, "utf8")];
      });
    return {
      host,
      party: `${variables["platform_service"]}/${variables["platform_group"]}`,
      groups: [...direct, ...direct.flatMap(holding)],
      variables,
      files: Object.fromEntries([...inherited, ...rendered]),
    };
  });
}

const unique = (values: readonly string[]) => [...new Set(values)].sort();
const texts = ({ files }: HostFiles) => Object.values(files);

/** Secrets that stand as markers in its files: value, digest, or the one before. */
export const secretsOf = (host: HostFiles): readonly string[] =>
  unique(
    texts(host).flatMap((text) =>
      [...text.matchAll(/%%(?:secret|sha256)(?:-previous)?:([^:%]+)(?::\d+)?%%/g)].map(([, name = ""]) => name),
    ),
  );

/** Parameters that stand there as markers, or by their own name for a program that reads them itself. */
export const parametersOf = (host: HostFiles, environment: string): readonly string[] =>
  unique(
    texts(host).flatMap((text) => [
      ...[...text.matchAll(/%%parameter:([^%]+)%%/g)].map(([, name = ""]) => name),
      ...[...text.matchAll(new RegExp(`"(/${environment}/[a-z0-9/-]+)"`, "g"))].map(([, name = ""]) => name),
    ]),
  );

/** Buckets that files on it name at all; its variables also name those of Ansible and of the group's other hosts. */
export const bucketsOf = ({ files }: HostFiles, account: string): readonly string[] =>
  unique(
    Object.entries(files)
      .filter(([path]) => path.startsWith("/"))
      .flatMap(([, text]) => text.match(new RegExp(`\\b[a-z]{3}-[a-z]{3}-[a-z-]+-${account}\\b`, "g")) ?? []),
  );

/** Something done with what lies under a prefix of a bucket. */
export interface BucketUse {
  readonly bucket: string;
  readonly prefix: string;
  readonly may: readonly ("get" | "put" | "delete" | "list")[];
}

const all = ["get", "put", "delete", "list"] as const;
/** What the program of role `backup_agent` does, by method; of all else it puts one new object. */
const methods: Readonly<Record<string, BucketUse["may"]>> = { "file-sync": ["list", "put", "delete"], pgbackrest: all };

interface Task {
  readonly does: {
    readonly bucket?: string;
    readonly prefix?: string;
    readonly method?: string;
    readonly leaves?: Task["does"];
  };
}

const taskUses = (text: string): readonly BucketUse[] =>
  (JSON.parse(text).tasks as readonly Task[])
    .map(({ does }) => does.leaves ?? does)
    .flatMap(({ bucket, prefix = "", method = "" }) =>
      bucket === undefined ? [] : [{ bucket, prefix, may: methods[method] ?? ["put"] }],
    );

/** What a file, by the end of its path, makes its program do with buckets. */
const readers: Readonly<Record<string, (text: string) => readonly BucketUse[]>> = {
  "/etc/platform/tasks.json": taskUses,
  "/etc/platform/certificates.json": (text) => {
    const { revocation } = JSON.parse(text);
    return revocation?.bucket === undefined ? [] : [{ bucket: revocation.bucket, prefix: "crl/", may: ["get"] }];
  },
  "/etc/pgbackrest.conf": (text) => {
    const setting = (name: string) => new RegExp(`^${name}=/?(.*)$`, "m").exec(text)?.[1] ?? "";
    return [{ bucket: setting("repo1-s3-bucket"), prefix: `${setting("repo1-path")}/`, may: all }];
  },
  "/etc/loki/loki.yaml": (text) => {
    const { storage_prefix: prefix, s3 } = parse(text).storage_config.object_store;
    return [{ bucket: s3.bucket_name, prefix: `${prefix}/`, may: all }];
  },
  "/etc/tempo/tempo.yaml": (text) => {
    const { bucket, prefix } = parse(text).storage.trace.s3;
    return [{ bucket, prefix: `${prefix}/`, may: all }];
  },
  "/etc/apt/sources.list.d/platform.sources": (text) =>
    [...text.matchAll(/^URIs: s3:\/\/([^/]+)\/(.+)$/gm)].map(([, bucket = "", prefix]) => ({
      bucket,
      prefix: `${prefix}/`,
      may: ["get"],
    })),
};

/** What its programs do with buckets, and what Ansible has it fetch: the agent, and releases of its own service. */
export function bucketUsesOf({ files, groups, variables }: HostFiles): readonly BucketUse[] {
  const packages = String(variables["platform_package_bucket"]);
  const fetched = (prefix: string): BucketUse => ({ bucket: packages, prefix, may: ["get"] });
  return [
    ...Object.entries(readers).flatMap(([path, uses]) => (files[path] === undefined ? [] : uses(files[path]))),
    fetched(`amazon-ssm-agent/${variables["baseline_ssm_agent_version"]}/amazon-ssm-agent_arm64.deb`),
    ...(groups.includes("python_service") ? [fetched(`${variables["platform_service"]}/releases/`)] : []),
  ];
}
