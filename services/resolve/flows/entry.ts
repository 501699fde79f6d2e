import type { Audience, Entrypoint } from "../../schema/entrypoint.ts";
import type { Service } from "../../schema/service.ts";
import { link, type ResolvedFlow } from "./flow.ts";

/** Outsiders as parties. */
const audienceParty = (audience: Audience): string => `outside/${audience}`;

/** From outside to a load balancer, and from there to its target. */
export function entryFlows(service: Service, entrypoint: Entrypoint): readonly ResolvedFlow[] {
  const audience = audienceParty(entrypoint.audience);
  const behind = link(service, entrypoint.name, entrypoint.to, "requests and health checks", "service");
  if (entrypoint.kind === "pass-through") {
    return [link(service, audience, { ...entrypoint.to, owner: entrypoint.name }, entrypoint.why, "service"), behind];
  }
  const https = { owner: entrypoint.name, port: 443, protocol: "tcp", transport: "tls" } as const;
  if (entrypoint.via === "cloudfront") {
    // The distribution redirects port 80 itself; the load balancer is reachable by its VPC origin alone.
    return [link(service, "outside/cloudfront", https, `${entrypoint.why}, by CloudFront`, "service"), behind];
  }
  return [
    link(service, audience, https, entrypoint.why, "service"),
    link(service, audience, { ...https, port: 80, transport: "redirect" }, "redirect to HTTPS", "service"),
    behind,
  ];
}
