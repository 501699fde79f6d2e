import { spawnSync } from "node:child_process";
import { kubernetes } from "../../services/platform.ts";

/** What `kube-score` has against an object. */
export interface ScoreFinding {
  /** Name of its check: `pod-networkpolicy`. */
  readonly check: string;
  /** `Deployment/apps/v1/records/api: (api) CPU limit is not set`. */
  readonly finding: string;
}

interface Scored {
  readonly object_name: string;
  readonly checks: readonly {
    readonly check: { readonly id: string };
    readonly grade: number;
    readonly skipped: boolean;
    readonly comments: readonly { readonly path: string; readonly summary: string }[] | null;
  }[];
}

/** `all okay`, of four grades. */
const OKAY = 10;

/** All findings of all checks of `kube-score`, the optional ones too, in the manifests of one release. */
export function scoreFindings(manifests: string): readonly ScoreFinding[] {
  const version = `v${kubernetes.version}`;
  const args = ["score", "--all-default-optional", "--kubernetes-version", version, "--output-format", "json", "-"];
  const { stdout, stderr, error } = spawnSync("kube-score", args, {
    input: manifests,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  if (error !== undefined) throw error;
  if (stdout === "") throw new Error(stderr.trim());
  return (JSON.parse(stdout) as readonly Scored[]).flatMap(({ object_name, checks }) =>
    checks
      .filter(({ skipped, grade }) => !skipped && grade < OKAY)
      .flatMap(({ check, comments }) =>
        (comments ?? []).map(({ path, summary }) => ({
          check: check.id,
          finding: `${object_name}: ${path === "" ? "" : `(${path}) `}${summary}`,
        })),
      ),
  );
}
