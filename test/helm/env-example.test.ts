import { describe, expect, test } from "vitest";
import { envExample } from "../../helm/env-example.ts";
import { catalogue } from "../../services/catalogue.ts";
import { days, environmentName, rotated, secret, text } from "../../services/define.ts";
import { workloads } from "../../services/resolve.ts";
import type { Values } from "../../services/schema/value.ts";
import { meanings } from "../../services/variables.ts";
import { shop } from "../services/resolve/small.ts";
import { api, behindEdge, contextOf, realContext } from "./values/small.ts";

const exampleOf = (environment: Values) => {
  const { resolved, estate } = contextOf(shop(behindEdge(api({ environment }))));
  return envExample(resolved, estate);
};
/** Variables by section of an example, comments aside. */
const sections = (example: string) =>
  Object.fromEntries(
    example.split(/\n#\n# (?=component |job )/).flatMap((part) => {
      const [title = "", ...lines] = part.split("\n");
      const assigned = lines.filter((line) => /^[A-Za-z]\w*=/.test(line));
      return [[title.split(":")[0], Object.fromEntries(assigned.map((line) => line.split(/=(.*)/s)))]];
    }),
  );

describe("an example of variables", () => {
  test("has a section for each component and job, with every variable, its meaning and its value [ALC-2.12]", () => {
    const { resolved, estate } = realContext("dev", "student-allocation");

    const example = envExample(resolved, estate);

    const all = workloads(resolved.service).map(({ kind, name }) => `${kind === "job" ? "job" : "component"} ${name}`);
    expect(Object.keys(sections(example)).slice(1)).toEqual(all);
    expect(sections(example)["component api"]).toMatchObject({
      REDIS_NAMESPACE: "alloc:dev",
      REDIS_MAX_RETRIES: "9",
      REDIS_BASE_DELAY_MS: "100",
      REDIS_MAX_DELAY_MS: "2000",
      REDIS_JITTER_MS: "100",
      RATE_LIMIT_FAIL_OPEN_GET: "true",
      RATE_LIMIT_FAIL_OPEN_POST: "false",
    });
    expect(example).toContain("# prefix of all keys at Redis (ALC-2.2)\nREDIS_NAMESPACE=alloc:dev\n");
  });

  test("tells of a secret what it is for, and never a value [NOD-2.5]", () => {
    const login = secret("db-app", "the application's login", rotated(days(80)));
    const url = text`db://app:${login}@x`;

    const { [`component api`]: section } = sections(exampleOf({ PASSWORD: login, URL: url }));

    expect(section).toEqual({
      PASSWORD: `"<secret: the application's login>"`,
      URL: `"db://app:<secret: the application's login>@x"`,
    });
  });

  test("quotes what a shell would take apart", () => {
    const hard = text`${environmentName} "$x"`;
    const both = text`it's \`${environmentName}\` "$x" \\`;

    expect(sections(exampleOf({ HARD: hard, BOTH: both }))["component api"]).toEqual({
      HARD: `'test "$x"'`,
      BOTH: `"it's \\\`test\\\` \\"\\$x\\" \\\\"`,
    });
  });

  test("fails when a plain value has no meaning", () => {
    expect(() => exampleOf({ MAGIC: 42 })).toThrow(
      new Error("shop/components/api/environment/MAGIC: must have a meaning in services/variables.ts, got none"),
    );
  });
});

test("every meaning is that of a variable that pods have", () => {
  const used = new Set(catalogue.services.flatMap(workloads).flatMap(({ environment }) => Object.keys(environment)));

  expect(Object.keys(meanings).filter((name) => !used.has(name))).toEqual([]);
});
