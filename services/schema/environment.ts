import type { Size } from "./component.ts";
import type { Acceptance, Bytes, Duration } from "./units.ts";

/** An availability zone: its letter in our names, its name at AWS. */
export interface Zone {
  readonly letter: "a" | "b" | "c";
  readonly name: string;
}

/** The public half of a signing key. The private half and CloudFront's id of the key are the secret of who signs. */
export interface CdnKey {
  /** A key never changes: its successor has another name. */
  readonly name: string;
  /** RSA with 2048 bits as PEM, with the newline at its end: without it CloudFront seems to hold another key. */
  readonly publicKey: string;
}

/** Where the services run. It changes sizes and protections, never what exists or who may talk to whom. */
export interface Environment {
  readonly name: string;
  /** Three letters in the names of resources. */
  readonly short: string;
  /** AWS account; one environment each, for detectors and recorders exist once per account and region. */
  readonly account: string;
  /**
   * GitHub repository whose jobs plan and apply, as the subject of their tokens spells it: `owner/name`, for repositories
   * made after 2026-06-18 with ids: `owner@123/name@456`.
   */
  readonly repository: string;
  readonly region: string;
  /** Second region, for copies only. */
  readonly copyRegion: string;
  /** A /16; subnets are computed from it. */
  readonly cidr: string;
  readonly zones: readonly [Zone, Zone, Zone];
  /**
   * NAT gateways, firewall endpoints and interface endpoints in every zone, or all in the first one: a third of the price,
   * and the failure of that zone cuts the others off from the internet and from AWS services.
   */
  readonly gatewaysPerZone: boolean;
  readonly domain: { readonly public: string; readonly private: string };
  /** Named ranges of outsiders, narrower than a /16. */
  readonly ranges: { readonly clients: readonly string[]; readonly admins: readonly string[] };
  /** The region's id of AWS's own list of the addresses CloudFront calls from: `com.amazonaws.global.cloudfront.origin-facing`. */
  readonly cloudFrontPrefixList: string;
  /** Keys whose signatures open the CDN's signed addresses; two while one takes over from the other. */
  readonly cdnKeys: readonly CdnKey[];
  /** Debian 13 for arm64, by id. */
  readonly machineImage: string;
  /** The SSM agent that hosts install at first boot, from our own package bucket. */
  readonly ssmAgent: { readonly version: string; readonly sha256: string };
  /** Public key, armoured, whose signatures hosts demand of the repository that they install packages from. */
  readonly packageKey: string;
  readonly machines: Readonly<Record<Size, string>>;
  readonly databases: Readonly<Record<Size, string>>;
  readonly rootVolume: Bytes;
  /** Share of the declared size that a data volume gets: small data needs small disks. */
  readonly volumeShare: number;
  readonly minimumReplicas: number;
  /** CloudWatch log groups, and log buckets. */
  readonly logs: { readonly keep: Duration; readonly archive: Duration };
  /** Present: databases, load balancers, volumes and hosts may be deleted. Default: they refuse. */
  readonly unprotected?: Acceptance;
  /** COMPLIANCE can be shortened by nobody; GOVERNANCE by a break-glass role. */
  readonly lock: "COMPLIANCE" | "GOVERNANCE";
  /** Zone of the keys that SES signs this domain's mail with; PRODUCTION_SETUP says how to ask for it. */
  readonly mailKeysZone: string;
  /** Mailbox of the team: alarms, and reports about its domain. */
  readonly alarmMail: string;
  /** Mail address of the pager, which wakes whoever is on call (MUN-3.11). */
  readonly pagerMail: string;
}

export const defineEnvironment = (given: Environment): Environment => given;
