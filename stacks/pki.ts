import { type App, Fn } from "cdktf";
import { CertificateProfile } from "../constructs/pki/certificate-profile.ts";
import { CrlBucket } from "../constructs/pki/crl-bucket.ts";
import { PrivateCa } from "../constructs/pki/private-ca.ts";
import { Parameter } from "../constructs/secrets/parameter.ts";
import { brokerProfiles, REVOCATION_LIST_DAYS } from "../services/certificates.ts";
import { certificateProfileName, crlBucketName, type PkiFact, pkiParameterName } from "../services/names.ts";
import type { Estate } from "../services/resolve.ts";
import { inDays } from "../services/schema/units.ts";
import type { auditStack } from "./audit.ts";
import { exported, imported } from "./outputs.ts";
import { deletable, newStack, type StackIdentity } from "./stack.ts";

/**
 * The private authorities, whose keys never leave AWS (BRK-SEC.4). `internal`: short-lived certificates that hosts and
 * pods renew themselves. `broker`: certificates for months, revocable, issued by people through procedures alone.
 */
export function pkiStack(app: App, { environment }: Estate, inputs: { readonly audit: ReturnType<typeof auditStack> }) {
  const identity: StackIdentity = { environment, name: "pki", owner: "platform", data: "confidential" };
  const stack = newStack(app, identity);
  const audit = imported(stack, inputs.audit);
  const organization = environment.domain.public;
  const internal = new PrivateCa(stack, "internal", {
    commonName: `Internal authority ${environment.name}`,
    organization,
    revocation: { kind: "short-lived" },
    ...deletable(environment),
  });
  const bucket = new CrlBucket(stack, "broker-crl", {
    bucketName: crlBucketName(environment),
    accountId: environment.account,
    accessLogBucketName: audit.accessLogBucket,
    ...deletable(environment),
  });
  const broker = new PrivateCa(stack, "broker", {
    commonName: `Message broker authority ${environment.name}`,
    organization,
    revocation: { kind: "crl", bucket, validityDays: REVOCATION_LIST_DAYS },
    ...deletable(environment),
  });
  for (const [kind, { why, purpose, validity }] of Object.entries(brokerProfiles)) {
    new CertificateProfile(stack, `broker-${kind}`, {
      name: certificateProfileName(environment, `broker-${kind}`),
      description: why,
      accountId: environment.account,
      authorityArn: broker.arn,
      purpose,
      validityDays: inDays(validity),
    });
  }
  // What hosts must know of the authorities, and only apply can say.
  const facts: Readonly<Record<PkiFact, readonly [value: string, description: string]>> = {
    "internal-authority": [internal.arn, "ARN of the internal authority"],
    "broker-authority": [broker.arn, "ARN of the authority of the message broker"],
    "broker-crl": [crlKey(broker.arn), "Key of the revocation list of the message broker in its bucket"],
  };
  for (const [fact, [value, description]] of Object.entries(facts)) {
    new Parameter(stack, `${fact}-parameter`, {
      name: pkiParameterName(environment, fact as PkiFact),
      description,
      value,
    });
  }
  return exported(stack, environment, "pki", {
    internalAuthorityArn: internal.arn,
    brokerAuthorityArn: broker.arn,
  });
}

/** Where AWS Private CA publishes: the last part of the authority's ARN names its list. */
const crlKey = (authorityArn: string): string => `crl/${Fn.element(Fn.split("/", authorityArn), 1)}.crl`;
