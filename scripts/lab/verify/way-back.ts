import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { TABLE } from "../../../ansible/firewall/text.ts";
import { endpointGroups, endpoints } from "../../../services/platform.ts";
import { inHost, type Lab, onHost } from "../hosts.ts";
import type { LabHost } from "../plan.ts";
import { run } from "../programs.ts";
import { type Check, demandNone } from "./check.ts";
import { killedAt, pairOf } from "./operations.ts";
import { afterRestart, firewall } from "./reboot.ts";

/** Opens nothing but the loopback: neither the controller's way nor any other. */
const SHUT = `table ${TABLE} {}
delete table ${TABLE}
table ${TABLE} {
  chain input { type filter hook input priority filter; policy drop; iifname "lo" accept; }
  chain output { type filter hook output priority filter; policy drop; oifname "lo" accept; }
}
`;
/** Between the ruleset and its confirmation. */
const UNCONFIRMED = "TASK [host_firewall : Reach the host by a new connection]";
const UNIT = "platform-firewall-rollback";
/** Seconds after which nobody waits for the old rules any more; the role gives them 60. */
const PATIENCE = 300;

/** Tries new connections until its input ends; says each time whether one succeeds. Arguments: address, port. */
const WATCH = `while :; do
  timeout 5 bash -c ': <"/dev/tcp/$0/$1"' "$1" "$2" 2>/dev/null && echo open || echo shut
  read -rt 0.3; [ $? -gt 128 ] || exit 0
done`;

/** The controller's way to a host of the cloud: connections that the host itself opens to Session Manager. */
function controllersWay({ plan }: Lab): readonly string[] {
  const [address] = Object.values(plan.estate.network.endpointAddresses[endpointGroups.management[0]]);
  if (address === undefined) throw new Error("Session Manager must have an address");
  return [address, String(endpoints.management.port)];
}

/** Starts to watch the controller's way; the function ends it, and tells what was seen, without repetitions. */
async function watch(lab: Lab, host: LabHost): Promise<() => Promise<readonly string[]>> {
  const args = await inHost(lab, host, ["bash", "-c", WATCH, "-", ...controllersWay(lab)]);
  const child = spawn("nsenter", args, { stdio: ["pipe", "pipe", "inherit"] });
  const output: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => output.push(text));
  const ended = new Promise<void>((resolve, reject) => child.on("error", reject).on("close", () => resolve()));
  return async () => {
    child.stdin.end();
    await ended;
    const seen = output.join("").trim().split("\n");
    return seen.filter((each, index) => each !== seen[index - 1]);
  };
}

/** Waits until the timer and what it starts are done. */
async function rolledBack(lab: Lab, host: LabHost): Promise<readonly string[]> {
  const end = performance.now() + PATIENCE * 1000;
  const ask = ["systemctl", "is-active", "--quiet", `${UNIT}.timer`, `${UNIT}.service`];
  while ((await run("nsenter", await inHost(lab, host, ask))).code === 0) {
    if (performance.now() > end) return [`${host.tag}: must have its old rules after ${PATIENCE} s, still waits`];
    await setTimeout(1000);
  }
  return [];
}

/** Rules that shut out whoever sent them. */
export const wayBack: Check = {
  name: "way-back",
  proves:
    "a host whose new rules shut the controller out, and are not confirmed, has its old rules again by itself, is reachable, and loads the old ones at boot (BRK-3.2)",
  long: true,
  run: async (lab) => {
    const [host] = pairOf(lab).toReversed();
    if (host === undefined) throw new Error("an application must have two hosts");
    const boot = ["sha256sum", "/etc/nftables.conf"];
    const [rules, file] = [await firewall(lab, host), await onHost(lab, host, boot)];
    const shut = lab.state.at("out/shut.conf");
    writeFileSync(shut, SHUT);
    const ends = await watch(lab, host);
    const since = performance.now();
    const [killed] = await Promise.allSettled([
      killedAt(lab, UNCONFIRMED, [
        ...["--limit", host.tag, "-e", `host_firewall_ruleset=${shut}`],
        ...["-e", `host_firewall_sha256=${createHash("sha256").update(SHUT).digest("hex")}`],
      ]),
    ]);
    const waiting = await rolledBack(lab, host);
    const seconds = ((performance.now() - since) / 1000).toFixed(0);
    const seen = await ends();
    if (killed.status === "rejected") throw killed.reason;
    const [now, later] = [await firewall(lab, host), await onHost(lab, host, boot)];
    demandNone([
      ...waiting,
      ...(seen.slice(0, 2).join() === "open,shut" ? [] : [`${host.tag}: must be shut out, was ${seen.join(", ")}`]),
      ...(now.join("\n") === rules.join("\n")
        ? []
        : [`${host.tag}: must have the rules of before, got ${now.join(" ")}`]),
      ...(later === file ? [] : [`${host.tag}: loads other rules at boot than before`]),
    ]);
    const again = await (await watch(lab, host))();
    demandNone([
      ...(again.at(-1) === "open" ? [] : [`${host.tag}: must be reachable again, is ${again.join(", ")}`]),
      ...(await afterRestart(lab, [host])),
    ]);
    return `${host.tag} shut out and back, after ${seconds} s with the run that did it`;
  },
};
