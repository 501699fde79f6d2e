import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { taskHost } from "../ansible/roles/backup-agent/host.ts";
import { certificateHost } from "../ansible/roles/private-ca-client/host.ts";
import { rulesOf } from "./promtool.ts";

/** What rules read is what programs of hosts write: their names, and the labels that are asked for. */

/** Labels of every target (`ansible/inventory/scrapes.ts`). */
const OF_TARGETS = ["job", "service", "component"];
/** Those of Prometheus itself, and of the node exporter: the lab's check `metrics` asks that one for it. */
const OF_OTHERS = ["up", "node_boot_time_seconds"];

interface Metric {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

const labelsIn = (text: string): readonly (readonly [name: string, operator: string, value: string])[] =>
  [...text.matchAll(/(\w+)(!?=)"([^"]*)"/g)].map(([, name = "", operator = "", value = ""]) => [name, operator, value]);

/** Each metric that rules read, with the values of labels that it must have. */
const asked = rulesOf("production")
  .flatMap(({ expr }) => [...expr.matchAll(/(\w+)\{([^}]*)\}/g)])
  .map(([, name = "", text = ""]) => ({
    name,
    labels: labelsIn(text).filter(([label]) => !OF_TARGETS.includes(label)),
  }))
  .filter(({ name }) => !OF_OTHERS.includes(name));

const samples = (text: string): readonly Metric[] =>
  [...text.matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gm)].map(([, name = "", labels = ""]) => ({
    name,
    labels: Object.fromEntries(labelsIn(labels).map(([label, , value]) => [label, value])),
  }));

/** What `platform-updates` writes, where apt has nothing to say. */
function updates(): string {
  const folder = mkdtempSync(join(tmpdir(), "written-"));
  const program = readFileSync("ansible/generated/dev/rendered/dev-tkt-api-a/usr/local/sbin/platform-updates", "utf8");
  writeFileSync(join(folder, "program"), program.replaceAll("/var/lib/prometheus/node-exporter", folder));
  for (const name of ["apt", "apt-get"]) writeFileSync(join(folder, name), "#!/bin/sh\n", { mode: 0o755 });
  spawnSync("sh", [join(folder, "program"), "--done"], { env: { PATH: `${folder}:${process.env["PATH"]}` } });
  const written = readFileSync(join(folder, "platform-updates.prom"), "utf8");
  rmSync(folder, { recursive: true });
  return written;
}

describe("metrics that rules read", () => {
  const tasks = taskHost();
  const certificates = certificateHost();

  test("are written by programs of hosts, with the labels by which they are found [TKT-7.12, BRK-31.16]", async () => {
    const wanted = [
      ...new Set(asked.flatMap(({ labels }) => labels.flatMap(([name, , value]) => (name === "task" ? value : [])))),
    ];
    for (const name of wanted) {
      await tasks.run({ name, kind: "job", does: { command: ["true"], user: "root", directory: "/" } }, { name });
    }
    await certificates.run("program", ["--install", await certificates.signed(await certificates.request())]);
    await certificates.run("revocation");
    await certificates.run("register");

    const written = [
      updates(),
      ...wanted.map((name) => tasks.metrics(name)),
      ...["platform-certificates", "broker-crl", "broker-certificates"].map((file) => certificates.metric(file)),
    ].flatMap(samples);

    const missing = asked.filter(
      ({ name, labels }) =>
        !written.some(
          (each) =>
            each.name === name &&
            labels.every(([label, operator, value]) =>
              operator === "="
                ? each.labels[label] === value
                : each.labels[label] !== undefined && each.labels[label] !== value,
            ),
        ),
    );
    expect(missing).toEqual([]);
    expect(new Set(asked.map(({ name }) => name)).size).toBe(7);
  });
});
