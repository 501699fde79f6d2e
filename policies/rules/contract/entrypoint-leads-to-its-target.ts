import { demand, objection, rule } from "../../engine/rule.ts";
import { askedEntrypoints } from "../../model/contract/health.ts";
import { known } from "../../model/value.ts";

/** The load balancer sends to the declared port, and asks the declared question. */
export const entrypointLeadsToItsTarget = rule({
  id: "ONE-009",
  slug: "entrypoint-leads-to-its-target",
  severity: "high",
  title:
    "The load balancer of each declared entrypoint sends to the declared port, and asks for health where it is declared",
  why: "A health check of another page finds pods healthy that answer nobody, or none healthy at all; the runbook asks the declared one.",
  fix: "Make the target group of the entrypoint from its declaration: its port, and its health path on the traffic port.",
  appliesTo: askedEntrypoints,
  requirements: ["NOD-4.11", "BRK-3.1"],
  needsDeclaration: true,
  check: ({ declared, groups }) => {
    if (groups.length === 0)
      return [objection(`entrypoint ${declared.name}`, "no target group", `one behind ${declared.loadBalancer}`)];
    return groups.flatMap(({ at, port, healthProtocol, resource }) => {
      const check = resource.block.block("health_check");
      const asks = known(healthProtocol);
      return [
        ...demand("port", port ?? 0, `${declared.port}, as declared`, (each) => each === declared.port),
        ...demand(
          "health_check.port",
          check?.text("port") ?? "traffic-port",
          "traffic-port",
          (each) => each === "traffic-port" || each === String(declared.port),
        ),
        ...(asks === "TCP"
          ? []
          : demand(
              "health_check.path",
              check?.text("path") ?? "/",
              declared.health,
              (each) => each === declared.health,
            )),
        ...demand("health_check.enabled", check?.flag("enabled") ?? true, "true", (each) => each),
      ].map((each) => ({ ...each, at }));
    });
  },
});
