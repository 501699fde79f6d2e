import { expect, test } from "vitest";
import { refusal } from "./support/render.ts";
import { digest, minimal, withApi, withJob } from "./support/values.ts";

/** Images of a release: every container's, by digest. */

const { images } = minimal.release;
const known = "platform/backup-tools, platform/edge, platform/records";

test.each([
  ["a tag", "latest"],
  ["a version", "1.27.0"],
  ["a short digest", "sha256:abcd"],
  ["a digest beside a tag", `1.27@${digest("a")}`],
])("fails when an image has %s instead of a digest", async (_, got) => {
  const release = { ...minimal.release, images: { ...images, blue: { ...images.blue, "platform/records": got } } };

  expect(await refusal({ ...minimal, release })).toEqual([
    `- at '/release/images/blue/platform~1records': '${got}' does not match pattern '^sha256:[0-9a-f]{64}$'`,
  ]);
});

test("fails when a tag stands in the name of an image", async () => {
  const [line] = await refusal(withApi({ image: "platform/records:1.2" }));

  expect(line).toContain("- at '/components/api/image': 'platform/records:1.2' does not match pattern");
});

test("fails when a container's image has no digest: the workload's own, its sidecar's, its upload's", async () => {
  const { resources } = withJob({}).jobs["dump"] ?? {};
  if (resources === undefined) throw new Error("the job has no resources");
  const upload = { image: "platform/upload", command: ["upload"], env: {}, resources };
  const values = withJob({ upload, scratch: { "/backup": "1Gi" } });
  const blue = { "platform/backup-tools": digest("c") };

  expect(await refusal({ ...values, release: { ...minimal.release, images: { ...images, blue } } })).toEqual([
    "release/images/blue/platform/records: must be the digest of an image that components/api runs (known here: platform/backup-tools), got nothing",
    "release/images/blue/platform/edge: must be the digest of an image that components/api runs (known here: platform/backup-tools), got nothing",
    "release/images/blue/platform/upload: must be the digest of an image that jobs/dump runs (known here: platform/backup-tools), got nothing",
  ]);
});

test("fails when either colour lacks one", async () => {
  const { "platform/records": _, ...green } = images.green;

  expect(
    await refusal({
      ...withApi({ deploy: "blue-green" }),
      release: { ...minimal.release, images: { ...images, green } },
    }),
  ).toEqual([
    "release/images/green/platform/records: must be the digest of an image that components/api runs (known here: platform/backup-tools, platform/edge), got nothing",
  ]);
});

test("fails when a job before a release lacks one in the colour that changed last", async () => {
  const values = withJob({ image: "platform/tools", run: { on: "release", order: 0 } });

  expect(await refusal({ ...values, release: { ...minimal.release, newest: "green" } })).toEqual([
    `release/images/green/platform/tools: must be the digest of an image that jobs/dump runs (known here: ${known}), got nothing`,
  ]);
});
