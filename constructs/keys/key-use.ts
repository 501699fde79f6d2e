import type { Conditions } from "../identity/policy-document.ts";

/** AWS services through which a role may use a key, by their endpoint name. */
export type UsingService =
  | "backup"
  | "ec2"
  | "ecr"
  | "elasticfilesystem"
  | "network-firewall"
  | "rds"
  | "s3"
  | "secretsmanager"
  | "sns"
  | "ssm";

/** What using a key is in full: encrypting and decrypting, and seeing what key it is. */
export const useActions = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"];

/** A service of a region as `kms:ViaService` names it: `s3.eu-central-1.amazonaws.com`. */
export const viaService = (service: UsingService, region: string): string => `${service}.${region}.amazonaws.com`;

/** The condition that a key is used through one of these services, in any of these regions. */
export const through = (regions: readonly string[], ...services: readonly UsingService[]): Conditions => ({
  StringEquals: {
    "kms:ViaService": regions.flatMap((region) => services.map((service) => viaService(service, region))),
  },
});

/** Every key of a region, for roles older than the keys: which of them a role may use is said by the keys' own policies. */
export const keysIn = (region: string, accountId: string): string => `arn:aws:kms:${region}:${accountId}:key/*`;
