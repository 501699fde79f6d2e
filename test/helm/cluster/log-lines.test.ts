import { beforeAll, describe, expect, test } from "vitest";
import { givenIn, objectIn, render } from "./support/render.ts";

/** What Loki gets of a line: its labels, and its text without what is nobody's to read. */

let configuration: string;
beforeAll(async () => {
  const { data } = objectIn(await render(givenIn("production")), "ConfigMap", "log-shipper", "log-shipper");
  configuration = (data as { readonly "config.alloy": string })["config.alloy"];
});

/** Rules and stages as the configuration has them; RE2 and these expressions mean the same to this engine. */
const patterns = (block: string, attribute: string) =>
  [...configuration.matchAll(new RegExp(`${block} {[^}]*?${attribute}\\s*= \`([^\`]*)\``, "g"))].map(
    ([, pattern = ""]) => pattern,
  );

describe("labels", () => {
  const component = (pod: string) => {
    const [pattern] = patterns("rule", "regex").slice(-1);
    return new RegExp(`^(?:${pattern})$`).exec(pod)?.[1] ?? pod;
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
      path.replace(new RegExp(`^(?:${pattern})$`), replacement),
    ]);
    expect(Object.fromEntries(labels)).toEqual({
      service: "student-allocation",
      pod: "api-blue-6d4f8b7c9d-x2k4j",
      container: "api",
    });
  });

  test("are words and classes only: no value of a line makes a stream of its own [ALC-6.1]", () => {
    const shapes = patterns("stage.regex", "expression").map((pattern) => new RegExp(pattern.replaceAll("?P<", "?<")));
    const [level, status, outcome] = shapes;
    expect([level, status, outcome].map((each) => each?.exec("ERROR") !== null)).toEqual([true, false, false]);
    expect(status?.exec("503")?.groups).toEqual({ status_class: "5" });
    expect(outcome?.exec("already_allocated")?.groups).toEqual({ outcome: "already_allocated" });
    expect(outcome?.exec("student 1234567890")).toBeNull();
    expect(configuration).toContain('values = { level = "", status_class = "", outcome = "" }');
  });
});

describe("masks", () => {
  /** What Alloy makes of a line: each match keeps its text but for what stands in the brackets. */
  const masked = (line: string) =>
    [...configuration.matchAll(/stage\.replace {\s+expression = `([^`]*)`\s+replace {4}= `([^`]*)`/g)].reduce(
      (text, [, pattern = "", replacement = ""]) =>
        text.replaceAll(new RegExp(pattern, "gd"), (...match) => {
          const [whole, captured] = match as [string, string];
          const at = whole.lastIndexOf(captured);
          return whole.slice(0, at) + replacement + whole.slice(at + captured.length);
        }),
      line,
    );

  test.each([
    ["a national id", '{"msg":"student 1234567890 accepted"}', '{"msg":"student [number] accepted"}'],
    ["a national id with hyphens", "id 123-456789-0.", "id [number]."],
    ["two national ids", "1234567890,0987654321", "[number],[number]"],
    ["a national id as a JSON number", '{"national_id":1234567890,"a":1}', '{"national_id":0,"a":1}'],
    ["a mobile number", "calls 09123456789 now", "calls [number] now"],
    ["a mobile number with its country", '{"phone":"+989123456789"}', '{"phone":"[number]"}'],
    ["a number with gaps", "tel 0912 345 6789", "tel [number]"],
    ["a number with the country's code and gaps", "tel +98 912 345 6789", "tel [number]"],
    ["a number after 00", "tel 00989123456789", "tel [number]"],
    ["Persian digits", "شماره ۱۲۳۴۵۶۷۸۹۰ ثبت شد", "شماره [number] ثبت شد"],
    [
      "Persian digits as JSON escapes them",
      String.raw`{"id":"\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6\u06f7\u06f8\u06f9\u06f0"}`,
      '{"id":"[number]"}',
    ],
  ])("take out %s [ALC-6.2] [MUN-2.12]", (_, line, expected) => {
    expect(masked(line)).toBe(expected);
  });

  const token = ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxMjM0In0", "c2lnbmF0dXJlLW9mLWl0"].join(".");
  test.each([
    ["a mail address", "sent to someone.else@example.org at once", "sent to [address] at once"],
    ["a header with a token", '{"authorization":"Basic dXNlcjpwdw==","a":1}', '{"authorization":"[token]","a":1}'],
    ["a bearer token", "Bearer abcdef0123456789", "Bearer [token]"],
    ["a JSON web token", `session ${token} ended`, "session [token] ended"],
    ["a password in JSON", '{"password":"hunter2","a":1}', '{"password":"[secret]","a":1}'],
    [
      "a password in JSON in JSON",
      String.raw`{"body":"{\"password\":\"hunter2\"}"}`,
      String.raw`{"body":"{\"password\":\"[secret]\"}"}`,
    ],
    ["an API key in an address", "GET /status?api_key=abc123&x=1", "GET /status?api_key=[secret]&x=1"],
    ["a login in an address", "redis://app:hunter2@redis-a:6379/0", "redis://app:[secret]@redis-a:6379/0"],
  ])("take out %s [MUN-2.12]", (_, line, expected) => {
    expect(masked(line)).toBe(expected);
  });

  test.each([
    [
      "times, ids of requests and traces, addresses, figures",
      '{"ts":"2026-11-21T10:00:00.123456Z","request_id":"0b7e5c1e-6f0a-4c39-9a51-2f8d1c3b4a5e","trace":"4bf92f3577b34da6a3ce929d0e0e4736","ip":"10.30.210.8","latency_ms":12.3456789012,"status":200,"bytes":123456789}',
    ],
    ["a time in milliseconds", '{"msg":"at 1763731234567"}'],
    ["words", "the token bucket is full; secrets are rotated"],
  ])("leave %s", (_, line) => {
    expect(masked(line)).toBe(line);
  });
});
