import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { requireProgram } from "../../../support/program.ts";
import { type Cloud, type Ended, startCloud } from "../../support/cloud.ts";

/** Copies are compressed by it. */
export const hasZstd = requireProgram("zstd", "apt-get install zstd");

/** A task as tests say it; what is left out is a daily backup named `copy`. */
export interface Given {
  readonly name?: string;
  readonly kind?: "backup" | "job";
  readonly does: Readonly<Record<string, unknown>>;
  readonly [more: string]: unknown;
}

/** Which task, at which moment (ISO 8601; now where it is empty), and which command of the program. */
interface RunOptions {
  readonly name?: string;
  readonly at?: string;
  readonly what?: string;
  /** Whether its unit starts it, and not somebody by hand. */
  readonly unit?: boolean;
  /** Python that comes before it: what its surroundings do to it. */
  readonly first?: string;
}

/** A host with tasks, new for each test, and a bucket in a cloud that they share. */
export interface TaskHost {
  readonly cloud: () => Cloud;
  /** Folder of the host. */
  readonly host: () => string;
  /** Where its copies go in the bucket. */
  readonly prefix: () => string;
  readonly at: () => { readonly bucket: string; readonly prefix: string };
  /** Puts a program of another package there, as a few lines of shell. */
  readonly program: (name: string, text: string) => void;
  /** Runs a task as its timer would. */
  readonly run: (given: Given | readonly Given[], options?: RunOptions) => Promise<Ended>;
  /** Keys of its copies. */
  readonly vault: () => Promise<readonly string[]>;
  /** What a task says to Prometheus. */
  readonly metrics: (name?: string) => string;
}

const task = ({ name = "copy", kind = "backup", ...more }: Given) => ({
  name,
  kind,
  schedule: { every: "day", at: "02:00", zone: "UTC" },
  after: {},
  ...more,
});

const settingsOf = (host: string, given: Given | readonly Given[]) => ({
  region: "eu-central-1",
  host: "main-a",
  domain: "main-a.broker.internal",
  state: join(host, "state"),
  metrics: join(host, "metrics"),
  secrets: join(host, "secrets"),
  timers: [given].flat().map(({ name = "copy" }) => name),
  tasks: [given].flat().map(task),
});

/** Python that stops the program's clock at a moment. */
const clockAt = (moment: string) => `
import time
class Clock(datetime.datetime):
    @classmethod
    def now(cls, zone=None): return cls.fromisoformat("${moment}")
program.datetime = type("module", (), {"datetime": Clock, "timezone": datetime.timezone})
program.time = type("module", (), {"time": staticmethod(lambda: Clock.now().timestamp())})`;

/** Makes one for each test of a file. */
export function taskHost(): TaskHost {
  let started: Cloud | undefined;
  let folder = "";
  const cloud = () => {
    if (started === undefined) throw new Error("the cloud has not started");
    return started;
  };
  beforeAll(async () => {
    started = await startCloud();
  });
  afterAll(() => started?.stop());
  beforeEach(() => {
    folder = mkdtempSync(join(cloud().folder, "host-"));
    for (const each of ["bin", "metrics", "secrets"]) mkdirSync(join(folder, each));
  });
  const prefix = () => `${folder.slice(-6)}/`;
  return {
    cloud,
    host: () => folder,
    prefix,
    at: () => ({ bucket: "vault", prefix: prefix() }),
    program: (name, text) => {
      const path = join(folder, "bin", name);
      writeFileSync(path, `#!/bin/sh\n${text}\n`);
      chmodSync(path, 0o755);
    },
    run: (given, { name = "copy", at = "", what = "run", unit = false, first = "" } = {}) => {
      writeFileSync(join(folder, "tasks.json"), JSON.stringify(settingsOf(folder, given)));
      const path = `${join(folder, "bin")}:${process.env["PATH"]}`;
      return cloud().python(
        `
import datetime, sys
from tasks import program, stream${at === "" ? "" : clockAt(at)}
${first}
stream.PATH = "${path}"
sys.exit(program.main(["--configuration", *sys.argv[1:]]))`,
        [join(folder, "tasks.json"), what, name],
        {
          environment: {
            PATH: path,
            ...(unit ? { PLATFORM_TASK_START: "schedule" } : {}),
          },
        },
      );
    },
    vault: () => cloud().keys("vault", prefix()),
    metrics: (name = "copy") => readFileSync(join(folder, "metrics", `platform-task-${name}.prom`), "utf8"),
  };
}
