import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

/** Values have Kubernetes' own types. Were they silently `any`, a misspelt field would compile. */

const root = join(import.meta.dirname, "../..");
const directory = mkdtempSync(join(tmpdir(), "kubernetes-types-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const cases: readonly (readonly [title: string, statement: string, finding: string | undefined])[] = [
  [
    "a probe as Kubernetes has it",
    'export const x: Probe = { httpGet: { path: "/", port: 1, scheme: "HTTPS" }, periodSeconds: 1 };',
    undefined,
  ],
  [
    "a misspelt field of a probe",
    "export const x: Probe = { periodSecond: 1 };",
    "'periodSecond' does not exist in type 'UnwrappedObject<Probe>'",
  ],
  [
    "a wrong kind of value in a probe",
    'export const x: Probe = { periodSeconds: "1" };',
    "Type 'string' is not assignable to type 'number'",
  ],
  [
    "a misspelt field of a policy's peer",
    'export const x: NetworkPolicyPeer = { ipBlock: { cidrs: ["10.0.0.0/8"] } };',
    "'cidrs' does not exist in type 'UnwrappedObject<IPBlock>'",
  ],
  [
    "a peer in a rule of the other direction",
    "export const x: NetworkPolicyIngressRule = { to: [] };",
    "'to' does not exist in type 'UnwrappedObject<NetworkPolicyIngressRule>'",
  ],
  [
    "a misspelt field of resources",
    "export const x: ResourceRequirements = { limit: {} };",
    "'limit' does not exist in type 'UnwrappedObject<ResourceRequirements>'",
  ],
];

describe("the compiler", () => {
  test("takes what Kubernetes takes and refuses all else in probes, policies and resources", () => {
    const types = join(root, "helm/values/kubernetes.ts");
    const names = "NetworkPolicyIngressRule, NetworkPolicyPeer, Probe, ResourceRequirements";
    const files = cases.map(([, statement], index) => {
      const file = join(directory, `case-${index}.mts`);
      writeFileSync(file, `import type { ${names} } from "${types}";\nexport type All = [${names}];\n${statement}\n`);
      return file;
    });
    const { compilerOptions } = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8"));
    const project = join(directory, "tsconfig.json");
    const options = { ...compilerOptions, incremental: false, tsBuildInfoFile: undefined, types: [] };
    writeFileSync(project, JSON.stringify({ compilerOptions: options, files }));

    const { stdout, status } = spawnSync(
      join(root, "node_modules/.bin/tsc"),
      ["--project", project, "--pretty", "false"],
      {
        encoding: "utf8",
      },
    );

    const found = cases.map(([title], index) => {
      const lines = stdout.split("\n").filter((line) => line.includes(`case-${index}.mts(`));
      return { title, lines: lines.length === 0 ? undefined : lines.join("\n") };
    });
    expect(status).not.toBe(0);
    for (const [index, [title, , finding]] of cases.entries()) {
      if (finding === undefined) expect(found[index]).toEqual({ title, lines: undefined });
      else expect(found[index]?.lines, title).toContain(finding);
    }
  });
});
