import { isUnknown, type Value } from "../value.ts";
import { lastNameOf } from "./accounts.ts";

/** Policies that AWS keeps, as far as rules tell them apart (AWS Managed Policy Reference, read 2026-11-22). */
const ADMINISTRATIVE: ReadonlySet<string> = new Set([
  "AdministratorAccess",
  "PowerUserAccess",
  "SystemAdministrator",
  "DatabaseAdministrator",
  "NetworkAdministrator",
  "DataScientist",
  "AWSCodePipelineApprover",
  "AmazonEC2RoleforSSM",
]);

/** What only looks: it reads no data, or reads all of it, but changes nothing. */
const READING: ReadonlySet<string> = new Set([
  "ReadOnlyAccess",
  "SecurityAudit",
  "ViewOnlyAccess",
  "AWSBillingReadOnlyAccess",
]);

const nameOf = (policy: Value<string>): string | undefined =>
  !isUnknown(policy) && /^arn:aws[a-z-]*:iam::aws:policy\//.test(policy) ? lastNameOf(policy) : undefined;

/**
 * Whether a policy of AWS gives whole services on everything: administrators', job functions' and all that are called
 * `...FullAccess`.
 */
export const isAdministrativePolicy = (policy: Value<string>): boolean => {
  const name = nameOf(policy);
  return (
    name !== undefined && (ADMINISTRATIVE.has(name) || /^AdministratorAccess-|FullAccess(?:[_-]?v\d+)?$/i.test(name))
  );
};

/** Whether a policy of AWS changes nothing. */
export const isReadingPolicy = (policy: Value<string>): boolean => {
  const name = nameOf(policy);
  return name !== undefined && (READING.has(name) || /ReadOnly(?:Access)?$/.test(name));
};
