import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { folder, runPlaybooks } from "./playbook.ts";

/** A host of the fleet: what it has, what runs and what led to that; nothing runs on one that is new. */
export interface FleetHost {
  readonly installed: readonly string[];
  readonly current?: string;
  readonly earlier?: readonly string[];
  /** Default is `api`. */
  readonly component?: string;
  readonly vars?: Readonly<Record<string, unknown>>;
}

const manifest = (version: string) => JSON.stringify({ service: "tried", version });

/** What a release of the fleet is called by whoever releases it. */
export const sha256Of = (version: string): string => createHash("sha256").update(manifest(version)).digest("hex");

/** Hosts of the service `tried`, which are folders of this machine: the real playbooks act on them. */
export class Fleet {
  readonly directory = mkdtempSync(join(tmpdir(), "fleet-"));
  private readonly hosts: readonly string[];

  constructor(hosts: Readonly<Record<string, FleetHost>>, more: Readonly<Record<string, unknown>> = {}) {
    this.hosts = Object.keys(hosts);
    for (const [name, host] of Object.entries(hosts)) this.make(name, host);
    const vars = {
      ansible_connection: "local",
      platform_environment: "dev",
      platform_service: "tried",
      platform_region: "eu-central-1",
      platform_package_bucket: "packages",
      python_service_order: 0,
      python_service_python: "/usr/bin/python3",
      python_service_units: [],
      python_service_targets: [],
      python_service_jobs: [],
      python_service_watch_seconds: 0,
      platform_ready: [],
      ...more,
    };
    const component = (name: string) => hosts[name]?.component ?? "api";
    const members = (of: (name: string) => boolean) => ({
      hosts: Object.fromEntries(this.hosts.filter(of).map((name) => [name, {}])),
    });
    const own = this.hosts.map((name) => [
      name,
      { python_service_root: this.root(name), platform_group: component(name), ...hosts[name]?.vars },
    ]);
    const parts = this.hosts
      .map(component)
      .map((part) => [`tried_${part}`, members((name) => component(name) === part)]);
    const service = members(() => true);
    const children = { tried: service, python_service: service, ...Object.fromEntries(parts) };
    writeFileSync(this.inventory, JSON.stringify({ all: { vars, hosts: Object.fromEntries(own), children } }));
  }

  /** Where a host has its releases. */
  root(name: string): string {
    return join(this.directory, name);
  }

  /** What each host runs, by its link; undefined where there is none. */
  running(): readonly (string | undefined)[] {
    return this.hosts.map((name) => {
      try {
        return readlinkSync(join(this.root(name), "venv")).split("/")[1];
      } catch {
        return undefined;
      }
    });
  }

  /** Runs a playbook of the project, or one at another path. Nobody needs to be root of a folder of his own. */
  run(playbook: string, options: readonly string[]): ReturnType<typeof runPlaybooks> {
    const own = { ansible_become: false, python_service_left: join(this.directory, "left") };
    const path = playbook.startsWith("/") ? playbook : join(folder, playbook);
    return runPlaybooks([path], [...options, "-e", JSON.stringify(own)], this.inventory);
  }

  /** Deletes all of it. */
  end(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private get inventory(): string {
    return join(this.directory, "hosts.yaml");
  }

  private make(name: string, { installed, current, earlier }: FleetHost): void {
    mkdirSync(this.root(name));
    for (const version of installed) {
      mkdirSync(join(this.root(name), "releases", version), { recursive: true });
      writeFileSync(join(this.root(name), "releases", version, "manifest.json"), manifest(version));
    }
    if (current !== undefined) symlinkSync(`releases/${current}/venv`, join(this.root(name), "venv"));
    if (earlier !== undefined) writeFileSync(join(this.root(name), "earlier"), `${earlier.join("\n")}\n`);
  }
}

/** What a playbook's run says at its last failure, or at the task of that name. */
export function said(output: string, task?: string): string {
  const part = task === undefined ? output : (output.split(`TASK [${task}]`)[1]?.split("\nTASK [")[0] ?? "");
  const found = [...part.matchAll(/^(?:fatal|ok): \[.+?\](?:: FAILED!)? => (\{[\s\S]*?\n?\})$/gm)].at(-1)?.[1];
  if (found === undefined) throw new Error(`nothing was said: ${part}`);
  return (JSON.parse(found) as { readonly msg: string }).msg;
}
