import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import type { Base } from "./base.ts";
import { balancerNames, balancersConfig } from "./cloud/balancers.ts";
import { certifiedNames, endpointsConfig } from "./cloud/endpoints.ts";
import { cloudFacts } from "./cloud/facts.ts";
import { hostsFile, resolverConfig } from "./cloud/names.ts";
import { networkCommands } from "./cloud/network.ts";
import { inside } from "./namespace.ts";
import type { LabPlan } from "./plan.ts";
import { demand, leave } from "./programs.ts";
import { type LabState, piece, project } from "./state.ts";

/** Seconds until the stand-ins must answer. */
const PATIENCE = 60;

/** Writes all that the party `cloud` is made of. */
export async function writeCloud(plan: LabPlan, state: LabState, base: Base): Promise<void> {
  mkdirSync(state.at("cloud/tmp"), { recursive: true });
  mkdirSync(state.at("packages"), { recursive: true });
  const commands = networkCommands(plan);
  const files: Readonly<Record<string, string>> = {
    network: commands.controller,
    "network-cloud": commands.cloud,
    "resolv.conf": "nameserver 169.254.169.253\n",
    hosts: hostsFile(plan),
    "resolver.conf": resolverConfig(plan, state.at("cloud/hosts")),
    "balancers.conf": balancersConfig(plan, state),
    "endpoints.conf": endpointsConfig(plan, state, base.store),
    "facts.json": JSON.stringify(cloudFacts(plan, state), undefined, 2),
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(state.at("cloud", name), content);
  copyFileSync(`${base.authority}/ca.crt`, state.at("cloud/ca.crt"));
  await certify(state, base, "endpoints", certifiedNames(plan));
  const names = balancerNames(plan);
  if (names.length > 0) await certify(state, base, "balancers", names);
}

/** A certificate of the lab's authority for these names: `cloud/<file>.pem` with its key. */
async function certify(state: LabState, base: Base, file: string, names: readonly string[]): Promise<void> {
  const at = (kind: string) => state.at("cloud", `${file}.${kind}`);
  const alternatives = names.map((name) => `DNS:${name}`).join(",");
  writeFileSync(at("ext"), `subjectAltName=${alternatives}\nextendedKeyUsage=serverAuth\n`);
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", at("key")];
  const request = await demand("openssl", ["req", "-new", ...key, "-subj", "/CN=lab"]);
  const authority = ["-CA", `${base.authority}/ca.crt`, "-CAkey", `${base.authority}/ca.key`];
  const signed = await demand("openssl", ["x509", "-req", ...authority, "-days", "30", "-extfile", at("ext")], request);
  writeFileSync(at("pem"), `${signed}${readFileSync(at("key"), "utf8")}`, { mode: 0o600 });
}

/** Starts what answers in the cloud's network. */
export function startCloud(state: LabState, pid: number): void {
  const start = (log: string, ...command: readonly string[]) =>
    void leave("nsenter", [...inside(pid, "cloud"), ...command], state.at("log", `${log}.log`));
  start("resolver", "dnsmasq", `--conf-file=${state.at("cloud/resolver.conf")}`);
  start("endpoints", "nginx", "-c", state.at("cloud/endpoints.conf"), "-g", "daemon off;");
  start("balancers", "haproxy", "-db", "-f", state.at("cloud/balancers.conf"));
  start("cloud", `${project}/.venv/bin/python`, piece("cloud/server.py"), state.at("cloud/facts.json"));
}

/** Waits until the stand-ins hold all that Terraform would have made. Throws what they said. */
export async function awaitCloud(state: LabState): Promise<void> {
  const end = performance.now() + PATIENCE * 1000;
  const log = () => readFileSync(state.at("log/cloud.log"), "utf8").trim();
  while (!existsSync(state.at("run/cloud"))) {
    if (performance.now() > end || log().includes("Traceback")) {
      throw new Error(`the stand-ins for AWS do not answer:\n${log()}`);
    }
    await setTimeout(50);
  }
}
