import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { helmProgram } from "../../scripts/helm/program.ts";
import type { Release } from "../../scripts/helm/releases.ts";
import { renderReleases } from "../../scripts/helm/render.ts";
import { kubernetes } from "../../services/platform.ts";

/** The real Helm on a chart of a few lines. */

let program: string;
let folder: string;
beforeAll(async () => {
  program = await helmProgram();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "helm-render-"));
  write("charts/service/Chart.yaml", "apiVersion: v2\nname: service\nversion: 1.0.0\n");
  write("charts/service/templates/all.yaml", template);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const template = `{{- with .Values.refusal }}{{ fail . }}{{ end -}}
kind: ConfigMap
metadata: { name: {{ .Release.Name }}, namespace: {{ .Release.Namespace }} }
data:
  kubernetes: {{ .Capabilities.KubeVersion.Version | quote }}
  values: {{ list .Values.first .Values.second | toJson | quote }}
  text: |
    kind: Nothing
---
kind: Job
metadata: { name: before, annotations: { "helm.sh/hook": pre-upgrade } }
`;
function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
const release = (name: string, other: Partial<Release> = {}): Release => ({
  environment: "dev",
  name,
  namespace: "there",
  chart: "service",
  values: { first: 1, second: "values" },
  overlay: { second: "overlay" },
  ...other,
});
const render = (...releases: readonly Release[]) =>
  renderReleases(releases, { program, charts: join(folder, "charts"), scratch: join(folder, "scratch") });
const expected = (
  name: string,
) => `# Release ${name} of dev: made by npm start from the catalogue and helm/service. Not to be applied: digests and
# ARNs of zeros stand for what only a deployment knows (npm run deploy-values).
---
# Source: service/templates/all.yaml
kind: ConfigMap
metadata: { name: ${name}, namespace: there }
data:
  kubernetes: "v${kubernetes.version}"
  values: "[1,\\"overlay\\"]"
  text: |
    kind: Nothing
---
# Source: service/templates/all.yaml
kind: Job
metadata: { name: before, annotations: { "helm.sh/hook": pre-upgrade } }
`;

describe("releases", () => {
  test("are rendered by name, namespace, Kubernetes version and values, the overlay's on top; hooks count as objects", async () => {
    expect(await render(release("api"))).toEqual([
      { environment: "dev", name: "api", text: expected("api"), objects: 2 },
    ]);
  });

  test("keep their order, however many there are", async () => {
    const names = Array.from({ length: 9 }, (_, index) => `release-${index}`);

    const rendered = await render(...names.map((name) => release(name)));

    expect(rendered.map(({ name, text }) => [name, text])).toEqual(names.map((name) => [name, expected(name)]));
  });

  test("are none where none is asked for, and no Helm is needed then", async () => {
    const none = { program: "/nonexistent", charts: folder, scratch: join(folder, "scratch") };

    expect(await renderReleases([], none)).toEqual([]);
  });

  test("are the same bytes below a folder with a comma, whatever the user's Helm is set to", async () => {
    write("kubeconfig", "apiVersion: v1\nkind: Config\ncurrent-context: nowhere\n");
    const settings = {
      HELM_NAMESPACE: "other",
      HELM_DEBUG: "true",
      HELM_PLUGINS: join(folder, "plugins"),
      HELM_KUBECONTEXT: "nowhere",
      KUBECONFIG: join(folder, "kubeconfig"),
      LC_ALL: "fa_IR.UTF-8",
      TZ: "Asia/Tehran",
    };
    for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
    write("plugins/broken/plugin.yaml", "not: a plugin\n");

    const [rendered] = await renderReleases([release("api")], {
      program,
      charts: join(folder, "charts"),
      scratch: join(folder, "a,b"),
    });

    expect(rendered?.text).toBe(expected("api"));
  });

  test("end though the thread that started them is busy, and they say more than a pipe holds", async () => {
    write("charts/service/templates/all.yaml", `kind: ConfigMap\ndata: { long: {{ repeat 1000000 "x" }} }\n`);
    const rendering = render(release("api"));
    await new Promise(setImmediate);
    // No step of the event loop until all of it is there: Helm waits for no reader.
    const until = performance.now() + 30_000;
    const manifests = join(folder, "scratch/dev/api/manifests.yaml");
    const size = () => statSync(manifests, { throwIfNoEntry: false })?.size ?? 0;
    while (size() < 1_000_000 && performance.now() < until);
    expect(size()).toBeGreaterThan(1_000_000);

    const [rendered] = await rendering;

    expect(rendered?.text.length).toBeGreaterThan(1_000_000);
  });
});

describe("releases that Helm refuses", () => {
  test("fail all at once, each with its environment, its name and Helm's words", async () => {
    const refused = (text: string) => ({ values: { refusal: text } });

    await expect(
      render(
        release("api", refused("components/api: must have a probe, got none")),
        release("web"),
        release("jobs", { environment: "production", ...refused("jobs/x: wrong\nand more") }),
      ),
    ).rejects.toThrow(
      new Error(`2 of 3 releases did not render
  dev/api: execution error at (service/templates/all.yaml:1:30): components/api: must have a probe, got none
  production/jobs: execution error at (service/templates/all.yaml:1:30): jobs/x: wrong
    and more`),
    );
  });

  test("fail when Helm takes in a file from outside the chart, of which it only speaks", async () => {
    write("outside.txt", "of this machine\n");
    symlinkSync(join(folder, "outside.txt"), join(folder, "charts/service/inside.txt"));

    await expect(render(release("api"))).rejects.toThrow(
      /^1 of 1 releases did not render\n {2}dev\/api: .*found symbolic link in path.*outside\.txt/,
    );
  });

  test("fail when their chart is not there", async () => {
    await expect(render(release("api", { chart: "cluster" }))).rejects.toThrow(
      /^1 of 1 releases did not render\n {2}dev\/api: .*charts\/cluster/,
    );
  });
});
