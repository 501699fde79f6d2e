import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withCluster } from "../support/api-server.ts";
import { CHART, helm, refusal, render, template } from "./support/render.ts";
import { digest, job, minimal, withEdge, withJob } from "./support/values.ts";

/** A release as a whole: where it goes, and that it is real where it is deployed. */

test("renders the same bytes each time", async () => {
  const [one, two] = [await template(withEdge), await template(withEdge)];

  expect(one.code).toBe(0);
  expect(one.output).toBe(two.output);
});

test("`helm lint --strict` has nothing against it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "helm-lint-"));
  try {
    writeFileSync(`${folder}/values.json`, JSON.stringify(withEdge));
    const { code, output } = await helm(["lint", "--strict", CHART, "--values", `${folder}/values.json`]);

    expect(output).toContain("1 chart(s) linted, 0 chart(s) failed");
    expect(code).toBe(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("fails when generated values come without the overlay of a deployment", async () => {
  const { release: _, targetGroupArns: __, administratorSecretArns: ___, ...generated } = minimal;

  expect(await refusal(generated)).toEqual([
    "- at '': missing properties 'release', 'targetGroupArns', 'administratorSecretArns'",
  ]);
});

test("fails when there are no values at all", async () => {
  const [line] = await refusal({});

  expect(line).toContain("- at '': missing properties 'service', 'environment'");
});

test("fails when release or namespace have another name than the service", async () => {
  expect(await refusal(minimal, { name: "other" })).toEqual([
    "name of the release: must be records, the service of these values, got other",
    "namespace: must be records, the service of these values, got other",
  ]);
  expect(await refusal(minimal, { namespace: "default" })).toEqual([
    "namespace: must be records, the service of these values, got default",
  ]);
});

test("fails when a workload has the name of one of the platform's containers", async () => {
  expect(await refusal(withJob({}, "upload"))).toEqual([
    "jobs/upload: must be another name than those of the platform's containers (tls, exporter, upload), got upload",
  ]);
});

const zeros = digest("0");
const placeholders = {
  ...withEdge,
  jobs: { logins: { ...job, secrets: { ADMIN: { administrator: "database" } } } },
  release: {
    live: "blue",
    newest: "blue",
    images: {
      blue: { ...minimal.release.images.blue, "platform/records": zeros },
      green: minimal.release.images.green,
    },
  },
  targetGroupArns: { web: withEdge.targetGroupArns["web"]?.replace(/1+$/, "0".repeat(16)) },
  administratorSecretArns: {
    database:
      "arn:aws:secretsmanager:eu-central-1:333333333333:secret:rds!cluster-00000000-0000-0000-0000-000000000000-000000",
  },
};

test("placeholders do for manifests that are only looked at", async () => {
  expect((await render(placeholders)).length).toBeGreaterThan(10);
});

test("fails when placeholders would be deployed", async () => {
  const lines = await withCluster({}, (kubeconfig) => refusal(placeholders, { kubeconfig }));
  const rule = "must be real, not a placeholder of zeros, where this is deployed, got";

  expect(lines).toEqual([
    `release/images/blue/platform/records: ${rule} ${zeros}`,
    `targetGroupArns/web: ${rule} ${placeholders.targetGroupArns.web}`,
    `administratorSecretArns/database: ${rule} ${placeholders.administratorSecretArns.database}`,
  ]);
});

test("what is real is deployed", async () => {
  const objects = await withCluster({}, (kubeconfig) => render(withEdge, { kubeconfig }));

  expect(objects).toEqual(await render(withEdge));
});
