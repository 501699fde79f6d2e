import ipaddr from "ipaddr.js";
import { hostGroups } from "../../../services/resolve.ts";
import { listeners } from "../../../services/schema/component.ts";
import type { Listener } from "../../../services/schema/listener.ts";
import type { Service } from "../../../services/schema/service.ts";
import { type Lab, onHost } from "../hosts.ts";
import type { LabHost } from "../plan.ts";
import { type Check, demandNone } from "./check.ts";

/** Something that takes connections or datagrams, as `ss` says. */
interface Socket {
  readonly protocol: string;
  /** Without brackets and interface; `*` is every address. */
  readonly address: string;
  readonly port: number;
  /** Names of programs, or what `ss` says in their place. */
  readonly program: string;
}

/** Ports that the catalogue gives a group of hosts, those of stores on them included. */
export function declaredOn(service: Service, group: string): readonly Listener[] {
  const own = hostGroups(service).find(({ name }) => name === group);
  if (own === undefined) throw new Error(`${service.name}/${group}: must be hosts`);
  const beside = service.stores.flatMap((store) =>
    (store.kind === "local-redis" || store.kind === "local-mysql") && store.on === own ? listeners(store) : [],
  );
  return [...listeners(own), ...beside];
}

/** Lines of `ss -Hlntup`: protocol, state, two queues, address and port, peer, programs. */
export const socketsIn = (text: string): readonly Socket[] =>
  text
    .trim()
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [protocol = "", , , , local = "", , program = ""] = line.trim().split(/\s+/);
      const colon = local.lastIndexOf(":");
      const address = local
        .slice(0, colon)
        .replace(/%.*$/, "")
        .replace(/^\[|\]$/g, "");
      return { protocol, address, port: Number(local.slice(colon + 1)), program };
    });

const isLoopback = (address: string): boolean =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === "loopback";

/** Sockets that others can reach, and nothing declares; what is declared for the host alone is no reason. */
export function strays(sockets: readonly Socket[], declared: readonly Listener[]): readonly string[] {
  const open = declared.filter(({ transport }) => transport !== "loopback");
  return sockets
    .filter(({ address }) => !isLoopback(address))
    .filter(({ protocol, port }) => !open.some((each) => each.protocol === protocol && each.port === port))
    .map(({ protocol, address, port, program }) => `${address}:${port}/${protocol} ${program}: nothing declares it`);
}

/** Sockets of every kind that systemd holds for SSH, paths and hypervisor's included. */
export const remoteShells = (text: string): readonly string[] =>
  text
    .split("\n")
    .filter((line) => /\bsshd?\b/.test(line))
    .map((line) => `${line.trim().replace(/\s+/g, " ")}: SSH must listen nowhere (NOD-5.1)`);

async function look(lab: Lab, host: LabHost) {
  const [inet, held] = await Promise.all([
    onHost(lab, host, ["ss", "-Hlntup"]),
    onHost(lab, host, ["systemctl", "list-sockets", "--plain", "--no-legend"]),
  ]);
  const sockets = socketsIn(inet);
  const findings = [...strays(sockets, declaredOn(lab.plan.resolved.service, host.group)), ...remoteShells(held)];
  return { count: sockets.length, findings: findings.map((line) => `${host.tag}: ${line}`) };
}

/** What is there at a second look too: who asks a name has a socket for the moment before it is connected. */
async function lasting(lab: Lab, host: LabHost) {
  const { count, findings } = await look(lab, host);
  if (findings.length === 0) return { count, findings };
  const again = await look(lab, host);
  return { count, findings: findings.filter((line) => again.findings.includes(line)) };
}

/** What hosts would answer to if no firewall stood before them. */
export const sockets: Check = {
  name: "sockets",
  proves: "beyond loopback programs listen on declared ports alone, and SSH nowhere (NOD-5.1, BRK-3.2, BRK-3.5)",
  run: async (lab) => {
    const all = await Promise.all(lab.plan.hosts.map((host) => lasting(lab, host)));
    demandNone(all.flatMap(({ findings }) => findings));
    return `${all.reduce((sum, { count }) => sum + count, 0)} sockets of ${all.length} hosts`;
  },
};
