import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule/index.js";
import type { Construct } from "constructs";
import type { TargetGroup } from "./target-group.ts";

/** Which requests go where: all stated conditions must match; at most five values in all (a limit of AWS). */
export interface Route {
  /** Stable: it is part of the resource's address. */
  readonly id: string;
  /** 1..50000, lowest first, unique on the load balancer. */
  readonly priority: number;
  /** Exact host names, or `*.example.org`. */
  readonly hosts: readonly string[];
  /** `/path` or `/path/*`; default every path. */
  readonly paths?: readonly string[];
  /** Ranges the client must come from; default any the security group lets in. */
  readonly sourceRanges?: readonly string[];
  /** "not-found" answers 404 at the load balancer: for paths that are never public, such as metrics. */
  readonly to: TargetGroup | "not-found";
}

/** Makes one listener rule per route; throws on colliding priorities, a missing host, too many values. */
export function addRoutes(scope: Construct, listenerArn: string, routes: readonly Route[]): void {
  const taken = new Map<number, string>();
  for (const route of routes) {
    const { id, priority, hosts, paths = [], sourceRanges = [], to } = route;
    const other = taken.get(priority);
    if (other !== undefined) {
      throw new Error(`${scope.node.path}: routes ${other} and ${id} must differ in priority, got ${priority}`);
    }
    taken.set(priority, id);
    if (hosts.length === 0 || hosts.includes("*")) {
      throw new Error(`${scope.node.path}: route ${id} must name its hosts, got "${hosts.join(", ")}"`);
    }
    const values = hosts.length + paths.length + sourceRanges.length;
    if (values > 5) {
      throw new Error(`${scope.node.path}: route ${id} must have at most 5 condition values, got ${values}`);
    }
    new LbListenerRule(scope, id, {
      listenerArn,
      priority,
      condition: [
        { hostHeader: { values: [...hosts] } },
        ...(paths.length > 0 ? [{ pathPattern: { values: [...paths] } }] : []),
        ...(sourceRanges.length > 0 ? [{ sourceIp: { values: [...sourceRanges] } }] : []),
      ],
      action: [
        to === "not-found"
          ? {
              type: "fixed-response",
              fixedResponse: { contentType: "text/plain", messageBody: "not found", statusCode: "404" },
            }
          : { type: "forward", targetGroupArn: to.arn },
      ],
    });
  }
}
