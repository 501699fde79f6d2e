import { readFileSync } from "node:fs";
import { RE2JS } from "re2js";
import { beforeAll, describe, expect, test } from "vitest";
import { credentials, harmless, personal, retryExhausted } from "../../support/log-lines.ts";
import { givenIn, objectIn, render } from "./support/render.ts";

/** What Loki gets of a line: its labels, and its text without what is nobody's to read. */

let configuration: string;
beforeAll(async () => {
  const { data } = objectIn(await render(givenIn("production")), "ConfigMap", "log-shipper", "log-shipper");
  configuration = (data as { readonly "config.alloy": string })["config.alloy"];
});

/** Rules and stages as the configuration has them, in RE2's syntax: Alloy's own. */
const patterns = (block: string, attribute: string) =>
  [...configuration.matchAll(new RegExp(`${block} {[^}]*?${attribute}\\s*= \`([^\`]*)\``, "g"))].map(
    ([, pattern = ""]) => pattern,
  );

/** The named groups of a match, or null. */
const groupsOf = (shape: RE2JS | undefined, value: string) => [...(shape?.matchAll(value) ?? [])][0]?.groups ?? null;

describe("labels", () => {
  const component = (pod: string) => {
    const [pattern] = patterns("rule", "regex").slice(-1);
    return RE2JS.compile(`^(?:${pattern})$`).exec(pod)?.[1] ?? pod;
  };

  test.each([
    ["a pod of a Deployment", "worker-6d4f8b7c9d-x2k4j", "worker"],
    ["a pod of a colour", "api-blue-6d4f8b7c9d-x2k4j", "api"],
    ["a pod of a component with a hyphen", "queue-exporter-7f9c4d5b6-z8wq4", "queue-exporter"],
    ["a pod of a CronJob", "dump-29384720-kx7rv", "dump"],
    ["a pod of a job before a release", "migrate-kx7rv", "migrate"],
    ["a pod of a job that an operator started", "api-keys-2-kx7rv", "api-keys"],
    ["a pod of something else", "coredns", "coredns"],
  ])("say the component of %s", (_, pod, expected) => {
    expect(component(pod)).toBe(expected);
  });

  test("say service, pod and container by the path of the file", () => {
    const path = "/var/log/pods/student-allocation_api-blue-6d4f8b7c9d-x2k4j_0b1c/api/3.log";
    const rules = [
      ...configuration.matchAll(/regex {9}= `(\/var[^`]*)`\s+target_label {2}= "(\w+)"\s+replacement {3}= "(\$\d)"/g),
    ];
    const labels = rules.map(([, pattern = "", label, replacement = ""]) => [
      label,
      RE2JS.compile(`^(?:${pattern})$`).matcher(path).replaceFirst(replacement),
    ]);
    expect(Object.fromEntries(labels)).toEqual({
      service: "student-allocation",
      pod: "api-blue-6d4f8b7c9d-x2k4j",
      container: "api",
    });
  });

  test("are words and classes only: no value of a line makes a stream of its own [ALC-6.1]", () => {
    const [level, status, outcome] = patterns("stage.regex", "expression").map((pattern) => RE2JS.compile(pattern));
    expect(groupsOf(level, "ERROR")).toEqual({ level: "ERROR" });
    expect([groupsOf(status, "ERROR"), groupsOf(outcome, "ERROR")]).toEqual([null, null]);
    expect(groupsOf(status, "503")).toEqual({ status_class: "5" });
    expect(groupsOf(outcome, "already_allocated")).toEqual({ outcome: "already_allocated" });
    expect(groupsOf(outcome, "student 1234567890")).toBeNull();
    expect(configuration).toContain('values = { level = "", status_class = "", outcome = "", stream = "" }');
  });

  test("say audit of the lines of an audit trail, and of no other, as on hosts [MUN-3.13]", () => {
    const [shape] = patterns("stage.regex", "expression").filter((pattern) => pattern.includes("?P<audit>"));
    const hosts = readFileSync("ansible/roles/log_agent/templates/syslog-ng.conf.j2", "utf8");
    const of = (given: string) => groupsOf(RE2JS.compile(shape ?? ""), given);

    expect(configuration).toContain('stream_given = "stream"');
    expect(of("audit")).toEqual({ audit: "audit" });
    expect(of("AUDIT")).toEqual({ audit: "AUDIT" });
    expect(["stdout", "stderr", "audit-2", "a person's name", ""].map(of)).toEqual([null, null, null, null, null]);
    expect(hosts).toContain('p_label(name(stream) field(stream) shape("^audit$"))');
    // Else each line would say stdout or stderr: the stage that reads the runtime's format sets that label.
    expect(configuration.indexOf("stage.cri {}")).toBeLessThan(
      configuration.indexOf('values = ["filename", "stream"]'),
    );
    expect(patterns("stage.template", "template")).toContain("{{ if .audit }}audit{{ end }}");
    expect(configuration).toMatch(/source {3}= "stream"\n\s+template = `\{\{ if \.audit \}\}/);
  });
});

describe("masks", () => {
  /** What Alloy makes of a line: each match keeps its text but for what stands in the brackets. */
  const masked = (line: string) =>
    [...configuration.matchAll(/stage\.replace {\s+expression = `([^`]*)`\s+replace {4}= `([^`]*)`/g)].reduce(
      (text, [, pattern = "", replacement = ""]) =>
        RE2JS.compile(pattern)
          .matcher(text)
          .replaceAll((whole: string, captured: string) => {
            const at = whole.lastIndexOf(captured);
            return whole.slice(0, at) + replacement + whole.slice(at + captured.length);
          }),
      line,
    );

  test.each(personal)("take out %s [ALC-6.2] [MUN-2.12]", (_, line, expected) => {
    expect(masked(line)).toBe(expected);
  });

  test.each(credentials)("take out %s [MUN-2.12]", (_, line, expected) => {
    expect(masked(line)).toBe(expected);
  });

  test.each(harmless)("leave %s", (_, line) => {
    expect(masked(line)).toBe(line);
  });

  test("leave the event of exhausted retries whole [ALC-6.9]", () => {
    expect(masked(retryExhausted)).toBe(retryExhausted);
  });
});
