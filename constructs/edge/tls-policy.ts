/** Lowest TLS version a listener speaks. */
export type MinimumTls = "1.2" | "1.3";

/**
 * Security policy per minimum version, after the ELB guide as read 2026-11-21: forward secrecy and authenticated
 * ciphers only ("Res" leaves out CBC), hybrid post-quantum key exchange for clients that know it.
 * Towards the targets a load balancer of such a policy speaks TLS 1.0-1.3 as the target likes: the target decides.
 */
const policies = {
  "1.2": "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
  "1.3": "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
} as const satisfies Record<MinimumTls, string>;

/** Name of the ELB security policy that refuses everything below `minimum`. */
export const tlsPolicy = (minimum: MinimumTls) => policies[minimum];
