import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { Subnet } from "@cdktf/provider-aws/lib/subnet/index.js";
import { Vpc } from "@cdktf/provider-aws/lib/vpc/index.js";
import { type App, S3Backend } from "cdktf";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { writeStacks } from "../../scripts/start/synthesize.ts";
import { newApp } from "../../stacks/app.ts";
import { PlatformStack } from "../../stacks/platform-stack.ts";

describe("the stacks of an app", () => {
  let directory: string;
  let app: App;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "write-stacks-"));
    app = newApp(join(directory, "app"));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  function stack(id: string): PlatformStack {
    const made = new PlatformStack(app, id);
    new AwsProvider(made, "aws", { region: "eu-central-1" });
    new S3Backend(made, { bucket: "states", key: id, region: "eu-central-1" });
    return made;
  }

  test("are written as the engine itself writes them", () => {
    new Vpc(stack("network"), "main", { cidrBlock: "10.0.0.0/16" });

    writeStacks(app);
    const ours = readFileSync(join(app.outdir, "network", "cdk.tf.json"), "utf8");
    app.synth();

    expect(ours).toBe(readFileSync(join(app.outdir, "stacks", "network", "cdk.tf.json"), "utf8"));
  });

  test("fail when one refers into another past its outputs", () => {
    const vpc = new Vpc(stack("network"), "main", { cidrBlock: "10.0.0.0/16" });
    new Subnet(stack("service"), "app", { vpcId: vpc.id, cidrBlock: "10.0.1.0/24" });

    expect(() => writeStacks(app)).toThrow(
      "service: has no aws_vpc.main; hand values of other stacks on by exported(), imported()",
    );
  });
});
