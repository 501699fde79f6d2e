import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { freePorts } from "../../../helm/nginx/support/ports.ts";

/** What stands for the load balancer on this machine; nobody else calls from there. */
export const BALANCER = "127.0.0.2";
/** A caller that is no load balancer. */
export const STRANGER = "127.0.0.9";

/** The first directives that Debian 13 has and an older NGINX or OpenSSL of the machine may lack. */
function known(text: string): string {
  const program = execFileSync("sh", ["-c", "nginx -V 2>&1"], { encoding: "utf8" });
  const [, minor = "0"] = /nginx\/1\.(\d+)/.exec(program) ?? [];
  const [, library = "3.0"] = /OpenSSL (\d+\.\d+)/.exec(program) ?? [];
  const withHttp2 = Number(minor) >= 25 ? text : text.replaceAll(/^ *http2 on;\n/gm, "");
  return Number(library) >= 3.5 ? withHttp2 : withHttp2.replaceAll("X25519MLKEM768:", "");
}

/** One host's NGINX on loopback. */
export interface Running {
  /** Port of this machine that stands for one of the host. */
  readonly port: (ofHost: number) => number;
  /** Replaces a file that the configuration names by its path on the host. */
  readonly put: (path: string, text: string) => void;
  readonly remove: (path: string) => void;
  /** As `systemctl reload nginx`: waits until the workers of before take no more connections. */
  readonly reload: () => Promise<void>;
  /** Lines of the access log so far. */
  readonly requests: () => readonly Readonly<Record<string, unknown>>[];
  readonly errors: () => string;
  readonly stop: () => Promise<void>;
}

/** What stands around a host. */
export interface Around {
  /** Port of the application behind it. */
  readonly application: number;
  /** Files by their path on the host. */
  readonly files: Readonly<Record<string, string>>;
  /** Address of the host in the configuration. */
  readonly address: string;
  /** Ranges of load balancers in it. */
  readonly balancers: readonly string[];
}

const LOGS = "/var/log/nginx";

/** Moves a host's configuration to this machine: addresses and ports, and all files below a folder. */
function moved(text: string, folder: string, ports: ReadonlyMap<number, number>, around: Around): string {
  const upstream = /server 127\.0\.0\.1:(\d+) max_fails/.exec(text)?.[1] ?? "none";
  let home = known(text)
    .replaceAll(`127.0.0.1:${upstream} max_fails`, `127.0.0.1:${around.application} max_fails`)
    .replaceAll(`listen ${around.address}:`, "listen 127.0.0.1:")
    .replace("user www-data;", process.getuid?.() === 0 ? "user root;" : "")
    .replace(
      "http {",
      `http {\n${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `    ${name}_temp_path ${folder}/${name};`).join("\n")}`,
    );
  for (const [from, to] of ports) home = home.replaceAll(new RegExp(`\\b${from}\\b`, "g"), `<${to}>`);
  for (const [index, range] of around.balancers.entries()) {
    home = home.replaceAll(range, index === 0 ? `${BALANCER}/32` : `127.0.1.${index}/32`);
  }
  for (const path of [...Object.keys(around.files), LOGS, "/run/nginx.pid", "/etc/nginx/switches"]) {
    home = home.replaceAll(new RegExp(`(?<=[ ])${path}`, "g"), `${folder}${path}`);
  }
  return home.replaceAll(/<(\d+)>/g, "$1");
}

const portsOf = (text: string): readonly number[] => [
  ...new Set([...text.matchAll(/listen [\d.]+:(\d+)/g)].map(([, port]) => Number(port))),
];

function prepared(text: string, around: Around, ports: ReadonlyMap<number, number>) {
  const folder = mkdtempSync(join(tmpdir(), "nginx-host-"));
  const put = (path: string, content: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  for (const [path, content] of Object.entries(around.files)) put(path, content);
  for (const each of [LOGS, "/run", "/etc/nginx/switches"]) mkdirSync(join(folder, each), { recursive: true });
  const file = join(folder, "nginx.conf");
  writeFileSync(file, moved(text, folder, ports, around));
  return { folder, file, put };
}

/** What `nginx -t` says against a host's configuration; empty when it is sound and has no warning. */
export function faults(text: string, around: Around): string {
  const { folder, file } = prepared(text, around, new Map());
  try {
    return execFileSync("sh", ["-c", `nginx -t -q -e stderr -p "${folder}" -c "${file}" 2>&1 || true`], {
      encoding: "utf8",
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const opens = (port: number): Promise<boolean> =>
  new Promise((decide) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      decide(true);
    }).on("error", () => decide(false));
  });

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    if (await holds()) return;
    await setTimeout(25);
  }
  throw new Error(`${what}: must be so after 10 s`);
}

const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode === null ? new Promise((done) => child.on("exit", () => done())) : Promise.resolve();

/** Starts a host's NGINX. */
export async function running(text: string, around: Around): Promise<Running> {
  const hostPorts = portsOf(text);
  const free = await freePorts(hostPorts.length);
  const ports = new Map(hostPorts.map((port, index) => [port, free[index] ?? 0]));
  const { folder, file, put } = prepared(text, around, ports);
  const output = join(folder, "errors");
  const child = spawn("nginx", ["-e", "stderr", "-p", folder, "-c", file, "-g", "daemon off;"], {
    stdio: ["ignore", "ignore", openSync(output, "a")],
  });
  const errors = () =>
    [output, join(folder, LOGS, "error.log")]
      .map((path) => (existsSync(path) ? readFileSync(path, "utf8") : ""))
      .join("");
  const port = (ofHost: number) => ports.get(ofHost) ?? 0;
  await until(`NGINX (${errors()})`, () => {
    if (child.exitCode !== null) throw new Error(`nginx ended with ${child.exitCode}: ${errors()}`);
    return opens(port(hostPorts[0] ?? 0));
  });
  const workersStarted = () => errors().match(/start worker process \d+/g)?.length ?? 0;
  const workersLeft = () => errors().match(/gracefully shutting down/g)?.length ?? 0;
  return {
    port,
    put,
    remove: (path) => rmSync(join(folder, path)),
    reload: async () => {
      const [started, left] = [workersStarted(), workersLeft()];
      child.kill("SIGHUP");
      await until("new workers", () => workersStarted() > started && workersLeft() > left);
      // The last of the old ones hears of it a moment later.
      await setTimeout(200);
    },
    requests: () =>
      readFileSync(join(folder, LOGS, "access.log"), "utf8")
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    errors,
    stop: async () => {
      child.kill("SIGTERM");
      await ended(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
