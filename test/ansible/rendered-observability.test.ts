import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requireProgram } from "../support/program.ts";

/** Files of Prometheus, Alertmanager and the prober, judged as hosts judge them: by the programs that read them there. */

const generated = join(import.meta.dirname, "../../ansible/generated");
const HINT = 'PATH="$(.ci/host-programs):$PATH"';
const PROGRAMS = ["promtool", "amtool", "prometheus-blackbox-exporter"];
const TLS = "/etc/observability/tls";

const folder = mkdtempSync(join(tmpdir(), "rendered-observability-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Judged {
  /** `dev-obs-prometheus-a/etc/prometheus/prometheus.yml` */
  readonly path: string;
  readonly text: string;
  /** `promtool check config %s` */
  readonly validate: string;
}

/** Every file that one of the programs judges, of all hosts. */
const judged = globSync("*/rendered/*/files.json", { cwd: generated }).flatMap((index): readonly Judged[] => {
  const host = dirname(join(generated, index));
  const files = JSON.parse(readFileSync(join(generated, index), "utf8")) as Record<string, { validate?: string }>;
  return Object.entries(files).flatMap(([dest, { validate = "" }]) =>
    PROGRAMS.includes(validate.split(" ", 1)[0] ?? "")
      ? [{ path: host.split("/").at(-1) + dest, text: readFileSync(host + dest, "utf8"), validate }]
      : [],
  );
});

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
    // Of six hosts: the configuration, rules and web settings of Prometheus, its prober's, Alertmanager's with web settings.
    expect(judged).toHaveLength(36);
  });

  test.each([
    ["prometheus.yml", "scrape_configs:", "scrape_configuration:"],
    ["prometheus/web.yml", "tls_server_config:", "tls_server:"],
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
