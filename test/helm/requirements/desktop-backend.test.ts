import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { root } from "../../support/start.ts";
import { names, type Rendered, the } from "../service/support/render.ts";
import { callersOf, containerOf, digest, nginxOf, podOf, podsIn, released, variablesOf } from "./support/production.ts";

/** What requirements ask of the pods of desktop-backend, as the cluster would get them. */

let objects: readonly Rendered[];
beforeAll(async () => {
  objects = await released("desktop-backend");
});

const members = [..."abc"]
  .map((zone) => `database-${zone}.desktop-backend.production.internal.example.org:27017`)
  .join(",");
const mongodb = (login: string, secret: string, options: string) =>
  `mongodb://${login}:<production/desktop-backend/${secret}>@${members}/backend?authSource=admin&replicaSet=rs0&tls=true&tlsCAFile=/etc/tls/ca.crt&${options}`;

const rows: readonly (readonly [claims: string, workload: string, values: Readonly<Record<string, string>>])[] = [
  ["[NOD-1.8]", "backend", { ALLOWED_ORIGINS: "https://desktop.example.org" }],
  ["[NOD-2.1]", "backend", { JWT_SECRET: "<production/desktop-backend/jwt-signing-key>" }],
  ["[NOD-2.2]", "backend", { ENCRYPTION_KEY: "<production/desktop-backend/encryption-key>" }],
  ["[NOD-SEC.4]", "backend", { MONGODB_URI: mongodb("app", "db-app", "retryWrites=true&w=majority") }],
  [
    "[NOD-3.1]",
    "dump",
    { BACKUP_DIR: "/backup", MONGODB_URI: mongodb("backup", "db-dump", "readPreference=secondary") },
  ],
  ["[NOD-3.5]", "migrate", { MONGODB_URI: mongodb("migrate", "db-migrate", "retryWrites=true&w=majority") }],
];
test.each(
  rows.map(([claims, workload, values]) => ({ claims, workload, values, keys: Object.keys(values).join(", ") })),
)("$workload starts with $keys $claims", ({ workload, values }) => {
  expect(variablesOf(objects, workload)).toMatchObject(values);
});

describe("secrets", () => {
  test("are variables of those who need them, from a class that the same container mounts [NOD-2.4]", () => {
    const secrets = [...podsIn(objects)].map(([name, pod]) => [
      name,
      [...(pod.initContainers ?? []), ...pod.containers].flatMap((container) =>
        Object.values(variablesOf(objects, name, container.name)).flatMap(
          (value) => /<production\/desktop-backend\/([\w-]+)>/.exec(value)?.[1] ?? [],
        ),
      ),
    ]);

    const backend = ["encryption-key", "jwt-signing-key", "metrics-token", "db-app", "db-app"];
    expect(Object.fromEntries(secrets)).toEqual({
      "backend-blue": backend,
      "backend-green": backend,
      dump: ["db-dump", "db-dump"],
      edge: [],
      migrate: ["db-migrate", "db-migrate"],
      "rotation-check": [],
      "verify-dump": [],
    });
  });

  test("have their variables in the example for developers, and no value there [NOD-2.5]", () => {
    const example = readFileSync(join(root, "helm/generated/env/desktop-backend.env.example"), "utf8");
    const [, section = ""] = /# component backend: .*\n#\n([\s\S]*?)\n#\n/.exec(example) ?? [];
    const assigned = section.split("\n").filter((line) => /^\w+=/.test(line));

    const told = Object.keys(variablesOf(objects, "backend")).filter((name) => !name.startsWith("SECRET_"));

    expect(assigned.map((line) => line.split("=")[0]).toSorted()).toEqual(told.toSorted());
    expect(assigned.find((line) => line.startsWith("JWT_SECRET="))).toMatch(/^JWT_SECRET='<secret: [^>]+>'$/);
  });
});

describe("the way in", () => {
  test("leads from the load balancer to the edge, and from the edge alone to an application on loopback [NOD-1.1] [NOD-1.3]", () => {
    const { targetGroupARN, serviceRef } = the(objects, "TargetGroupBinding", "web").spec;

    expect(targetGroupARN).toContain(":targetgroup/prd-nod-web/");
    expect(serviceRef).toEqual({ name: "edge", port: 8443 });
    expect(nginxOf(objects, "edge")).toMatch(/listen 8443 ssl default_server;\s+server_name desktop\.example\.org;/);
    expect(callersOf(objects, "backend", 8443)).toEqual(["edge"]);
    expect(variablesOf(objects, "backend")).toMatchObject({ HOST: "127.0.0.1", PORT: "3000" });
    expect(nginxOf(objects, "backend")).toMatch(/listen 8443 ssl;[\s\S]*proxy_pass http:\/\/127\.0\.0\.1:3000\/;/);
  });

  test("is asked for its health at /health [NOD-4.11]", () => {
    const { startupProbe, readinessProbe, livenessProbe } = containerOf(objects, "backend");

    expect([startupProbe, readinessProbe, livenessProbe].map(({ httpGet }) => httpGet)).toEqual(
      [1, 2, 3].map(() => ({ path: "/health", port: 8443, scheme: "HTTPS" })),
    );
  });
});

describe("a release", () => {
  test("runs the application's own migration before anything of it starts [NOD-3.5]", () => {
    const { metadata } = the(objects, "Job", "migrate");

    expect(metadata.annotations?.["helm.sh/hook"]).toBe("pre-install,pre-upgrade");
    expect(containerOf(objects, "migrate").command).toEqual(["npm", "run", "migrate:up"]);
  });

  test("goes back by a switch: both versions run, and only the selector says which gets requests [NOD-4.14]", async () => {
    const images = Object.fromEntries(
      [
        ["blue", "a"],
        ["green", "b"],
      ].map(([colour = "", digit = ""]) => [
        colour,
        Object.fromEntries(
          ["edge", "desktop-backend", "backup-tools"].map((name) => [`platform/${name}`, digest(digit)]),
        ),
      ]),
    );
    const by = (live: string) => released("desktop-backend", { release: { live, newest: "green", images } });
    const [after, back] = [await by("green"), await by("blue")];

    for (const [colour, digit] of [
      ["blue", "a"],
      ["green", "b"],
    ]) {
      const runs = (release: readonly Rendered[]) => the(release, "Deployment", `backend-${colour}`).spec.template;
      expect(runs(back)).toEqual(runs(after));
      expect(runs(after).spec.containers[0].image).toMatch(new RegExp(`/desktop-backend@${digest(digit ?? "")}$`));
    }
    const leads = (release: readonly Rendered[]) =>
      the(release, "Service", "backend").spec.selector["platform.example.org/colour"];
    expect([leads(after), leads(back)]).toEqual(["green", "blue"]);
  });
});

describe("a backup", () => {
  test("is made in the cluster, by a service account of its own and without a key of AWS [NOD-SEC.3]", () => {
    const accounts = [...podsIn(objects)].filter(([, pod]) => pod.serviceAccountName === "dump").map(([name]) => name);

    expect(accounts).toEqual(["dump"]);
    expect(names(objects, "ServiceAccount")).toContain("dump");
    for (const { name } of [...podOf(objects, "dump").initContainers, ...podOf(objects, "dump").containers]) {
      expect(Object.keys(variablesOf(objects, "dump", name)).filter((key) => /^AWS_(?!REGION$)/.test(key))).toEqual([]);
    }
  });

  test("is read back each morning from where it was put [NOD-3.8]", () => {
    const { schedule, timeZone, suspend } = the(objects, "CronJob", "verify-dump").spec;
    const place = ({ BACKUP_NAME, BACKUP_BUCKET, BACKUP_PREFIX }: Readonly<Record<string, string>>) => [
      BACKUP_NAME,
      BACKUP_BUCKET,
      BACKUP_PREFIX,
    ];

    expect([schedule, timeZone, suspend]).toEqual(["0 4 * * *", "UTC", false]);
    expect(containerOf(objects, "verify-dump").command).toEqual(["backup-tools", "verify"]);
    expect(place(variablesOf(objects, "verify-dump"))).toEqual([
      "database-dump",
      "prd-nod-vault-data-333333333333",
      "database-dump/",
    ]);
    expect(place(variablesOf(objects, "verify-dump"))).toEqual(place(variablesOf(objects, "dump", "upload")));
  });
});
