import { globSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folder, playsOf, refusal, runPlaybooks } from "./support/playbook.ts";

/** Whom playbooks are for, and what they refuse before anything is touched: by the real Ansible, and no host. */

interface Play {
  readonly hosts?: string;
  readonly "ansible.builtin.import_playbook"?: string;
}

const playbooks = globSync("*.yml", { cwd: folder }).toSorted();
const read = (name: string) => playsOf(name) as readonly Play[];
const run = (name: string, ...options: readonly string[]) => runPlaybooks([join(folder, name)], options);

describe("before anything else", () => {
  /** Whether a playbook begins with the questions, by itself or by the playbook that it begins with. */
  const asks = (name: string): boolean => {
    const first = read(name)[0]?.["ansible.builtin.import_playbook"];
    return first !== undefined && (first === "preflight.yml" || asks(first));
  };

  test.each(playbooks.filter((name) => name !== "preflight.yml"))("it is asked whether a run is meant: %s", (name) => {
    expect(asks(name)).toBe(true);
  });

  test("production without a limit or its name is refused", async () => {
    const refused = await run("preflight.yml");

    expect(refusal(refused)).toBe(
      "--limit: must be given for production, or -e platform_confirm=production, got neither",
    );
    expect(refused.code).toBe(2);
  });

  test.each([
    ["its name", ["-e", "platform_confirm=production"]],
    ["a limit", ["--limit", "zone_a"]],
    ["a limit, and a service by its own name", ["--limit", "zone_a", "-e", "platform_scope=message-broker"]],
  ])("production goes on with %s, and no host is reached for that", async (_, options) => {
    const { code, output } = await run("preflight.yml", ...options);

    expect(output).toMatch(/: ok=6 +changed=0 +unreachable=0 +failed=0 +skipped=0 /);
    expect(code).toBe(0);
  });
});

describe("a folder that files are written to instead", () => {
  test.each([
    ["without its tag", [], "--tags all and amazon.aws.aws_ssm"],
    ["with other tags beside it", ["--tags", "render,install"], "--tags install,render and amazon.aws.aws_ssm"],
    ["of a run that reaches hosts", ["--tags", "render"], "--tags render and amazon.aws.aws_ssm"],
  ])("is refused %s", async (_, options, got) => {
    const refused = await run("site.yml", "-e", "render_root=/nonexistent", ...options);

    expect(refusal(refused)).toBe(
      `render_root: must come with --tags render and -e ansible_connection=ansible.builtin.local (npm run render-hosts), got ${got}`,
    );
  });
});

describe("whose secrets are rotated", () => {
  const services = "desktop-backend, message-broker, observability, resident-services, student-allocation, ticketing";

  test.each(["ticketing-api", "ticketing_database", "patroni", "all", "zone_a", "shop"])(
    "is a service, whole: %s is refused",
    async (service) => {
      const values = ["platform_confirm=production", `rotate_service=${service}`, "rotate_secret=none"];
      const refused = await run("rotate-secrets.yml", ...values.flatMap((value) => ["-e", value]));

      expect(refusal(refused)).toBe(`rotate_service: must be one of ${services}, got ${service}`);
    },
  );
});

describe("a limit of which a part matches no host", () => {
  test.each([
    ["prd-tkt-api-a,prd-tkt-typo", "prd-tkt-typo"],
    ["prd-tkt-api-a, zone_d, !prd-tkt-typo", "zone_d !prd-tkt-typo"],
    ["ticketing:!ticketing_typo", "!ticketing_typo"],
    // With a comma Ansible takes no colon for a separator.
    ["zone_a,ticketing_api:ticketing_worker", "ticketing_api:ticketing_worker"],
  ])("is refused, also where the others leave hosts: %s", async (limit, unmatched) => {
    const refused = await run("preflight.yml", "--limit", limit);

    expect(refusal(refused)).toBe(
      `--limit: every part must be a host, a group or a pattern that matches one, got "${limit}", where ${unmatched} matches none`,
    );
    expect(refused.code).toBe(2);
  });

  test.each(["ticketing_api[0:1]", "~prd-tkt-(api|worker).*", "zone_a:&ticketing:!prd-tkt-api-a", "prd-tkt-api-*,"])(
    "is told from any other: %s",
    async (limit) => {
      const { code, output } = await run("preflight.yml", "--limit", limit);

      expect(output).toMatch(/: ok=6 +changed=0 +unreachable=0 +failed=0 +skipped=0 /);
      expect(code).toBe(0);
    },
  );
});

describe("a run that would find no host", () => {
  test("is refused with a scope that is none, also where --limit leaves hosts", async () => {
    const refused = await run("preflight.yml", "--limit", "zone_a", "-e", "platform_scope=mesage-broker");

    expect(refusal(refused)).toBe(
      "platform_scope: must be one of desktop-backend, message-broker, observability, resident-services, " +
        "student-allocation, ticketing, or another group of the inventory (--limit chooses hosts), got mesage_broker",
    );
    expect(refused.code).toBe(2);
  });

  // Each of them leaves no host: without the refusal it would reach none either.
  test.each([
    ["patch.yml", "message-broker", "ticketing", "message_broker"],
    ["switchover.yml", "all", "ticketing_api", "all in patroni or redis_sentinel"],
    ["release.yml", "all", "ticketing_database", "all in python_service"],
    ["restore-postgres.yml", "ticketing", "ticketing_redis", "ticketing in patroni"],
    ["restore-mariadb.yml", "message-broker", "message_broker_portal", "message_broker in mariadb"],
  ])("is refused by %s of %s with --limit %s", async (name, scope, limit, wanted) => {
    const refused = await run(name, "--limit", limit, "-e", `platform_scope=${scope}`);

    expect(refusal(refused)).toBe(`--limit: must leave a host of ${wanted}, got none of "${limit}"`);
    expect(refused.code).toBe(2);
  });

  test.each([
    ["release.yml", ["-e", "release_version=1.0.0", "-e", `release_sha256=${"0".repeat(64)}`]],
    ["rollback.yml", []],
  ])("is refused by %s when --limit leaves another service alone", async (name, options) => {
    const refused = await run(name, "--limit", "message_broker", "-e", "release_service=ticketing", ...options);

    expect(refusal(refused)).toBe(
      '--limit: must leave a host of ticketing with an application, got none of "message_broker"',
    );
    expect(refused.code).toBe(2);
  });
});

test("a service is found by its own name, in every play that is for a part", async () => {
  const scoped = playbooks.filter((name) => read(name).some(({ hosts }) => hosts?.includes("platform_scope")));
  const paths = scoped.map((name) => join(folder, name));
  const { output } = await runPlaybooks(paths, ["--list-hosts", "-e", "platform_scope=message-broker"]);
  const patterns = [...output.matchAll(/^ +pattern: \['(.+)'\]$/gm)].map(([, pattern]) => pattern);

  expect(scoped).toEqual([
    "patch.yml",
    "restart-applications.yml",
    "restore-mariadb.yml",
    "restore-postgres.yml",
    "site.yml",
    "switchover.yml",
  ]);
  // Of all hosts are the questions, and nobody before it is known who runs with other files.
  const others = patterns.filter((pattern) => pattern !== "all" && pattern !== "all:!all");
  expect(others.length).toBeGreaterThan(25);
  expect(others.filter((pattern) => !/^message_broker(:|$)/.test(pattern ?? ""))).toEqual([]);
  expect(output).toMatch(/pattern: \['message_broker:&mariadb'\]\n +hosts \(1\):\n +prd-brk-main-a\n/);
});
