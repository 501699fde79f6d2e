import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import { openPromise } from "yauzl";

/**
 * Unpacks one program of a zip archive to a path. It appears there whole or not at all, also when several runs do so at
 * once: each writes a file of its own and moves it. Throws an error of one line.
 */
export async function unpack(archive: string, name: string, path: string): Promise<void> {
  const own = `${path}.${process.pid}-${performance.now()}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    await extract(archive, name, own);
    renameSync(own, path);
  } catch (error) {
    if (existsSync(own)) rmSync(own);
    throw new Error(`cannot unpack ${name} of ${archive}: ${error instanceof Error ? error.message : error}`);
  }
}

async function extract(archive: string, name: string, path: string): Promise<void> {
  const zip = await openPromise(archive, { lazyEntries: true, autoClose: false });
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== name) continue;
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(path, { mode: 0o755, flags: "wx" }));
      return;
    }
    throw new Error("no such file in it");
  } finally {
    zip.close();
  }
}
