import type { Size } from "./component.ts";
import type { Acceptance, Bytes, Duration } from "./units.ts";

/** An availability zone: its letter in our names, its name at AWS. */
export interface Zone {
  readonly letter: "a" | "b" | "c";
  readonly name: string;
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
  /** Debian 13 for arm64, by id. */
  readonly machineImage: string;
  /** The SSM agent that hosts install at first boot, from our own package bucket. */
  readonly ssmAgent: { readonly version: string; readonly sha256: string };
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
  /** Where alarms go besides the pager. */
  readonly alarmMail: string;
}

export const defineEnvironment = (given: Environment): Environment => given;
