import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type Rendered, renderEstate } from "../../support/rendered.ts";
import { root } from "../../support/start.ts";

/** What tells one environment's pods from another's, in everything that would be installed. */

const environments = ["dev", "staging", "production"];
const short: Readonly<Record<string, string>> = { dev: "dev", staging: "stg", production: "prd" };

let releases: readonly Rendered[];
beforeAll(async () => {
  releases = await renderEstate();
});

describe.each(environments)("%s", (environment) => {
  const others = environments.filter((each) => each !== environment);
  const own = () => releases.filter((release) => release.environment === environment);

  test("has values of its own for every release, which nobody edits [MUN-4.16]", () => {
    expect(own().map(({ name }) => name)).toEqual([
      "cluster",
      "desktop-backend",
      "resident-services",
      "student-allocation",
    ]);
    for (const { name } of own()) {
      const [first] = readFileSync(join(root, `helm/generated/${environment}/${name}.yaml`), "utf8").split("\n", 1);
      expect(first).toBe("# Generated from services/catalogue.ts. Do not edit; run npm run generate.");
    }
  });

  test("says of every object whose it is, and names nothing of another environment [MUN-4.16]", () => {
    // NODE_ENV is a mode of Node, the same everywhere; /dev/stdout is a file.
    const foreign = new RegExp(
      others
        .flatMap((each) => [
          `(?<!/)\\b${each}/`,
          `[/.@]${each}[/.](?!stdout)`,
          `\\b${short[each]}-`,
          `[:=] ?"?${each}"?$`,
        ])
        .join("|"),
    );
    const lines = own()
      .flatMap(({ text }) => text.split("\n"))
      .filter((line) => !line.includes("NODE_ENV: "));

    expect(lines.length).toBeGreaterThan(5_000);
    expect(lines.filter((line) => line.includes(`platform.example.org/environment: ${environment}`))).not.toEqual([]);
    expect(lines.filter((line) => foreign.test(line))).toEqual([]);
  });
});

test("everything that runs on the cluster is in charts that Kubernetes takes [MUN-4.9]", () => {
  const kinds = (name: string) => [
    ...new Set(releases.filter((each) => each.name === name).flatMap(({ objects }) => objects.map(({ kind }) => kind))),
  ];

  for (const name of ["desktop-backend", "resident-services", "student-allocation"]) {
    expect(kinds(name)).toEqual(
      expect.arrayContaining(["Deployment", "Service", "HorizontalPodAutoscaler", "NetworkPolicy", "CronJob", "Job"]),
    );
  }
  expect(kinds("cluster")).toEqual(expect.arrayContaining(["Namespace", "NodePool", "NodeClass", "ResourceQuota"]));
});
