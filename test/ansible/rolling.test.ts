import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { inventoryOf } from "../../ansible/inventory.ts";
import { catalogue } from "../../services/catalogue.ts";
import { resolveEstate } from "../../services/resolve.ts";

/** How changes reach hosts that serve: the order of plays and tasks, and what hosts are asked. */

interface Step {
  readonly name: string;
  readonly hosts?: string;
  readonly serial?: number;
  readonly any_errors_fatal?: boolean;
  readonly roles?: readonly { readonly role: string }[];
  readonly block?: readonly Step[];
  readonly rescue?: readonly Step[];
  readonly always?: readonly Step[];
  readonly pre_tasks?: readonly Step[];
  readonly tasks?: readonly Step[];
  readonly post_tasks?: readonly Step[];
  readonly ignore_errors?: boolean | string;
  readonly vars?: Readonly<Record<string, string>>;
  readonly notify?: string;
  readonly register?: string;
  readonly "ansible.builtin.import_playbook"?: string;
  readonly "ansible.builtin.include_tasks"?: string;
  readonly "ansible.builtin.include_role"?: { readonly name: string; readonly tasks_from?: string };
  readonly "ansible.builtin.command"?: { readonly cmd?: string };
}

const ansible = join(import.meta.dirname, "../../ansible");
const read = (path: string): readonly Step[] => parse(readFileSync(join(ansible, path), "utf8")) as readonly Step[];

/** What a play or task brings: a role, an imported playbook, or a file of tasks. */
const brought = (step: Step): readonly string[] => [
  ...(step.roles ?? []).map(({ role }) => role),
  ...(step["ansible.builtin.import_playbook"] ?? []).toString().split(",").filter(Boolean),
  ...(step["ansible.builtin.include_tasks"] ?? []).toString().split(",").filter(Boolean),
];

describe("files of applications that changed", () => {
  const site = read("playbooks/site.yml").flatMap(brought);
  const rotation = read("playbooks/rotate-secrets.yml");
  const [, finding, restarting] = read("playbooks/restart-applications.yml");

  test("are taken up after all of an application is written, in one way for every playbook", () => {
    expect(site.filter((name) => name === "restart-applications.yml")).toHaveLength(1);
    expect(site.indexOf("restart-applications.yml")).toBeGreaterThan(site.indexOf("python_service"));
    expect(site.indexOf("restart-applications.yml")).toBeGreaterThan(site.indexOf("nginx"));
    const names = rotation.flatMap(brought);
    expect(names.indexOf("restart-applications.yml")).toBe(names.indexOf("python_service") + 1);
    expect(rotation.find((step) => brought(step).includes("restart-applications.yml"))?.vars).toEqual({
      platform_scope: "{{ rotate_service | default('none') | replace('-', '_') }}",
    });
  });

  test("restart hosts one after another, and none after one that failed", () => {
    expect(finding?.serial).toBeUndefined();
    expect(restarting).toMatchObject({ serial: 1, any_errors_fatal: true });
    expect(restarting?.tasks?.map((task) => task["ansible.builtin.include_role"])).toEqual([
      { name: "python_service", tasks_from: "restart.yml" },
    ]);
  });

  test("[TKT-5.12] a host is out of its load balancers meanwhile, and back only when its health was asked", () => {
    const [leaving, rest] = read("roles/python_service/tasks/restart.yml");

    expect([...brought(leaving ?? { name: "" }), ...(rest?.block ?? []).flatMap(brought)]).toEqual([
      "leave.yml",
      "ready.yml",
      "join.yml",
    ]);
  });

  test.each(["python_service", "nginx"])("restart nothing while the role writes them: %s", (role) => {
    const notified = read(`roles/${role}/tasks/configure.yml`).flatMap(({ notify }) => notify ?? []);

    expect(notified.filter((name) => name.startsWith("Restart"))).toEqual([]);
  });

  test("are known by unit, so that a change of a job's restarts nobody", () => {
    const [environment] = catalogue.environments;
    if (environment === undefined) throw new Error("no environment");
    const { groupVars } = inventoryOf(resolveEstate(catalogue, environment));
    const units = groupVars["ticketing_api"]?.["python_service_units"];

    expect(units).toEqual([
      expect.objectContaining({
        name: "ticketing-api",
        files: [
          "/opt/ticketing/.env",
          "/etc/systemd/system/ticketing-api.service",
          "/etc/systemd/system/ticketing-api.socket",
          "/usr/local/lib/python-service/serve",
        ],
      }),
    ]);
  });
});

describe("what fails", () => {
  const files = globSync(["playbooks/**/*.yml", "roles/*/{tasks,handlers}/*.yml"], { cwd: ansible });
  const all = (steps: readonly Step[]): readonly Step[] =>
    steps.flatMap((step) => [
      step,
      ...[step.pre_tasks, step.tasks, step.post_tasks, step.block, step.rescue, step.always].flatMap((more) =>
        all(more ?? []),
      ),
    ]);

  test("ends the run for all hosts: Ansible lets the others go on where it may be ignored, if only by a condition", () => {
    const steps = files.flatMap((file) => all(read(file)).map((step) => ({ file, ...step })));
    const ignored = steps.filter((step) => step.ignore_errors !== undefined);

    expect(readFileSync(join(ansible, "ansible.cfg"), "utf8")).toContain("\nany_errors_fatal = True\n");
    expect(ignored.map(({ file, name, ignore_errors }) => [file, name, ignore_errors])).toEqual([
      ["playbooks/tasks/patch-host.yml", "Find out whether the host does its work all the same", true],
    ]);
    expect(steps.length).toBeGreaterThan(300);
  });
});

describe("updates", () => {
  /** What a task does, with what it is told, and when; how its outcome is read aside. */
  const doing = (step: Step): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      Object.entries(step).filter(
        ([key, value]) =>
          (key.includes(".") && value !== undefined) || ["loop", "until", "retries", "when"].includes(key),
      ),
    );
  const [patching, ...others] = read("playbooks/tasks/patch-host.yml").toReversed();
  const checks = others.toReversed();
  const asked = (variable: string) => ({ "ansible.builtin.command": { cmd: "{{ item }}" }, loop: `{{ ${variable} }}` });
  const balanced = (file: string) => ({
    "ansible.builtin.include_role": { name: "python_service", tasks_from: file },
    when: "'python_service' in group_names",
  });

  test("[NOD-5.6] begin once a host is well, and the others of its group do their work", () => {
    expect(checks.map(doing)).toEqual([
      { "ansible.builtin.assert": expect.objectContaining({ that: expect.stringMatching(/^\(patch_restart /) }) },
      {
        "ansible.builtin.command": { argv: "{{ item }}" },
        loop: [
          ["timeout", "120", "systemctl", "is-system-running", "--wait"],
          ["systemctl", "list-units", "--failed", "--plain", "--no-legend"],
        ],
      },
      { "ansible.builtin.assert": expect.objectContaining({ that: "patch_before.results[0].stdout == 'running'" }) },
      asked("platform_ready"),
    ]);
    expect(checks[1]).toMatchObject({ register: "patch_before", check_mode: false });
  });

  test("[NOD-5.6] of every package come to a host out of service, that restarts and is back when it does its work", () => {
    expect(patching?.block?.map(doing)).toEqual([
      balanced("leave.yml"),
      asked("platform_hand_over"),
      { "ansible.builtin.apt": { upgrade: "dist", update_cache: true } },
      {
        "ansible.builtin.command": {
          argv: ["sh", "-c", expect.stringContaining("-name reboot-required -o -name '*.list'")],
        },
      },
      {
        "ansible.builtin.include_tasks": "restart-host.yml",
        when: [
          "not ansible_check_mode",
          "patch_updated is changed or patch_wanted.stdout | length > 0 or (patch_restart | default('wanted')) == 'always'",
        ],
      },
      { "ansible.builtin.command": { argv: ["timeout", "600", "systemctl", "is-system-running", "--wait"] } },
      {
        ...asked("platform_ready"),
        until: "patch_ready is succeeded",
        retries: "{{ 0 if ansible_check_mode else 30 }}",
      },
      // Late enough: a host that does not do its work after the restart is no host that is up to date.
      { "ansible.builtin.command": { argv: ["/usr/local/sbin/platform-updates", "--done"] } },
      balanced("join.yml"),
    ]);
    expect(patching?.block?.flatMap(({ register }) => register ?? [])).toEqual([
      ...["patch_updated", "patch_wanted", "patch_ready"],
    ]);
  });

  test("that fail on one host leave no other out of service", () => {
    expect(patching?.rescue?.map(doing)).toEqual([
      asked("platform_ready"),
      { ...balanced("join.yml"), when: ["'python_service' in group_names", "patch_able is succeeded"] },
      { "ansible.builtin.fail": { msg: expect.stringContaining("hosts of later zones were not touched") } },
    ]);
    expect(patching?.rescue?.[0]).toMatchObject({ register: "patch_able", ignore_errors: true });
  });

  test("come to one zone after another, each with the same tasks", () => {
    const [, ...zones] = read("playbooks/patch.yml");

    expect(zones.map(({ hosts, tasks }) => [hosts?.split(":").at(-1), tasks?.map(doing)])).toEqual(
      ["&zone_a", "&zone_b", "&zone_c"].map((zone) => [
        zone,
        [{ "ansible.builtin.include_tasks": "tasks/patch-host.yml" }],
      ]),
    );
  });

  test.each(catalogue.environments)("every store of several hosts says how it hands over: $name", (environment) => {
    const { groups, groupVars } = inventoryOf(resolveEstate(catalogue, environment));
    const stores = ["etcd", "patroni", "redis_sentinel", "mongodb"].flatMap((role) =>
      Object.keys(groups[role]?.children ?? {}).map((group) => ({ role, group })),
    );

    expect(new Set(stores.map(({ role }) => role)).size).toBe(4);
    for (const { group } of stores) {
      expect(groupVars[group]?.["platform_hand_over"]).not.toEqual([]);
      expect(groupVars[group]?.["platform_ready"]).not.toEqual([]);
    }
    expect(groupVars["ticketing_database"]).toMatchObject({
      platform_hand_over: ["/usr/local/sbin/etcd-member handover", "/usr/local/sbin/patroni-member handover"],
      platform_ready: ["/usr/local/sbin/etcd-member ready 120", "/usr/local/sbin/patroni-member ready 120"],
    });
  });
});

describe("stores whose settings changed", () => {
  test.each([
    ["etcd", "/usr/local/sbin/etcd-member"],
    ["redis_sentinel", "/usr/local/sbin/redis-member"],
    ["mongodb", "/usr/local/sbin/mongodb-member"],
  ])("restart member by member with a tool that refuses while another is away: %s", (role, tool) => {
    const handlers = parse(readFileSync(join(ansible, `roles/${role}/handlers/main.yml`), "utf8")) as readonly {
      readonly throttle?: number;
      readonly "ansible.builtin.command"?: { readonly argv: readonly string[] };
    }[];
    const restarting = handlers.filter((handler) =>
      ["restart", "apply"].includes(handler["ansible.builtin.command"]?.argv[1] ?? ""),
    );

    expect(restarting.length).toBeGreaterThan(0);
    expect(JSON.stringify(handlers)).not.toContain("restarted");
    for (const handler of restarting) {
      expect(handler.throttle).toBe(1);
      expect(handler["ansible.builtin.command"]?.argv[0]).toBe(tool);
    }
  });
});
