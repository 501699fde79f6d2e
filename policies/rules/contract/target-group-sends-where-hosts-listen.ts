import { demand, type Objection, objection, rule } from "../../engine/rule.ts";
import { type HostListener, hostListeners } from "../../model/contract/host-listeners.ts";
import { hostTargets } from "../../model/contract/target-groups.ts";
import { preservesClients, type TargetGroup } from "../../model/load-balancers.ts";
import { isUnknown, known, type Value } from "../../model/value.ts";

/** From the load balancer to the host: one port, and one language. */
export const targetGroupSendsWhereHostsListen = rule({
  id: "ONE-008",
  slug: "target-group-sends-where-hosts-listen",
  severity: "high",
  title: "Hosts of a target group listen on the port that it sends and asks for health, and speak what it speaks",
  why: "Terraform and Ansible are run by different people on different days: where they differ, no target is healthy.",
  fix: "Let port and protocol of the target group and its attachments, and `listen` of NGINX, come from the declared port; send the PROXY protocol where hosts await it, and addresses of clients in no other way.",
  appliesTo: hostTargets,
  requirements: ["BRK-3.1"],
  check: ({ group, healthPort, targets }, estate) => {
    const expected = "false: hosts admit the load balancer's addresses";
    const preserved =
      estate.declaration === undefined
        ? []
        : demand("preserve_client_ip", preservesClients(group), expected, (preserves) => !preserves);
    const asked = targets.flatMap(({ at, host, name, port }) => {
      if (host === undefined || isUnknown(port) || port === undefined)
        return port === undefined || isUnknown(port) ? [objection("port", port, "a port", at)] : [];
      const listens = hostListeners(estate).get(name);
      // Nothing that listens is shown of it, such as of a host whose files are not among the outputs.
      if (listens === undefined) return [];
      const health = healthPort === "traffic-port" ? port : number(healthPort);
      return [
        ...spokenAt(name, listens, port, known(group.protocol)).map((each) => ({ ...each, at })),
        ...(health === port
          ? []
          : spokenAt(name, listens, health, known(group.healthProtocol)).map((each) => ({
              ...each,
              attribute: "health_check.port",
              at: group.at,
            }))),
        ...openedWith(group, name, listens, port),
      ];
    });
    return [...preserved, ...asked];
  },
});

const number = (port: Value<string>): number => (isUnknown(port) ? Number.NaN : Number(port));

function spokenAt(
  host: string,
  listeners: readonly HostListener[],
  port: number,
  protocol: string | undefined,
): readonly Objection[] {
  const own = listeners.find((each) => each.port === port);
  const shown = listeners.map((each) => each.port).join(", ");
  if (own === undefined) return [objection("port", port, `one of ${shown}, on which ${host} listens`)];
  const asks = protocol === "HTTPS" || protocol === "TLS";
  const differs = own.encrypted !== undefined && protocol !== "TCP" && asks !== own.encrypted;
  return differs
    ? [
        objection(
          "port",
          `${String(protocol)} to ${port}`,
          `${own.encrypted ? "HTTPS" : "HTTP"}, which ${host} speaks there`,
        ),
      ]
    : [];
}

/** Whoever awaits a line with the client's address takes nothing else, and nobody else takes the line. */
function openedWith(
  { resource }: TargetGroup,
  host: string,
  listeners: readonly HostListener[],
  port: number,
): readonly Objection[] {
  const proxied = listeners.find((each) => each.port === port)?.proxied;
  if (proxied === undefined) return [];
  const expected = `${proxied}: ${host} ${proxied ? "awaits the PROXY protocol" : "awaits no PROXY protocol"} at ${port}`;
  return demand(
    "proxy_protocol_v2",
    resource.block.flag("proxy_protocol_v2") ?? false,
    expected,
    (it) => it === proxied,
  );
}
