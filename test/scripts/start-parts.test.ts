import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { UsageError } from "../../scripts/options.ts";
import { help, parseRequest } from "../../scripts/start/arguments.ts";
import { checkIndex } from "../../scripts/start/check-index.ts";
import { hostOutputs } from "../../scripts/start/hosts.ts";
import schema from "../../scripts/start/index.schema.json" with { type: "json" };
import { indexOf } from "../../scripts/start/index-file.ts";
import { summary } from "../../scripts/start/summary.ts";
import { writeOutputs } from "../../scripts/start/write.ts";
import { catalogue } from "../../services/catalogue.ts";
import { resolveEstate } from "../../services/resolve.ts";

/** The parts of `npm start`, without a run of the whole. */

describe("arguments", () => {
  const parse = (...args: readonly string[]) => parseRequest(args, catalogue);

  test("may be absent: everything is asked for", () => {
    expect(parse()).toEqual({ help: false, json: false, environments: [], services: [] });
  });

  test("may name environments and services more than once", () => {
    expect(
      parse("--environment", "dev", "--environment=staging", "--service", "ticketing", "--output", "x", "--json"),
    ).toEqual({ help: false, json: true, output: "x", environments: ["dev", "staging"], services: ["ticketing"] });
  });

  test.each([
    [["--environment", "prod"], '--environment: got "prod", allowed are dev, staging, production'],
    [["--environment="], '--environment: got "", allowed are dev, staging, production'],
    [
      ["--environment", "dev", "--environment", "Dev"],
      '--environment: got "Dev", allowed are dev, staging, production',
    ],
    [
      ["--service", "network"],
      '--service: got "network", allowed are ticketing, desktop-backend, resident-services, message-broker, student-allocation, observability',
    ],
    [["--output="], '--output: got "", must name a directory'],
    [["--output", "--json"], "Option '--output' argument is ambiguous (see --help)"],
    [["--output"], "Option '--output <value>' argument missing (see --help)"],
    [["--json=yes"], "Option '--json' does not take an argument (see --help)"],
    [["--nope"], "Unknown option '--nope' (see --help)"],
    [["dev"], "Unexpected argument 'dev' (see --help)"],
  ])("fails when they are %j: one line", (args, message) => {
    expect(() => parse(...args)).toThrow(new UsageError(message));
    expect(message).not.toContain("\n");
  });

  test("are all explained by --help", () => {
    for (const option of ["--environment NAME", "--service NAME", "--output DIR", "--json", "--help"]) {
      expect(help).toContain(`  ${option} `);
    }
  });
});

describe("files of hosts", () => {
  const generated = mkdtempSync(join(tmpdir(), "start-hosts-"));
  afterAll(() => rmSync(generated, { recursive: true, force: true }));

  test("are the firewall made here and what was rendered and committed, of the services wanted", () => {
    const [dev] = catalogue.environments;
    if (dev === undefined) throw new Error("no environment");
    const rendered = join(generated, "dev/rendered/dev-tkt-worker-a");
    mkdirSync(join(rendered, "etc/chrony"), { recursive: true });
    writeFileSync(join(rendered, "etc/chrony/chrony.conf"), "rendered");
    const root = { group: "root", mode: "0644", owner: "root" };
    writeFileSync(join(rendered, "files.json"), JSON.stringify({ "/etc/chrony/chrony.conf": root }));

    const hosts = hostOutputs(resolveEstate(catalogue, dev), generated, (name) => name === "ticketing");

    expect(hosts.map(({ folder }) => folder)).toEqual(
      ["api-a", "api-b", "worker-a", "worker-b"]
        .concat(["database", "redis"].flatMap((store) => ["a", "b", "c"].map((zone) => `${store}-${zone}`)))
        .map((name) => `ansible/dev/dev-tkt-${name}`),
    );
    const worker = hosts.find(({ folder }) => folder.endsWith("worker-a"));
    expect(worker?.files).toEqual([
      {
        path: "ansible/dev/dev-tkt-worker-a/nftables.conf",
        text: expect.stringMatching(/^#!\/usr\/sbin\/nft -f\n# Firewall of dev-tkt-worker-a: /),
      },
      {
        path: "ansible/dev/dev-tkt-worker-a/etc/chrony/chrony.conf",
        copyOf: join(rendered, "etc/chrony/chrony.conf"),
      },
      {
        path: "ansible/dev/dev-tkt-worker-a/files.json",
        text: `${JSON.stringify({ "/etc/chrony/chrony.conf": root, "/etc/nftables.conf": root }, null, 2)}\n`,
      },
    ]);
    expect(hosts.filter(({ files }) => files.length !== 1)).toEqual([worker]);
  });
});

describe("files of a run", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "start-parts-"));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const out = () => join(directory, "out");
  const place = () => ({ directory: out(), staging: join(directory, "staging") });
  const stack = (name: string, text = name) => ({ path: `terraform/dev/${name}/cdk.tf.json`, text });
  const plant = (path: string) => {
    mkdirSync(join(out(), path, ".."), { recursive: true });
    writeFileSync(join(out(), path), "planted");
  };
  const there = (path: string) => (existsSync(join(out(), path)) ? readFileSync(join(out(), path), "utf8") : undefined);

  test("are written from text or copied, below folders made for them", () => {
    writeFileSync(join(directory, "lock"), "the lock");

    writeOutputs(
      place(),
      [stack("network"), { path: "terraform/dev/network/lock", copyOf: join(directory, "lock") }],
      false,
    );

    expect(there("terraform/dev/network/cdk.tf.json")).toBe("network");
    expect(there("terraform/dev/network/lock")).toBe("the lock");
  });

  test("replace stacks that are no longer made, and their environment once it is empty", () => {
    plant("terraform/dev/gone/cdk.tf.json");
    plant("terraform/test/gone/cdk.tf.json");

    writeOutputs(place(), [stack("network")], false);

    expect(readdirSync(join(out(), "terraform"))).toEqual(["dev"]);
    expect(readdirSync(join(out(), "terraform/dev"))).toEqual(["network"]);
  });

  test("replace releases that are no longer made, and their environment once it is empty", () => {
    plant("helm/dev/gone.yaml");
    plant("helm/test/gone.yaml");

    writeOutputs(place(), [{ path: "helm/dev/cluster.yaml", text: "new" }], false);

    expect(readdirSync(join(out(), "helm"))).toEqual(["dev"]);
    expect(readdirSync(join(out(), "helm/dev"))).toEqual(["cluster.yaml"]);
  });

  test("replace hosts that are no more, and their environment once it is empty", () => {
    plant("ansible/dev/dev-shp-gone-a/nftables.conf");
    plant("ansible/dev/dev-shp-gone-a/etc/nginx/nginx.conf");
    plant("ansible/test/tst-shp-api-a/nftables.conf");

    writeOutputs(place(), [{ path: "ansible/dev/dev-shp-api-a/nftables.conf", text: "new" }], false);

    expect(readdirSync(join(out(), "ansible"))).toEqual(["dev"]);
    expect(readdirSync(join(out(), "ansible/dev"))).toEqual(["dev-shp-api-a"]);
  });

  test.each([true, false])("are all there is in a folder that is written whole (only these: %s)", (only) => {
    const [one, other] = ["ansible/dev/dev-shp-api-a", "ansible/dev/dev-shp-api-b"];
    for (const path of [`${one}/etc/nginx/old.conf`, `${other}/etc/nginx/old.conf`]) plant(path);

    writeOutputs(place(), [{ path: `${one}/nftables.conf`, text: "new" }], only, [one]);

    expect([there(`${one}/nftables.conf`), there(`${one}/etc/nginx/old.conf`)]).toEqual(["new", undefined]);
    expect(there(`${other}/etc/nginx/old.conf`)).toBe("planted");
  });

  test("leave everything of anybody else where it is", () => {
    const foreign = [
      "ansible/README.md",
      "ansible/dev/notes.txt",
      "ansible/dev/notes/hosts.txt",
      "helm/README.md",
      "helm/dev/notes.txt",
      "terraform/README.md",
      "terraform/dev/notes.txt",
      "terraform/modules/vpc/main.tf",
      "plans/dev/x.json",
    ];
    for (const path of foreign) plant(path);

    writeOutputs(place(), [stack("network")], false);

    expect(foreign.map(there)).toEqual(foreign.map(() => "planted"));
  });

  test("leave other stacks too when only some were asked for", () => {
    plant("terraform/dev/vault/cdk.tf.json");
    plant("terraform/test/network/cdk.tf.json");

    writeOutputs(place(), [stack("network")], true);

    expect(there("terraform/dev/vault/cdk.tf.json")).toBe("planted");
    expect(there("terraform/test/network/cdk.tf.json")).toBe("planted");
    expect(there("terraform/dev/network/cdk.tf.json")).toBe("network");
  });

  test("fails when one of them cannot be made: none is replaced", () => {
    plant("terraform/dev/network/cdk.tf.json");

    expect(() =>
      writeOutputs(place(), [stack("network", "new"), { path: "lock", copyOf: join(directory, "missing") }], false),
    ).toThrow("missing");
    expect(there("terraform/dev/network/cdk.tf.json")).toBe("planted");
  });
});

describe("the index", () => {
  const estates = catalogue.environments.map((environment) => resolveEstate(catalogue, environment));
  const counts = [{ environment: "dev", name: "network", resources: 2 }];
  const index = JSON.parse(JSON.stringify(indexOf(catalogue, estates, counts)));

  /** One of everything that the index of the catalogue holds. */
  function small() {
    const short = structuredClone(index);
    short.environments = short.environments.slice(0, 1);
    short.services = short.services.slice(0, 1);
    const [environment] = short.environments;
    environment.services = environment.services.slice(0, 1);
    environment.subnets = environment.subnets.slice(0, 1);
    for (const list of ["components", "stores", "entrypoints", "flows", "egress", "secrets", "backups"]) {
      environment.services[0][list] = environment.services[0][list].slice(0, 1);
    }
    return short;
  }
  /** Paths of every key of every object, lists by number. */
  const keysOf = (value: unknown, path: readonly string[] = []): readonly (readonly string[])[] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => [
          ...(Array.isArray(value) ? [] : [[...path, key]]),
          ...keysOf(inner, [...path, key]),
        ])
      : [];
  // biome-ignore lint/suspicious/noExplicitAny: parsed JSON, broken on purpose.
  function broken(path: readonly string[], change: (owner: any, key: string) => void): unknown {
    const copy = small();
    const owner = path.slice(0, -1).reduce((value, key) => value[key], copy);
    change(owner, path.at(-1) ?? "");
    return copy;
  }

  test("of the real catalogue matches its schema, whole and in small", () => {
    expect(() => checkIndex(index)).not.toThrow();
    expect(() => checkIndex(small())).not.toThrow();
  });

  test("declares whose tokens may open roles: of GitHub alone, for jobs of the repository of each environment", () => {
    const declared = index.environments.map((each: Record<string, unknown>) => [each["repository"], each["issuers"]]);
    expect(declared).toEqual(
      catalogue.environments.map(({ repository }) => [repository, ["token.actions.githubusercontent.com"]]),
    );
  });

  test("fails when any value is gone", () => {
    const paths = keysOf(small());
    const validate = new Ajv2020().compile(schema);
    const accepted = paths.filter((path) => validate(broken(path, (owner, key) => delete owner[key])));

    expect(validate(small())).toBe(true);
    expect(paths.length).toBeGreaterThan(80);
    expect(accepted.map((path) => path.join("/"))).toEqual([]);
  });

  test("fails when it holds a value that no reader knows", () => {
    const add = (...path: readonly string[]) =>
      broken([...path, "more"], (owner, key) => Object.assign(owner, { [key]: 1 }));

    for (const path of [[], ["environments", "0"], ["environments", "0", "services", "0", "flows", "0"]]) {
      expect(() => checkIndex(add(...path))).toThrow("must NOT have additional properties");
    }
  });

  test.each([
    [
      ["transport"],
      "clear",
      "index/environments/0/services/0/flows/0/transport must be equal to one of the allowed values",
    ],
    [["ports"], [0], "index/environments/0/services/0/flows/0/ports/0 must be >= 1"],
    [["ports"], [], "index/environments/0/services/0/flows/0/ports must NOT have fewer than 1 items"],
    [
      ["protocol"],
      "icmp",
      "index/environments/0/services/0/flows/0/protocol must be equal to one of the allowed values",
    ],
    [["why"], "", "index/environments/0/services/0/flows/0/why must NOT have fewer than 1 characters"],
  ])("fails when a flow's %j is %j, and says where", (path, value, message) => {
    const copy = broken(["environments", "0", "services", "0", "flows", "0", ...path], (owner, key) => {
      owner[key] = value;
    });

    expect(() => checkIndex(copy)).toThrow(`out/index.json does not match its schema: ${message}`);
  });

  test("says all its faults at once", () => {
    expect(() => checkIndex({})).toThrow(
      "out/index.json does not match its schema: index must have required property 'services', index must have required property 'weakerChoices', index must have required property 'environments'",
    );
  });

  test("is summed up in a table that a person reads, with totals below", () => {
    const [services, components, stores] = [
      catalogue.services,
      catalogue.services.flatMap((each) => each.components),
      catalogue.services.flatMap((each) => each.stores),
    ];
    const written = [...counts, { environment: "dev", name: "cluster", resources: 30, objects: 7 }];
    const lines = summary(index, written, 2).split("\n");

    expect(lines.slice(0, 7)).toEqual([
      "┌─────────────┬─────────┬───────────┬─────────┐",
      "│ environment │ stack   │ resources │ objects │",
      "├─────────────┼─────────┼───────────┼─────────┤",
      "│ dev         │ network │         2 │         │",
      "├─────────────┼─────────┼───────────┼─────────┤",
      "│ dev         │ cluster │        30 │       7 │",
      "└─────────────┴─────────┴───────────┴─────────┘",
    ]);
    expect(lines[7]).toMatch(
      new RegExp(
        `^2 stacks, 32 resources; 1 release, 7 objects; 2 hosts; ${services.length} services, ${components.length} components, ${stores.length} stores, \\d+ flows, \\d+ egress domains per environment$`,
      ),
    );
    expect(summary(index, counts, 0)).toContain(`\n1 stack, 2 resources; ${services.length} services, `);
  });
});
