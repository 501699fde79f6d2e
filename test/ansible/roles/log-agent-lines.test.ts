import { RE2JS } from "re2js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { logAgent } from "../../../ansible/inventory/roles/log-agent.ts";
import { mongodb } from "../../../ansible/inventory/roles/mongodb.ts";
import { credentials, harmless, personal, retryExhausted } from "../../support/log-lines.ts";
import { type Rendered, render } from "../support/render.ts";

/** What Loki gets of a line of a host: its labels, and its text without what is nobody's to read. */

const API = "dev-tkt-api-a";
const DATABASE = "dev-nod-database-a";
let rendered: Rendered;
beforeAll(() => {
  rendered = render([logAgent, mongodb], [API, DATABASE]);
}, 120_000);
afterAll(() => rendered.remove());
const configuration = (host: string) => rendered.text(host, "etc/syslog-ng/syslog-ng.conf");

describe("masks of hosts", () => {
  /** What syslog-ng makes of a line; these expressions mean the same to PCRE and RE2, whereas V8 takes (?i:) wrongly at times. */
  const masked = (line: string) =>
    [...configuration(API).matchAll(/^ *subst\('(.*)', "\$\{1\}(.*?)\$\{2\}", value\("MESSAGE"\)/gm)].reduce(
      (text, [, pattern = "", replacement = ""]) =>
        RE2JS.compile(pattern).matcher(text).replaceAll(`$1${replacement}$2`),
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

  test("leave the event of exhausted retries whole", () => {
    expect(masked(retryExhausted)).toBe(retryExhausted);
  });

  test("stand between every source and Loki", () => {
    const path = configuration(API).slice(configuration(API).indexOf("\nlog {"));

    expect(path.match(/subst\('/g)).toHaveLength(13);
    expect(path.lastIndexOf("subst(")).toBeLessThan(path.indexOf("destination(d_loki)"));
    expect(configuration(API).match(/^log \{/gm)).toHaveLength(1);
  });
});

describe("labels of hosts", () => {
  test("are words and classes only: no value of a line makes a stream of its own [ALC-6.1]", () => {
    const shapes = Object.fromEntries(
      [...configuration(API).matchAll(/p_label\(name\((\w+)\) field\(\w+\) shape\("(.*)"\)\)/g)].map(
        ([, name = "", shape = ""]) => [name, new RegExp(shape, "i")],
      ),
    );

    expect(Object.keys(shapes)).toEqual(["level", "status_class", "outcome", "stream"]);
    expect(
      ["ERROR", "503", "already_allocated", "audit"].map((value, at) => Object.values(shapes)[at]?.test(value)),
    ).toEqual([true, true, true, true]);
    for (const value of ["student 1234567890", "1234567890", "x".repeat(40), ""]) {
      expect([value, ...Object.values(shapes).map((shape) => shape.test(value))]).toEqual([
        value,
        ...Object.keys(shapes).map(() => false),
      ]);
    }
  });
});

describe("logins", () => {
  test("to a host and to MongoDB go to Loki: the journal goes there whole, and both write to it alone [NOD-5.5]", () => {
    const text = configuration(DATABASE);
    const [source = ""] = text.match(/systemd-journal\([^;]*;/) ?? [];

    expect(source).toBe('systemd-journal(prefix(".journald.") max-field-size(262144) log-fetch-limit(100));');
    expect(text).toContain("channel { source(s_journal); rewrite(r_journal_unit); };");
    // What is filtered gets labels; nothing is dropped by a filter in the log path itself.
    expect(text.slice(text.indexOf("\nlog {"))).not.toMatch(/^ {4}filter/m);
    expect(rendered.text(DATABASE, "etc/mongod.conf")).not.toMatch(/systemLog|quiet/);
    expect(rendered.text(DATABASE, "etc/systemd/system/mongod.service")).not.toMatch(
      /Standard(Output|Error)=|LogLevel/,
    );
  });
});
