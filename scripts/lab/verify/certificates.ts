import { inHost, type Lab, onHost } from "../hosts.ts";
import type { LabHost } from "../plan.ts";
import { run } from "../programs.ts";
import { type Check, demandNone } from "./check.ts";

/** Judges every certificate of a host by OpenSSL, and looks for keys where none may be. Prints what does not hold, then a count. */
const JUDGE = `
import glob, json, os, pathlib, pwd, stat, subprocess
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
for name in ("ca.key", "ca-key.pem"):
    for found in glob.glob("/etc/**/" + name, recursive=True) + glob.glob("/opt/**/" + name, recursive=True): print(found, "is there")
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

async function judged(lab: Lab, host: LabHost) {
  const told = await onHost(lab, host, ["python3", "-B", "-c", JUDGE]);
  const lines = told.trim().split("\n");
  return { count: Number(lines.at(-1)), findings: lines.slice(0, -1).map((line) => `${host.tag}: ${line}`) };
}

/** Certificates as they lie on hosts, judged by another program than the one that made them. */
export const certificates: Check = {
  name: "certificates",
  proves:
    "keys match, authorities signed, a third of each life is left, no authority's key is anywhere (BRK-SEC.4, BRK-SEC.27)",
  run: async (lab) => {
    const found = await Promise.all(lab.plan.hosts.map((host) => judged(lab, host)));
    demandNone(found.flatMap(({ findings }) => findings));
    return `${found.reduce((sum, { count }) => sum + count, 0)} certificates of ${found.length} hosts`;
  },
};

/** Renewal under running programs. */
export const renewal: Check = {
  name: "renewal",
  proves: "a renewed certificate is taken by every program of its host, and none fails over it",
  run: async (lab) => {
    const findings = await Promise.all(
      lab.plan.hosts.map(async (host) => {
        const failed = async () => {
          const list = ["systemctl", "list-units", "--failed", "--plain", "--no-legend"];
          return (await run("nsenter", await inHost(lab, host, list))).stdout;
        };
        const before = await failed();
        const { code, stderr } = await run("nsenter", await inHost(lab, host, ["python3", "-B", "-c", RENEW]));
        const after = await failed();
        return [
          ...(code === 0 ? [] : [`${host.tag}: renewal ended with exit code ${code}: ${stderr.trim()}`]),
          ...(after === before ? [] : [`${host.tag}: failed units after the renewal: ${after.trim()}`]),
        ];
      }),
    );
    demandNone(findings.flat());
    return `${lab.plan.hosts.length} hosts renewed theirs`;
  },
};
