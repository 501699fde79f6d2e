import { REVOCATION_LIST_DAYS } from "../../../services/certificates.ts";
import {
  backupPlace,
  bucketName,
  crlBucketName,
  packageBucketName,
  parameterName,
  pkiParameterName,
  resourceName,
  transferBucketName,
} from "../../../services/names.ts";
import { cluster } from "../../../services/platform.ts";
import type { Environment } from "../../../services/schema/environment.ts";
import type { LabPlan } from "../plan.ts";
import type { LabState } from "../state.ts";
import { balancerAddresses } from "./balancers.ts";
import { BEHIND } from "./endpoints.ts";

/** ARN of the stand-in for one of the environment's private authorities. */
export const authorityArn = ({ account, region }: Environment, name: "internal" | "broker"): string =>
  `arn:aws:acm-pca:${region}:${account}:certificate-authority/${AUTHORITIES[name]}`;

const AUTHORITIES = {
  internal: "00000000-0000-4000-8000-000000000001",
  broker: "00000000-0000-4000-8000-000000000002",
};

/** What the stand-ins for AWS are told: everything that Terraform would have made. Read by `server.py`. */
export function cloudFacts(plan: LabPlan, state: LabState) {
  const { estate, resolved, hosts } = plan;
  const { environment, service } = resolved;
  const { account, region, domain } = environment;
  const internal = authorityArn(environment, "internal");
  const broker = authorityArn(environment, "broker");
  const list = `crl/${AUTHORITIES.broker}.crl`;
  return {
    account,
    region,
    ports: BEHIND,
    files: {
      ready: state.at("run/cloud"),
      secrets: state.at("cloud/secrets.json"),
      authorities: state.at("cloud/authorities"),
      balancers: state.at("run/balancers.sock"),
    },
    hosts: hosts.map(({ tag, address, zone, machine, image, group }) => ({
      tag,
      address,
      zone: zone.name,
      machine,
      image,
      role: resourceName(environment, service.code, group),
      tags: { Name: tag, environment: environment.name, service: service.name },
    })),
    // Of other services those that this one reads too.
    secrets: estate.services.flatMap(({ secrets }) =>
      secrets
        .filter(({ consumers }) => consumers.some((party) => party.startsWith(`${service.name}/`)))
        .map(({ fullName }) => fullName),
    ),
    parameters: {
      [pkiParameterName(environment, "internal-authority")]: internal,
      [pkiParameterName(environment, "broker-authority")]: broker,
      [pkiParameterName(environment, "broker-crl")]: list,
      [parameterName(environment, cluster, "endpoint")]: `https://lab.gr7.${region}.eks.amazonaws.com`,
      // Named in units of mounts, which a lab does not mount.
      ...Object.fromEntries(
        service.stores
          .filter(({ kind }) => kind === "files")
          .flatMap(({ name }) => [
            [parameterName(environment, service, `${name}-file-system`), "fs-0123456789abcdef0"],
            [parameterName(environment, service, `${name}-access-point`), "fsap-0123456789abcdef0"],
          ]),
      ),
    },
    // Values that are files of the lab, in base64.
    encoded: { [parameterName(environment, cluster, "certificate-authority")]: state.at("cloud/ca.crt") },
    authorities: [
      {
        arn: internal,
        name: "internal",
        commonName: `Internal authority ${environment.name}`,
        organization: domain.public,
        mostDays: 7,
      },
      {
        arn: broker,
        name: "broker",
        commonName: `Message broker authority ${environment.name}`,
        organization: domain.public,
        list: { bucket: crlBucketName(environment), key: list, days: REVOCATION_LIST_DAYS },
      },
    ],
    buckets: [
      ...new Set([
        packageBucketName(environment),
        transferBucketName(environment),
        crlBucketName(environment),
        ...resolved.backups.map((backup) => backupPlace(environment, service, backup).bucket),
        ...service.stores
          .filter(({ kind }) => kind === "objects")
          .map(({ name }) => bucketName(environment, service.code, name)),
      ]),
    ],
    balancers: balancerAddresses(plan).map(({ entry }) => ({
      name: entry.resource,
      port: entry.entrypoint.to.port,
      kind: entry.entrypoint.kind,
      health: entry.entrypoint.health,
      drainSeconds: entry.entrypoint.idle,
      targets: hosts.filter(({ group }) => group === entry.entrypoint.to.owner).map(({ tag }) => tag),
    })),
  };
}

/** As Python reads it. */
export type CloudFacts = ReturnType<typeof cloudFacts>;
