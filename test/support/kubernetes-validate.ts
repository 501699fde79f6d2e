import { spawnSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { programPath } from "./program.ts";

/** How to get `kubernetes-validate` and `kube-score`, for `requireProgram`. */
export const kubernetesToolsHint = 'PATH="$(.ci/kubernetes-tools):$PATH" npm test';

/**
 * What is wrong with each object by the strict schemas of one Kubernetes version (`1.36`), null where nothing is. Asks
 * the package `kubernetes-validate`, in the Python that its program runs in.
 */
export function schemaFaults(objects: readonly unknown[], version: string): readonly (string | null)[] {
  const program = programPath("kubernetes-validate");
  if (program === undefined) throw new Error(`kubernetes-validate is missing: ${kubernetesToolsHint}`);
  const python = join(dirname(realpathSync(program)), "python3");
  const script = join(import.meta.dirname, "kubernetes-validate.py");
  const { status, stdout, stderr, error } = spawnSync(python, [script, version], {
    input: JSON.stringify(objects),
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(stderr.trim());
  return JSON.parse(stdout);
}
