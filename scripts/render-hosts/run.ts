import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { catalogue } from "../../services/catalogue.ts";
import { filesIn } from "../folder.ts";
import type { GeneratedFile } from "../generate/generated.ts";
import { differences, listed, writeGenerated } from "../generate/write.ts";
import type { CheckEnded, CheckRequest } from "../options.ts";
import { removeOnSignal } from "../start/staging.ts";
import { renderEnvironment } from "./ansible.ts";

/** Everything below a folder as committed files below another. */
const filesBelow = (folder: string, into: string): readonly GeneratedFile[] =>
  filesIn(folder).map((path) => ({ path: `${into}/${path}`, text: readFileSync(join(folder, path), "utf8") }));

/** What all of them give, once each has ended: one that goes on after another failed would write where nothing is any more. */
async function allEnded<Value>(running: readonly Promise<Value>[]): Promise<readonly Value[]> {
  await Promise.allSettled(running);
  return await Promise.all(running);
}

/**
 * Renders environments, by default all, beside each other, compares, and writes. Throws an error for the user; then nothing was
 * written.
 */
export async function run(
  root: string,
  { check, json }: Pick<CheckRequest, "check" | "json">,
  environments: readonly string[] = catalogue.environments.map(({ name }) => name),
): Promise<CheckEnded> {
  const scratch = mkdtempSync(join(tmpdir(), "render-hosts-"));
  const interrupted = removeOnSignal(scratch);
  try {
    const wanted = await allEnded(
      environments.map(async (name) => {
        const rendered = join(scratch, name);
        await renderEnvironment(root, { environment: name, into: rendered });
        const folder = `ansible/generated/${name}/rendered`;
        return { folder, files: filesBelow(rendered, folder) };
      }),
    );
    const differing = wanted.map((each) => differences(root, each));
    if (!check) for (const [index, each] of wanted.entries()) writeGenerated(root, each, differing[index] ?? []);
    const changes = differing.flat();
    const count = wanted.reduce((sum, { files }) => sum + files.length, 0);
    return {
      code: check && changes.length > 0 ? 1 : 0,
      stdout: json
        ? `${JSON.stringify({ files: count, changes }, undefined, 2)}\n`
        : listed(changes, `files of hosts: ${count}, ${check ? "differing" : "written"}: ${changes.length}`),
      stderr: check && changes.length > 0 ? "npm run render-hosts: out of date, run npm run render-hosts\n" : "",
    };
  } finally {
    interrupted.forget();
    rmSync(scratch, { recursive: true, force: true });
  }
}
