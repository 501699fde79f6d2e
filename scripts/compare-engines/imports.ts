import { existsSync, readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";

/** The folders that Terraform comes of. */
export const sources = ["services", "constructs", "stacks"] as const;

/** A binding that a source imports and the archived provider package lacks. */
export interface MissingBinding {
  readonly file: string;
  /** `@cdktf/provider-aws/lib/<resource>/index.js` */
  readonly binding: string;
}

/** Every package that the sources import, sorted. */
export function packagesIn(root: string): readonly string[] {
  const names = imports(root)
    .filter(({ from }) => !from.startsWith(".") && !isBuiltin(from))
    .map(({ from }) => from.split("/", from.startsWith("@") ? 2 : 1).join("/"));
  return [...new Set(names)].sort();
}

/** Imports of the sources that no file of `modules` answers. */
export function missingBindings(root: string, modules: string): readonly MissingBinding[] {
  return imports(root)
    .filter(({ from }) => from.startsWith("@cdktf/provider-aws/") && !existsSync(join(modules, from)))
    .map(({ file, from }) => ({ file, binding: from }));
}

function imports(root: string): readonly { readonly file: string; readonly from: string }[] {
  const files = sources.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => join(folder, name)),
  );
  return files
    .sort()
    .flatMap((file) =>
      [...readFileSync(join(root, file), "utf8").matchAll(/^(?:import|export|\}).*? from "([^"]+)"/gm)].map(
        ([, from = ""]) => ({ file, from }),
      ),
    );
}
