import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { requireProgram } from "../../../support/program.ts";
import { moved } from "./configuration.ts";

/** True when NGINX and openssl are here, for `describe.runIf`. */
export const canRun = (): boolean =>
  [
    requireProgram("nginx", "install NGINX with its stream module (Debian: nginx, libnginx-mod-stream)"),
    requireProgram("openssl", "install OpenSSL"),
  ].every((found) => found);

/** Where Debian keeps the module that the platform's image has built in. */
const STREAM_MODULE = "/usr/lib/nginx/modules/ngx_stream_module.so";

/** A line of an access log. */
type LogLine = Readonly<Record<string, unknown>>;

/** A running NGINX. */
export interface Nginx {
  /** Lines of the access log so far, parsed. One is written after the client has its answer. */
  readonly requests: () => readonly LogLine[];
  /** The first line for which a field has this value, once it is there. */
  readonly logged: (field: string, value: string) => Promise<LogLine>;
  /** What it said on standard error so far. */
  readonly errors: () => string;
  /** Ends it at once; with SIGQUIT, as the kubelet does by the image's STOPSIGNAL, once its requests are answered. */
  readonly stop: (signal?: "SIGTERM" | "SIGQUIT") => Promise<void>;
}

/** What becomes of a configuration so that it runs here: files below a folder, workers that may read them. */
export function atHome(configuration: string, folder: string, tls: string): string {
  mkdirSync(join(folder, "tmp"), { recursive: true });
  const module =
    configuration.includes("stream {") && existsSync(STREAM_MODULE) ? `load_module ${STREAM_MODULE};\n` : "";
  const user = process.getuid?.() === 0 ? "user root;\n" : "";
  const inPlace = moved(configuration, { " /tmp/": ` ${folder}/tmp/`, " /etc/tls/": ` ${tls}/` });
  return `${module}${user}${inPlace}`;
}

/** What `nginx -t` says against a configuration; empty when it is sound. */
export function faults(configuration: string, folder: string, tls: string): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "nginx.conf");
  writeFileSync(file, atHome(configuration, folder, tls));
  try {
    execFileSync("nginx", ["-t", "-q", "-e", "stderr", "-p", folder, "-c", file], {
      stdio: ["ignore", openSync(join(folder, "output"), "a"), "pipe"],
    });
    return "";
  } catch (error) {
    return String((error as { readonly stderr?: unknown }).stderr ?? error);
  }
}

/** Starts NGINX with a configuration whose ports are this machine's, and waits until one of them is open. */
export async function startNginx(configuration: string, folder: string, tls: string, port: number): Promise<Nginx> {
  mkdirSync(folder, { recursive: true });
  const [file, output, errors] = ["nginx.conf", "output", "errors"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(file, atHome(configuration, folder, tls));
  // NGINX opens /dev/stdout by its path, which works for files and pipes, but not for the sockets that Node would make.
  const child = spawn("nginx", ["-e", "stderr", "-p", folder, "-c", file, "-g", "daemon off;"], {
    stdio: ["ignore", openSync(output, "a"), openSync(errors, "a")],
  });
  const said = () => readFileSync(errors, "utf8");
  await opened(child, port, said);
  const requests = (): readonly LogLine[] =>
    readFileSync(output, "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  return {
    requests,
    logged: (field, value) => found(() => requests().find((line) => line[field] === value), `${field} ${value}`),
    errors: said,
    stop: (signal = "SIGTERM") => stopped(child, signal),
  };
}

/** Waits for a line. */
async function found(line: () => LogLine | undefined, what: string): Promise<LogLine> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const there = line();
    if (there !== undefined) return there;
    await new Promise((later) => setTimeout(later, 25));
  }
  throw new Error(`${what}: must be logged after 5 s, got no line of it`);
}

/** Waits until a port is open. */
async function opened(child: ChildProcess, port: number, said: () => string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`nginx ended with ${child.exitCode}: ${said()}`);
    if (await answers(port)) return;
    await new Promise((later) => setTimeout(later, 25));
  }
  throw new Error(`port ${port}: must be open after 5 s, got nothing; ${said()}`);
}

const answers = (port: number): Promise<boolean> =>
  new Promise((decide) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      decide(true);
    }).on("error", () => decide(false));
  });

/** Ends a process that this test started. */
const stopped = (child: ChildProcess, signal: NodeJS.Signals): Promise<void> =>
  new Promise((done) => {
    if (child.exitCode !== null) return done();
    child.on("exit", () => done());
    child.kill(signal);
  });
