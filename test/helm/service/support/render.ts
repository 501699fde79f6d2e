import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseAllDocuments } from "yaml";
import { helmProgram } from "../../../../scripts/helm/program.ts";

/** The chart under test. */
export const CHART = resolve(import.meta.dirname, "../../../../helm/service");

/** An object as Helm rendered it. */
export interface Rendered {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  // biome-ignore lint/suspicious/noExplicitAny: objects of every kind, read by assertions only.
  readonly spec: any;
  /** Of a ConfigMap. */
  readonly data: Readonly<Record<string, string>>;
}

/** What a run of Helm printed. */
export interface Printed {
  readonly code: number;
  readonly output: string;
  readonly error: string;
}

/** Runs the real Helm, which knows no cluster unless a file says of one. */
export async function helm(args: readonly string[], kubeconfig?: string): Promise<Printed> {
  const program = await helmProgram();
  const home = mkdtempSync(join(tmpdir(), "helm-test-"));
  const environment = { HOME: home, PATH: "", KUBECONFIG: kubeconfig ?? join(home, "no-cluster") };
  try {
    return await new Promise((done) => {
      execFile(program, args, { cwd: home, env: environment, maxBuffer: 1 << 26 }, (error, output, said) => {
        done({ code: error === null ? 0 : Number(error.code), output, error: said });
      });
    });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Where and with what else a chart is rendered. */
export interface Options {
  readonly name?: string;
  readonly namespace?: string;
  readonly kubeconfig?: string;
}

/** `helm template` with these values, which need not be valid. */
export async function template(values: unknown, options: Options = {}): Promise<Printed> {
  const folder = mkdtempSync(join(tmpdir(), "helm-values-"));
  try {
    const file = join(folder, "values.json");
    writeFileSync(file, JSON.stringify(values));
    const name = options.name ?? "records";
    const cluster =
      options.kubeconfig === undefined ? [] : ["--dry-run=server", "--disable-openapi-validation", "--is-upgrade"];
    const where = ["--namespace", options.namespace ?? name, "--kube-version", "1.36.0", "--values", file];
    return await helm(["template", name, CHART, ...where, ...cluster], options.kubeconfig);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The objects that `helm template` makes of these values; throws what Helm says where it makes none. */
export async function render(values: unknown, options: Options = {}): Promise<readonly Rendered[]> {
  const { code, output, error } = await template(values, options);
  if (code !== 0 || error !== "") throw new Error(error);
  return parseAllDocuments(output)
    .map((document): Rendered | null => document.toJS())
    .filter((object) => object !== null);
}

/** What Helm says against these values, without where in the chart that was noticed. */
export async function refusal(values: unknown, options: Options = {}): Promise<readonly string[]> {
  const { code, error } = await template(values, options);
  if (code === 0) throw new Error("Helm rendered what it should have refused");
  return error
    .trim()
    .split("\n")
    .filter((line) => !/^Error: |^values don't meet|^service:$|^Use --debug|: validation failed$|^$/.test(line))
    .map((line) => line.trim());
}

/** The one object of a kind and name. */
export function the(objects: readonly Rendered[], kind: string, name: string): Rendered {
  const found = objects.filter((object) => object.kind === kind && object.metadata.name === name);
  const [one] = found;
  if (one === undefined || found.length > 1) {
    const there = objects.filter((object) => object.kind === kind).map(({ metadata }) => metadata.name);
    throw new Error(`must be one ${kind} ${name}, got ${found.length}; there are ${there.join(", ")}`);
  }
  return one;
}

/** Names of all objects of a kind, sorted. */
export const names = (objects: readonly Rendered[], kind: string): readonly string[] =>
  objects
    .filter((object) => object.kind === kind)
    .map(({ metadata }) => metadata.name)
    .sort();
