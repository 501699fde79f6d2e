import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pythonProgram } from "../../../scripts/setup/run.ts";

const root = join(import.meta.dirname, "../../..");
/** Where programs of roles lie, as on a host below one folder. */
const libraries = ["private_ca_client", "backup_agent"].map((role) => join(root, "ansible/roles", role, "files"));

/** How a program ended, and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** S3, Parameter Store and the private authorities, as programs of hosts meet them. */
export interface Cloud {
  /** Folder of its own, gone afterwards; the authorities' certificates lie in it. */
  readonly folder: string;
  authority(name: "internal" | "broker"): string;
  put(bucket: string, key: string, body: Uint8Array): Promise<void>;
  get(bucket: string, key: string): Promise<Buffer>;
  keys(bucket: string, prefix?: string): Promise<readonly string[]>;
  /** Calls an authority as `issuer` would, or a host that may not. */
  authorities(action: string, body: Readonly<Record<string, unknown>>): Promise<Record<string, string>>;
  readonly arn: string;
  /** Where programs find it, and as who. */
  readonly environment: Readonly<Record<string, string>>;
  /** Runs a Python program with the roles' libraries; its arguments follow. */
  python(program: string, args: readonly string[], more?: RunOptions): Promise<Ended>;
  stop(): void;
}

/** What a program gets besides its arguments. */
export interface RunOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Text on standard input. */
  readonly input?: string;
}

interface Endpoints {
  readonly aws: string;
  readonly authorities: string;
  readonly arn: string;
}

/** Who is not signed in may read nothing; nobody checks the signature. */
const SIGNED =
  "AWS4-HMAC-SHA256 Credential=test/20260101/eu-central-1/s3/aws4_request, SignedHeaders=host, Signature=0";

/** Asks a stand-in, and says what it refused. */
async function asked(url: string, request: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, { ...request, headers: { authorization: SIGNED, ...request.headers } });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return response;
}

/** A Python program beside this file that answers line by line. */
function startPython(file: string, ...args: readonly string[]) {
  const child = spawn(pythonProgram(root, "python"), ["-B", join(import.meta.dirname, file), ...args], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    child,
    /** The next line; throws when the program has ended. */
    line: async (): Promise<string> => {
      const { done, value } = await lines.next();
      if (done === true) throw new Error(`${file}: ended with exit code ${child.exitCode}`);
      return value;
    },
  };
}

/** Starts all of it on loopback. */
export async function startCloud(): Promise<Cloud> {
  const folder = mkdtempSync(join(tmpdir(), "cloud-"));
  const stand = startPython("cloud.py", folder);
  const programs = startPython("programs.py", libraries.join(":"));
  const { aws, authorities, arn } = JSON.parse(await stand.line()) as Endpoints;
  await programs.line();
  const own = {
    AWS_ENDPOINT_URL: aws,
    AWS_ENDPOINT_URL_ACM_PCA: authorities,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  };
  return {
    folder,
    arn,
    environment: own,
    authority: (name) => readFileSync(join(folder, `${name}.crt`), "utf8"),
    put: async (bucket, key, body) => {
      await asked(`${aws}/${bucket}/${key}`, { method: "PUT", body: Buffer.from(body) });
    },
    get: async (bucket, key) => Buffer.from(await (await asked(`${aws}/${bucket}/${key}`)).arrayBuffer()),
    keys: async (bucket, prefix = "") => {
      const listing = await (await asked(`${aws}/${bucket}?list-type=2&prefix=${encodeURIComponent(prefix)}`)).text();
      return [...listing.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = ""]) => key);
    },
    authorities: async (action, body) => {
      const headers = { "x-amz-target": `ACMPrivateCA.${action}` };
      const response = await asked(authorities, { method: "POST", headers, body: JSON.stringify(body) });
      return (await response.json()) as Record<string, string>;
    },
    python: async (program, args, { environment = {}, input = "" } = {}) => {
      const given = { PATH: process.env["PATH"], ...own, ...environment };
      programs.child.stdin.write(`${JSON.stringify({ program, args, input, environment: given })}\n`);
      return JSON.parse(await programs.line()) as Ended;
    },
    stop: () => {
      stand.child.stdin.end();
      programs.child.stdin.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
