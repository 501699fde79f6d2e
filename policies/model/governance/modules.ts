import { kind } from "../estate.ts";
import { objectOf, textOf } from "../json.ts";
import type { Place } from "../place.ts";
import { isExact } from "./versions.ts";

/** A call of a module. */
export interface ModuleCall {
  readonly at: Place;
  readonly source: string;
  readonly version: string | undefined;
  /** Whether what it makes is among the resources: it is in a plan, and of a module that was read with its caller. */
  readonly isRead: boolean;
}

export const moduleCalls = kind<ModuleCall>("module", ({ terraform }) =>
  terraform.documents.flatMap(({ kind: read, modules, calls, stack, source }) =>
    Object.entries(modules ?? {}).map(([name, given]) => ({
      at: { resource: `module.${name}`, stack, source },
      source: textOf(objectOf(given)["source"]) ?? "",
      version: textOf(objectOf(given)["version"]),
      isRead: read === "plan" || calls?.has(`module.${name}.`) === true,
    })),
  ),
);

/** Whether a module lies beside its caller. */
export const isLocal = ({ source }: ModuleCall): boolean => /^\.{1,2}(?:\/|$)/.test(source);

/** Whether a module is the same tomorrow: of this repository, of a commit, or of one version of a registry. */
export function isPinned(call: ModuleCall): boolean {
  const { source, version } = call;
  if (isLocal(call)) return true;
  const isFetched = /^(?:git|hg|s3|gcs)::|:\/\/|^git@|^(?:github\.com|bitbucket\.org)\//.test(source);
  if (isFetched) return /[?&](?:ref|rev)=[0-9a-f]{40}(?:&|$)/.test(source);
  return version !== undefined && isExact(version);
}
