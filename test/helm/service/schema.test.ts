import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { CHART, refusal, template } from "./support/render.ts";
import { api, edge, job, minimal, withEdge, withJob } from "./support/values.ts";

/** The schema of values: closed, and the same to Helm and to ajv. */

const schema = JSON.parse(readFileSync(join(CHART, "values.schema.json"), "utf8"));
const validate = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, strictTypes: false }).compile(
  schema,
);

interface Node {
  readonly [key: string]: unknown;
}
const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null;

/** Every schema within, by its path. */
function schemas(node: unknown, path: string): readonly (readonly [string, Node])[] {
  if (!isNode(node)) return [];
  const below = Object.entries(node).flatMap(([key, value]) => schemas(value, `${path}/${key}`));
  return Array.isArray(node) ? below : [[path, node], ...below];
}

test("takes what Helm takes", () => {
  expect([validate(minimal), validate.errors]).toEqual([true, null]);
  expect([validate({ ...withEdge, ...withJob({}) }), validate.errors]).toEqual([true, null]);
});

test("every object is closed: it says which properties it has, or what all of them are", () => {
  const objects = schemas(schema, "").filter(([, node]) => node["type"] === "object");

  expect(objects.length).toBeGreaterThan(30);
  // What runs when is closed by each of its branches.
  expect(objects.filter(([, node]) => node["additionalProperties"] === undefined).map(([path]) => path)).toEqual([
    "/$defs/run",
  ]);
});

test("every definition is used", () => {
  const used = new Set(JSON.stringify(schema).match(/#\/\$defs\/\w+/g));

  expect(Object.keys(schema.$defs).filter((name) => !used.has(`#/$defs/${name}`))).toEqual([]);
});

describe("refuses an unknown key, with its path", () => {
  const unknown = { surprise: true };
  const cases: readonly (readonly [string, unknown])[] = [
    ["", { ...minimal, ...unknown }],
    ["/components/api", { ...minimal, components: { api: { ...api, ...unknown } } }],
    [
      "/components/api/resources",
      { ...minimal, components: { api: { ...api, resources: { ...api.resources, ...unknown } } } },
    ],
    [
      "/components/api/replicas",
      { ...minimal, components: { api: { ...api, replicas: { ...api.replicas, ...unknown } } } },
    ],
    ["/components/api/probes", { ...minimal, components: { api: { ...api, probes: { ...api.probes, ...unknown } } } }],
    [
      "/components/api/sidecar/web",
      { ...minimal, components: { api: { ...api, sidecar: { web: { ...api.sidecar?.["web"], ...unknown } } } } },
    ],
    [
      "/components/api/network",
      { ...minimal, components: { api: { ...api, network: { ...api.network, ...unknown } } } },
    ],
    [
      "/components/edge/edge",
      { ...withEdge, components: { ...withEdge.components, edge: { ...edge, edge: { ...edge.edge, ...unknown } } } },
    ],
    ["/jobs/dump", { ...minimal, jobs: { dump: { ...job, ...unknown } } }],
    ["/jobs/dump/run", { ...minimal, jobs: { dump: { ...job, run: { ...job.run, ...unknown } } } }],
    ["/release", { ...minimal, release: { ...minimal.release, ...unknown } }],
  ];

  test.each(cases)("at '%s'", async (path, values) => {
    expect(await refusal(values)).toEqual([`- at '${path}': additional properties 'surprise' not allowed`]);
    expect(validate(values)).toBe(false);
  });
});

describe("refuses every way to more rights than pods have", () => {
  test.each([
    "securityContext",
    "podSecurityContext",
    "privileged",
    "hostNetwork",
    "hostPID",
    "volumes",
    "serviceAccountName",
    "automountServiceAccountToken",
    "nodeSelector",
    "tolerations",
  ])("fails when a component has %s", async (key) => {
    const values = { ...minimal, components: { api: { ...api, [key]: { privileged: true } } } };

    expect(await refusal(values)).toEqual([`- at '/components/api': additional properties '${key}' not allowed`]);
  });
});

describe("the internet is what is not inside", () => {
  const to = (ipBlock: Readonly<Record<string, unknown>>) => {
    const egress = [{ to: [{ ipBlock }], ports: [{ protocol: "TCP", port: 443 }] }];
    return { ...minimal, components: { api: { ...api, network: { ingress: [], egress } } } };
  };
  const inside = ["10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"];
  const at = "/components/api/network/egress/0/to/0/ipBlock";

  test("ranges of ours and the whole internet may be named", async () => {
    expect((await template(to({ cidr: "10.30.0.0/16" }))).code).toBe(0);
    expect((await template(to({ cidr: "0.0.0.0/0", except: inside }))).code).toBe(0);
  });

  test.each([
    ["everything", { cidr: "0.0.0.0/0" }, `- at '${at}': missing property 'except'`],
    [
      "all but one network",
      { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] },
      `- at '${at}/except': minItems: got 1, want 5`,
    ],
    ["half of everything", { cidr: "0.0.0.0/1", except: inside }, `- at '${at}/cidr': value must be '0.0.0.0/0'`],
  ])("fails when a policy opens %s", async (_, ipBlock, message) => {
    expect((await refusal(to(ipBlock))).join("\n")).toContain(message);
  });
});

test.each([
  ["a name with capitals", { ...minimal, components: { Api: api } }, "'Api'"],
  ["a name too long for its objects", { ...minimal, components: { [`a${"b".repeat(40)}`]: api } }, "maxLength"],
  [
    "no limit of memory",
    { ...minimal, components: { api: { ...api, resources: { ...api.resources, limits: {} } } } },
    "missing property 'memory'",
  ],
  ["a size in the wrong unit", { ...minimal, components: { api: { ...api, scratch: { "/tmp": "64MB" } } } }, "'64MB'"],
  ["a relative scratch directory", { ...minimal, components: { api: { ...api, scratch: { tmp: "64Mi" } } } }, "'tmp'"],
  ["a registry that is not ours", { ...minimal, registry: "docker.example.org" }, "'docker.example.org'"],
  [
    "a rate in a unit of its own",
    {
      ...withEdge,
      components: { edge: { ...edge, edge: { ...edge.edge, routes: [{ ...edge.edge?.routes[0], rate: "20/s" }] } } },
    },
    "'20/s'",
  ],
])("fails when there is %s", async (_, values, message) => {
  const lines = await refusal(values);

  expect(lines.join("\n")).toContain(message);
  expect(validate(values)).toBe(false);
});
