import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TerraformStack } from "cdktf";
import { beforeAll, describe, expect, test } from "vitest";
import { catalogue } from "../../services/catalogue.ts";
import { resolveEstate } from "../../services/resolve.ts";
import { newApp } from "../../stacks/app.ts";
import { buildEnvironment } from "../../stacks/main.ts";
import { type SynthesizedEstate, synthesizeEstate } from "../support/estate.ts";
import { type RemoteRead, remoteReads, textsIn } from "./remote-state.ts";

/** What one stack hands to the next: read from the Terraform that was written, not from the code that wrote it. */

interface Output {
  readonly value: string | Readonly<Record<string, string>>;
}
type Outputs = Readonly<Record<string, Output>>;

/** Outputs that no stack reads, and who does: the file that names them. */
const readElsewhere: Readonly<Record<string, string>> = {
  "network.publicNameServers": "docs/PRODUCTION_SETUP.md: whoever delegates the public zone",
  "cluster.internalAuthorityArn": "helm/overlay.ts: npm run deploy-values",
  "desktop-backend.targetGroupArns": "helm/overlay.ts: npm run deploy-values",
  "resident-services.administratorSecretArns": "helm/overlay.ts: npm run deploy-values",
  "resident-services.targetGroupArns": "helm/overlay.ts: npm run deploy-values",
  "student-allocation.administratorSecretArns": "helm/overlay.ts: npm run deploy-values",
  "student-allocation.targetGroupArns": "helm/overlay.ts: npm run deploy-values",
};

/** What is wrong with a read of these outputs; undefined: nothing. */
function brokenBy({ stack, output, key }: RemoteRead, exported: ReadonlyMap<string, Outputs>): string | undefined {
  const outputs = exported.get(stack);
  if (outputs === undefined) return `${stack}: no earlier stack`;
  const value = outputs[output]?.value;
  if (value === undefined) return `${stack}.${output}: no such output`;
  if (typeof value === "string") return key === undefined ? undefined : `${stack}.${output}: a single value, no map`;
  if (key === undefined) return `${stack}.${output}: a map, read whole`;
  return key in value ? undefined : `${stack}.${output}["${key}"]: no such key`;
}

let estate: SynthesizedEstate;
beforeAll(() => {
  estate = synthesizeEstate();
});

describe("a read of another stack", () => {
  const exported = new Map([["network", { vpcId: { value: "x" }, subnetIds: { value: { "data-a": "x" } } }]]);
  const check = (expression: string) => remoteReads([expression]).map((read) => brokenBy(read, exported));

  test("is sound when the earlier stack exports the output, and the key where it is a map", () => {
    expect(check("${data.terraform_remote_state.network.outputs.vpcId}")).toEqual([undefined]);
    expect(check('${data.terraform_remote_state.network.outputs.subnetIds["data-a"]}')).toEqual([undefined]);
  });

  test("fails when the stack is later or missing, the output is gone, or the key is", () => {
    expect(check("${data.terraform_remote_state.vault.outputs.dataKeyArn}")).toEqual(["vault: no earlier stack"]);
    expect(check("${data.terraform_remote_state.network.outputs.vpc}")).toEqual(["network.vpc: no such output"]);
    expect(check('${data.terraform_remote_state.network.outputs.subnetIds["data-d"]}')).toEqual([
      'network.subnetIds["data-d"]: no such key',
    ]);
    expect(check("${data.terraform_remote_state.network.outputs.subnetIds}")).toEqual([
      "network.subnetIds: a map, read whole",
    ]);
    expect(check("${data.terraform_remote_state.network.outputs.vpcId.id}")).toEqual([
      "network.vpcId: a single value, no map",
    ]);
  });
});

test("an output that no stack reads is named where it is read", () => {
  for (const [output, place] of Object.entries(readElsewhere)) {
    const [file = ""] = place.split(":");
    expect(readFileSync(join(import.meta.dirname, "../..", file), "utf8")).toContain(output.split(".")[1]);
  }
});

describe.each(["dev", "staging", "production"])("stacks of %s", (environment) => {
  const stacks = () => estate.stacks.filter((stack) => stack.environment === environment);
  const entry = () => estate.index.environments.find(({ name }) => name === environment);

  test("stand in the index in the order of deployment, with the resources they have", () => {
    expect(entry()?.stacks).toEqual(stacks().map((stack) => ({ name: stack.name, resources: stack.all().length })));
    expect(stacks().map(({ name }) => name)).toEqual([
      "bootstrap",
      "audit",
      "network",
      "vault",
      "pki",
      "observability",
      "cluster",
      "ticketing",
      "desktop-backend",
      "resident-services",
      "message-broker",
      "student-allocation",
    ]);
  });

  test("read only outputs that an earlier stack of the same environment exports", () => {
    const exported = new Map<string, Outputs>();
    let reads = 0;
    for (const { name, json } of stacks()) {
      const found = remoteReads(json);
      reads += found.length;
      expect([name, found.map((read) => brokenBy(read, exported)).filter((broken) => broken !== undefined)]).toEqual([
        name,
        [],
      ]);
      exported.set(name, json.output ?? {});
    }
    expect(reads).toBeGreaterThan(100);
  });

  test("are deployed by the command lines after exactly those that they read, in an order without a cycle", () => {
    const found = catalogue.environments.find(({ name }) => name === environment);
    if (found === undefined) throw new Error(`no environment ${environment}`);
    const app = newApp(mkdtempSync(join(tmpdir(), "contract-")));
    try {
      buildEnvironment(app, resolveEstate(catalogue, found));
      const order = app.node.children.filter(TerraformStack.isStack);

      expect(
        order.map(({ node, dependencies }) => [node.id, dependencies.map((stack) => stack.node.id).toSorted()]),
      ).toEqual(
        stacks().map(({ name, json }) => [
          `${environment}-${name}`,
          [...new Set(remoteReads(json).map(({ stack }) => `${environment}-${stack}`))].toSorted(),
        ]),
      );
      for (const [position, { dependencies }] of order.entries()) {
        expect(dependencies.filter((stack) => order.indexOf(stack) >= position)).toEqual([]);
      }
    } finally {
      rmSync(app.outdir, { recursive: true, force: true });
    }
  });

  test("export nothing that neither a later stack, a person nor a deployment of pods reads", () => {
    const read = new Set(
      stacks().flatMap(({ json }) => remoteReads(json).map(({ stack, output }) => `${stack}.${output}`)),
    );
    const exports = stacks().flatMap(({ name, json }) => Object.keys(json.output ?? {}).map((key) => `${name}.${key}`));

    expect(exports.filter((output) => !read.has(output)).sort()).toEqual(Object.keys(readElsewhere).sort());
  });

  test("say where each state that they read lies: the backend of that stack", () => {
    for (const { name, json } of stacks()) {
      const declared = Object.entries(json.data?.terraform_remote_state ?? {});
      expect([name, declared.map(([stack]) => stack).sort()]).toEqual([
        name,
        [...new Set(remoteReads(json).map(({ stack }) => stack))].sort(),
      ]);
      for (const [stack, state] of declared) {
        const { bucket, key, region } = estate.stack(environment, stack).json.terraform.backend.s3;
        expect(state).toMatchObject({ backend: "s3", config: { bucket, key, region } });
      }
    }
  });

  test("read nothing else that is known only in a cloud", () => {
    for (const { name, json } of stacks()) {
      expect([name, Object.keys(json.data ?? {}).filter((type) => type !== "terraform_remote_state")]).toEqual([
        name,
        [],
      ]);
    }
  });

  test("refer only to resources that they hold", () => {
    for (const { name, json, all } of stacks()) {
      const held = new Set(all().map(({ address }) => address));
      const named = textsIn([json.resource, json.output]).flatMap((text) =>
        [...text.matchAll(/\$\{(aws_\w+\.[\w-]+)/g)].map(([, address = ""]) => address),
      );
      expect([name, named.filter((address) => !held.has(address))]).toEqual([name, []]);
    }
  });

  test("export nothing empty", () => {
    for (const { name, json } of stacks()) {
      const values = Object.values((json.output ?? {}) as Outputs).map(({ value }) => value);
      expect([name, values.filter((value) => textsIn(value).length === 0 || textsIn(value).includes(""))]).toEqual([
        name,
        [],
      ]);
    }
  });
});
