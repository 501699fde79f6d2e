import { type Objection, objection, rule } from "../../engine/rule.ts";
import { hostListeners } from "../../model/contract/host-listeners.ts";
import { hostTargets } from "../../model/contract/target-groups.ts";
import type { Estate } from "../../model/estate.ts";
import { isUnknown, known, type Value } from "../../model/value.ts";

/** From the load balancer to the host: one port, and one language. */
export const targetGroupSendsWhereHostsListen = rule({
  id: "ONE-008",
  slug: "target-group-sends-where-hosts-listen",
  severity: "high",
  title: "Hosts of a target group listen on the port that it sends and asks for health, and speak what it speaks",
  why: "Terraform and Ansible are run by different people on different days: where they differ, no target is healthy.",
  fix: "Let port and protocol of the target group and its attachments, and `listen` of NGINX, come from the declared port.",
  appliesTo: hostTargets,
  requirements: ["BRK-3.1"],
  check: ({ group, healthPort, targets }, estate) =>
    targets.flatMap(({ at, host, name, port }) => {
      if (host === undefined || isUnknown(port) || port === undefined)
        return port === undefined || isUnknown(port) ? [objection("port", port, "a port", at)] : [];
      const health = healthPort === "traffic-port" ? port : number(healthPort);
      return [
        ...listensOf(estate, name, port, known(group.protocol)).map((each) => ({ ...each, at })),
        ...(health === port
          ? []
          : listensOf(estate, name, health, known(group.healthProtocol)).map((each) => ({
              ...each,
              attribute: "health_check.port",
              at: group.at,
            }))),
      ];
    }),
});

const number = (port: Value<string>): number => (isUnknown(port) ? Number.NaN : Number(port));

function listensOf(estate: Estate, host: string, port: number, protocol: string | undefined): readonly Objection[] {
  const listeners = hostListeners(estate).get(host);
  // Nothing that listens is shown of it, such as of a host whose files are not among the outputs.
  if (listeners === undefined) return [];
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
