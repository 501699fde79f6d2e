import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requireProgram } from "../support/program.ts";

/**
 * Files of Prometheus, Alertmanager, the prober and the exporters, judged by programs of the same makers: where the host does so
 * as well, by its own command.
 */

const generated = join(import.meta.dirname, "../../ansible/generated");
const HINT = 'PATH="$(.ci/host-programs):$PATH"';
const PROGRAMS = ["promtool", "amtool", "prometheus-blackbox-exporter"];
const TLS = /\/etc\/[\w-]+\/tls\b/g;
/** What a host has no judge for: exporters read it as Prometheus does. */
const JUDGED_HERE: Readonly<Record<string, string>> = {
  "/etc/metrics-exporters/web.yml": "promtool check web-config %s",
};

const folder = mkdtempSync(join(tmpdir(), "rendered-observability-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Judged {
  /** `dev-obs-prometheus-a/etc/prometheus/prometheus.yml` */
  readonly path: string;
  readonly text: string;
  /** `promtool check config %s` */
  readonly validate: string;
}

/** Every file that one of the programs judges, of all hosts, but those that read as another does. */
const judged = [
  ...new Map(
    globSync("*/rendered/*/files.json", { cwd: generated }).flatMap((index) => {
      const host = dirname(join(generated, index));
      const files = JSON.parse(readFileSync(join(generated, index), "utf8")) as Record<string, { validate?: string }>;
      return Object.entries(files).flatMap(([dest, { validate = JUDGED_HERE[dest] ?? "" }]) => {
        if (!PROGRAMS.includes(validate.split(" ", 1)[0] ?? "")) return [];
        const text = readFileSync(host + dest, "utf8");
        return [[validate + text, { path: host.split("/").at(-1) + dest, text, validate }] as const];
      });
    }),
  ).values(),
] satisfies readonly Judged[];

/** What the program has against a file, with the certificate of this folder for the host's, and a word for what hosts fill in. */
function complaint({ path, text, validate }: Judged): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text.replaceAll(/%%[^%]+%%/g, "filled-in").replaceAll(TLS, folder));
  const [program = "", ...args] = validate.split(" ").map((word) => word.replace("%s", file));
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
  return status === 0 ? "" : `${path}: ${stdout}${stderr}`;
}

const installed = PROGRAMS.map((program) => requireProgram(program, HINT)).every(Boolean);

describe.runIf(installed && requireProgram("openssl", "apt-get install openssl"))("programs of observability", () => {
  beforeAll(() => {
    const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", join(folder, "tls.key")];
    const certificate = ["-x509", "-days", "1", "-subj", "/CN=host", "-out", join(folder, "tls.crt")];
    expect(spawnSync("openssl", ["req", ...key, ...certificate]).status).toBe(0);
    writeFileSync(join(folder, "ca.crt"), readFileSync(join(folder, "tls.crt")));
  });

  test("take every file that they read, on every host", () => {
    expect(judged.map(complaint).filter((each) => each !== "")).toEqual([]);
    const names = judged.map(({ path }) => path.slice(path.indexOf("/")));
    expect([...new Set(names)].toSorted()).toEqual([
      "/etc/alertmanager/alertmanager.yml",
      "/etc/alertmanager/web.yml",
      "/etc/metrics-exporters/web.yml",
      "/etc/prometheus/blackbox.yml",
      "/etc/prometheus/prometheus.yml",
      "/etc/prometheus/rules/alerts.yaml",
      "/etc/prometheus/web.yml",
    ]);
  });

  test.each([
    ["prometheus.yml", "scrape_configs:", "scrape_configuration:"],
    ["prometheus/web.yml", "tls_server_config:", "tls_server:"],
    ["metrics-exporters/web.yml", "min_version: TLS12", "min_version: TLS1.2"],
    ["alertmanager/web.yml", "client_allowed_sans", "client_allowed_names"],
    ["rules/alerts.yaml", " < ", " less "],
    ["alertmanager.yml", "receiver: ticket", "receiver: nobody"],
    ["blackbox.yml", "timeout: 8s", "timeout: long"],
  ])("refuse %s with what they cannot read", (name, right, wrong) => {
    const file = judged.find(({ path, text }) => path.endsWith(name) && text.includes(right));
    if (file === undefined) throw new Error(`${name}: must hold "${right}", and does not`);

    expect(complaint({ ...file, text: file.text.replace(right, wrong) })).not.toBe("");
  });
});
