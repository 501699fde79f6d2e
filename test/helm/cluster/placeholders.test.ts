import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../../support/start.ts";
import { helm } from "../service/support/render.ts";
import { withCluster } from "../support/api-server.ts";
import { type Given, givenIn } from "./support/render.ts";

/** What Helm says when it renders for a cluster that it can ask. */
async function saidBeforeInstalling({ values, overlay }: Given): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), "cluster-values-"));
  const file = join(folder, "values.json");
  writeFileSync(file, JSON.stringify({ ...values, ...overlay }));
  const chart = ["template", "cluster", join(root, "helm/cluster"), "--namespace", "platform"];
  const how = ["--kube-version", "1.36.0", "--values", file, "--dry-run=server"];
  try {
    const { error } = await withCluster({}, (kubeconfig) => helm([...chart, ...how], kubeconfig));
    return error.split("\n").filter((line) => line.includes("placeholder"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test("fails when placeholders would be deployed", async () => {
  const given = givenIn("production");
  const zeros = "0".repeat(64);

  expect(await saidBeforeInstalling(given)).toEqual([
    "internalAuthorityArn: must be real, not a placeholder of zeros, where this is deployed, got arn:aws:acm-pca:eu-central-1:333333333333:certificate-authority/00000000-0000-0000-0000-000000000000",
    `images/platform/log-shipper: must be real, not a placeholder of zeros, where this is deployed, got sha256:${zeros}`,
  ]);
  expect(
    await saidBeforeInstalling({
      ...given,
      overlay: {
        internalAuthorityArn: given.overlay.internalAuthorityArn.replace(/0$/, "1"),
        images: { "platform/log-shipper": `sha256:${zeros.replace(/0$/, "1")}` },
      },
    }),
  ).toEqual([]);
});
