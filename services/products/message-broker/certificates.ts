import type { Certificate } from "../../schema/component.ts";

/**
 * A certificate of the broker's own authority, for both ends of mutual TLS. The key is made on the host and never
 * leaves it (BRK-5.1, BRK-16.2, BRK-SEC.27), no authority's key is on any host (BRK-SEC.4), and revoked peers are refused (BRK-SEC.8).
 */
export const brokerCertificate = (directory: string, name: string): Certificate => ({
  authority: "broker",
  directory,
  names: { certificate: `${name}.crt`, key: `${name}.key`, authority: "ca.crt", revoked: "ca.crl" },
});

/** For exporters and the portal's NGINX: short-lived, and it opens neither 8000 nor 8001 (BRK-26.5). */
export const internalCertificate: Certificate = {
  authority: "internal",
  directory: "/etc/message-broker/tls",
  names: { certificate: "tls.crt", key: "tls.key", authority: "ca.crt" },
};
