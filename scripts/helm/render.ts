import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { kubernetes } from "../../services/platform.ts";
import type { Release } from "./releases.ts";

/** A release as Helm rendered it. */
export interface RenderedRelease {
  readonly environment: string;
  readonly name: string;
  /** All manifests, those of hooks too. */
  readonly text: string;
  /** Objects in `text`. */
  readonly objects: number;
}

/** Where releases are rendered. */
interface Workshop {
  /** The Helm to ask: `helmProgram()`. */
  readonly program: string;
  /** The folder with the charts `service` and `cluster`. */
  readonly charts: string;
  /** Of this run alone: values, manifests, and all that Helm takes for its home. */
  readonly scratch: string;
}

/**
 * Renders releases side by side with the real `helm template`, twice as many at once as there are cores: whoever starts
 * this may hold its own thread for long, and only between does a next one start.
 * Throws an error that says of each release what Helm has against it. Whatever Helm has to say counts: it speaks of files
 * from outside the chart and of settings of this machine.
 */
export async function renderReleases(
  releases: readonly Release[],
  workshop: Workshop,
): Promise<readonly RenderedRelease[]> {
  // All at the beginning: what is written later could meet a folder that an interrupted run has removed.
  const waiting = releases.map((release, position) => ({ release, position, run: prepare(release, workshop) }));
  const done: (RenderedRelease | Fault)[] = [];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      done[next.position] = await render(next.release, next.run);
    }
  };
  await Promise.all(Array.from({ length: 2 * availableParallelism() }, lane));
  const faults = done.filter((each) => "fault" in each);
  if (faults.length > 0) {
    const count = `${faults.length} of ${releases.length} releases did not render`;
    throw new Error([count, ...faults.map(({ fault }) => fault)].join("\n  "));
  }
  return done.filter((each) => "text" in each);
}

interface Fault {
  readonly fault: string;
}

interface Run {
  readonly program: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
}

const MANIFESTS = "manifests.yaml";

/** Writes what Helm reads. File names without a folder: Helm takes a comma in one for the next. */
function prepare(release: Release, { program, charts, scratch }: Workshop): Run {
  const folder = join(scratch, release.environment, release.name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "values.json"), JSON.stringify(release.values));
  writeFileSync(join(folder, "overlay.json"), JSON.stringify(release.overlay));
  return {
    program,
    args: [
      ...["template", release.name, join(charts, release.chart)],
      ...["--namespace", release.namespace],
      ...["--kube-version", kubernetes.version],
      ...["--values", "values.json", "--values", "overlay.json"],
    ],
    folder,
    // Nothing of whoever runs this reaches the output: no setting, no plugin, no cluster, no language.
    environment: {
      PATH: process.env["PATH"] ?? "",
      HOME: folder,
      TMPDIR: folder,
      TZ: "UTC",
      LC_ALL: "C",
      KUBECONFIG: join(folder, "no-cluster"),
      HELM_CACHE_HOME: join(folder, "cache"),
      HELM_CONFIG_HOME: join(folder, "config"),
      HELM_DATA_HOME: join(folder, "data"),
      // A render is over before its garbage is worth collecting: a third of its time.
      GOGC: "off",
      GOMEMLIMIT: "512MiB",
    },
  };
}

function render(release: Release, { program, args, folder, environment }: Run): Promise<RenderedRelease | Fault> {
  const { environment: where, name } = release;
  const manifests = join(folder, MANIFESTS);
  return new Promise((resolve) => {
    const refuse = (why: string) => resolve({ fault: `${where}/${name}: ${why}` });
    // Into a file: a pipe is full before a thread that is busy reads it, and Helm would wait.
    const output = openSync(manifests, "w");
    const child = spawn(program, args, { cwd: folder, env: environment, stdio: ["ignore", output, "pipe"] });
    closeSync(output);
    let said = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    child.on("error", (error) => refuse(error.message));
    child.on("close", (code, signal) => {
      if (code !== 0 || said.trim() !== "") refuse(wordsOf(said) || `helm ended with ${signal ?? code}`);
      else resolve({ environment: where, name, ...described(release, readFileSync(manifests, "utf8")) });
    });
  });
}

/** Helm's words, indented below the release, without the advice to ask it again. */
const wordsOf = (said: string): string =>
  said
    .replace(/^Use --debug flag.*$/m, "")
    .replace(/^Error: /, "")
    .trim()
    .replaceAll(/\s*\n\s*/g, "\n    ");

/** With where it comes from, and what in it is none of a deployment's. */
const described = ({ environment, name, chart }: Release, manifests: string) => ({
  text: `# Release ${name} of ${environment}: made by npm start from the catalogue and helm/${chart}. Not to be applied: digests and
# ARNs of zeros stand for what only a deployment knows (npm run deploy-values).
${manifests.trimEnd()}
`,
  objects: manifests.match(/^kind: /gm)?.length ?? 0,
});
