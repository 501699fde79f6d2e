import { readdirSync, readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { hostGroups } from "../../../services/resolve.ts";
import { listeners } from "../../../services/schema/component.ts";
import type { Listener } from "../../../services/schema/listener.ts";
import { inHost, type Lab, onHost } from "../hosts.ts";
import type { LabHost } from "../plan.ts";
import { run } from "../programs.ts";
import { piece } from "../state.ts";
import { type Check, CheckFailed, demandNone } from "./check.ts";

/** Seconds that programs may take until they show a new certificate. */
const PATIENCE = 60;

/** Where keys are looked for. */
const FOLDERS = ["/etc", "/home", "/opt", "/root", "/srv", "/usr/local", "/var"];

/** Judges every certificate of a host by OpenSSL, and looks for keys where people's certificates lie. Prints what does not hold, then a count. */
const JUDGE = `
import json, os, pathlib, pwd, stat, subprocess
settings = json.load(open("/etc/platform/certificates.json"))
def ok(*command): return subprocess.run(command, capture_output=True).returncode == 0
def out(*command): return subprocess.run(command, capture_output=True, text=True).stdout
for each in settings["certificates"]:
    certificate, key, authority = each["certificate"], each["key"], each["authority"]
    if not ok("openssl", "verify", "-CAfile", authority, certificate): print(certificate, "is not its authority's")
    if out("openssl", "pkey", "-in", key, "-pubout") != out("openssl", "x509", "-in", certificate, "-noout", "-pubkey"):
        print(certificate, "is for another key than", key)
    third = each["days"] * 86400 // 3
    if not ok("openssl", "x509", "-in", certificate, "-noout", "-checkend", str(third)): print(certificate, "ends within a third of its life")
    found = os.stat(key)
    had = oct(stat.S_IMODE(found.st_mode)), pwd.getpwuid(found.st_uid).pw_name
    wanted = ("0o600", each["owner"]) if "owner" in each else ("0o640", "root")
    if had != wanted: print(key, "has mode and owner", *had)
register = settings.get("register")
for path in pathlib.Path(register).rglob("*") if register else []:
    if path.is_file() and b"PRIVATE KEY-----" in path.read_bytes(): print(path, "holds a private key")
print(len(settings["certificates"]))
`;

/** Has a host believe that four days went by, so that its seven-day certificate is renewed and programs are told. */
const RENEW = `
import datetime, sys
sys.path.insert(0, "/usr/local/lib/platform")
from certificates import judge, program
real = judge.now
judge.now = lambda: real() + datetime.timedelta(days=4)
sys.exit(program.main([]))
`;

async function judged(lab: Lab, host: LabHost, keys: Keys) {
  const told = await onHost(lab, host, ["python3", "-B", "-c", JUDGE]);
  const lines = told.trim().split("\n");
  const own = await onHost(lab, host, ["python3", "-B", "-c", keys.program], keys.asked);
  const findings = [...lines.slice(0, -1), ...own.split("\n").filter((line) => line !== "")];
  return { count: Number(lines.at(-1)), findings: findings.map((line) => `${host.tag}: ${line}`) };
}

/** What looks for keys of authorities, and what it reads: where to look, and the certificates of those whose keys may be nowhere. */
interface Keys {
  readonly program: string;
  readonly asked: string;
}

function keysOf({ state }: Lab): Keys {
  const folder = state.at("cloud/authorities");
  const certificates = Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.endsWith(".crt"))
      .map((name) => [name.replace(/\.crt$/, ""), readFileSync(`${folder}/${name}`, "utf8")]),
  );
  if (Object.keys(certificates).length === 0)
    throw new CheckFailed([`${folder}: must hold certificates of authorities`]);
  const program = readFileSync(piece("verify/keys.py"), "utf8");
  return { program, asked: JSON.stringify({ folders: FOLDERS, certificates }) };
}

/** Certificates as they lie on hosts, judged by another program than the one that made them. */
export const certificates: Check = {
  name: "certificates",
  proves:
    "keys match, authorities signed, a third of each life is left, no authority's key is anywhere (BRK-SEC.4, BRK-SEC.27)",
  run: async (lab) => {
    const keys = keysOf(lab);
    const found = await Promise.all(lab.plan.hosts.map((host) => judged(lab, host, keys)));
    demandNone(found.flatMap(({ findings }) => findings));
    return `${found.reduce((sum, { count }) => sum + count, 0)} certificates of ${found.length} hosts`;
  },
};

/** What goes before TLS on a connection to a listener. */
type Opening = "tls" | "proxy" | "postgres" | "mysql";

/** Serial numbers on a host, as `serials.py` prints them. */
export interface Serials {
  readonly files: readonly { readonly path: string; readonly serial: string; readonly renews: boolean }[];
  readonly listeners: Readonly<Record<string, string>>;
}

/** Every declared listener with TLS of a host, and MariaDB's on its loopback: port, address, and how to begin. */
export function shownBy({ plan }: Pick<Lab, "plan">, host: LabHost): readonly (readonly [number, string, Opening])[] {
  const { service } = plan.resolved;
  const group = hostGroups(service).find(({ name }) => name === host.group);
  const balanced = service.entrypoints.filter(({ kind }) => kind === "pass-through").map(({ to }) => to);
  const opening = (listener: Listener): Opening => {
    if (balanced.includes(listener)) return "proxy";
    return group?.kind === "patroni" && listener.name === "sql" ? "postgres" : "tls";
  };
  const local = service.stores.flatMap((store) =>
    store.kind === "local-mysql" && store.on === group ? [store.listens.mysql.port] : [],
  );
  return [
    ...(group === undefined ? [] : listeners(group))
      .filter(({ protocol, transport }) => protocol === "tcp" && ["tls", "mtls", "starttls"].includes(transport))
      .map((listener) => [listener.port, host.address, opening(listener)] as const),
    ...local.map((port) => [port, "127.0.0.1", "mysql"] as const),
  ];
}

async function serials(lab: Lab, host: LabHost): Promise<Serials> {
  const program = readFileSync(piece("verify/serials.py"), "utf8");
  const listening = JSON.stringify(shownBy(lab, host));
  return JSON.parse(await onHost(lab, host, ["python3", "-B", "-c", program, listening])) as Serials;
}

/** What a renewal left as it was: files, and listeners that show none of the certificates that lie there now. */
export function stale(before: Serials, after: Serials): readonly string[] {
  const old = before.files.filter(({ renews }) => renews).map(({ serial }) => serial);
  const lying = after.files.map(({ serial }) => serial);
  return [
    ...(old.length === 0 ? ["no certificate is renewed by the host"] : []),
    ...after.files
      .filter(({ renews, serial }) => renews && old.includes(serial))
      .map(({ path, serial }) => `${path}: must be another after the renewal, is ${serial} still`),
    ...Object.entries(after.listeners)
      .filter(([, serial]) => !lying.includes(serial))
      .map(([port, serial]) => `port ${port}: must show one of ${lying.join(", ")}, got ${serial}`),
  ];
}

/** Units that failed on a host. */
async function failed(lab: Lab, host: LabHost): Promise<string> {
  const list = ["systemctl", "list-units", "--failed", "--plain", "--no-legend"];
  return (await run("nsenter", await inHost(lab, host, list))).stdout.trim();
}

/** Renews what a host renews, and waits until its programs show it; what does not hold, and how many listeners were asked. */
async function renewed(lab: Lab, host: LabHost) {
  const [units, before] = [await failed(lab, host), await serials(lab, host)];
  const { code, stderr } = await run("nsenter", await inHost(lab, host, ["python3", "-B", "-c", RENEW]));
  const end = performance.now() + PATIENCE * 1000;
  let left = stale(before, await serials(lab, host));
  // A reload has been asked for when a program is told, and done when it shows the new certificate.
  while (left.length > 0 && performance.now() < end) {
    await setTimeout(500);
    left = stale(before, await serials(lab, host));
  }
  const after = await failed(lab, host);
  const findings = [
    ...(code === 0 ? [] : [`renewal ended with exit code ${code}: ${stderr.trim()}`]),
    ...(after === units ? [] : [`failed units after the renewal: ${after}`]),
    ...left,
  ];
  return { findings: findings.map((each) => `${host.tag}: ${each}`), asked: Object.keys(before.listeners).length };
}

/** Renewal under running programs. */
export const renewal: Check = {
  name: "renewal",
  proves:
    "every certificate that a host renews is another, each listener with TLS shows it, and no program fails over it",
  run: async (lab) => {
    const found = await Promise.all(lab.plan.hosts.map((host) => renewed(lab, host)));
    demandNone(found.flatMap(({ findings }) => findings));
    return `${found.length} hosts renewed theirs, ${found.reduce((sum, { asked }) => sum + asked, 0)} listeners asked`;
  },
};
