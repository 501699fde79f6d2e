/**
 * What the catalogue declares, as `out/index.json` has it: data, never the maker's code. Other people's plans have none;
 * what needs one is then not applicable.
 */
export interface Declaration {
  readonly name: string;
  readonly account: string;
  /** GitHub repository whose jobs may take roles, `owner/name`. Absent: none may. */
  readonly repository?: string;
  /** Hosts of those whose tokens may open roles. Absent: nobody's. */
  readonly issuers?: readonly string[];
  readonly region: string;
  readonly copyRegion: string;
  readonly cidr: string;
  readonly zones: readonly string[];
  readonly domain: { readonly public: string; readonly private: string };
  readonly ranges: { readonly clients: readonly string[]; readonly admins: readonly string[] };
  /** What locks of its records and copies must be at least. Absent: COMPLIANCE, which nobody can lift. */
  readonly lock?: "COMPLIANCE" | "GOVERNANCE";
  /** Public keys as PEM of those who sign addresses. Absent: nobody says which. */
  readonly signingKeys?: readonly string[];
  /** How long it keeps log groups, and records of who did what. */
  readonly logs?: { readonly keepSeconds: number; readonly archiveSeconds: number };
  readonly subnets: readonly DeclaredSubnet[];
  readonly stacks: readonly { readonly name: string; readonly resources: number }[];
  /** Flows of the platform itself. */
  readonly flows: readonly DeclaredFlow[];
  readonly services: readonly DeclaredService[];
  /** Present: whatever holds data may be deleted here; the weaker choice that says so. */
  readonly unprotected?: DeclaredChoice;
  /** Every weaker choice that is for it: its own, and those of services. */
  readonly choices?: readonly DeclaredChoice[];
}

/** A choice weaker than the default, and until when it stands. */
export interface DeclaredChoice {
  /** `environments/dev/unprotected`, `message-broker/components/main/single`. */
  readonly path: string;
  readonly reason: string;
  /** The last day, `2027-11-30`. */
  readonly until: string;
  /** The file that it was read from. */
  readonly source: string;
}

export interface DeclaredSubnet {
  readonly name: string;
  readonly tier: string;
  readonly zone: string;
  readonly cidr: string;
  /** Of a tier that has subnets for each service. */
  readonly service?: string;
}

/** `ticketing/api`, `platform/resolver`, `internet`. */
export type Party = string;

export interface DeclaredFlow {
  readonly id: string;
  readonly from: Party;
  readonly to: Party;
  readonly protocol: "tcp" | "udp";
  readonly transport: "tls" | "mtls" | "starttls" | "loopback" | "link-local" | "redirect";
  readonly why: string;
  readonly origin: "service" | "platform";
  readonly ports: readonly number[];
}

export interface DeclaredPort {
  readonly name: string;
  readonly port: number;
  readonly protocol: "tcp" | "udp";
  readonly transport: DeclaredFlow["transport"];
  readonly purpose: "service" | "peer" | "metrics";
}

export interface DeclaredHost {
  readonly name: string;
  readonly zone: string;
  readonly subnet: string;
  readonly address: string;
  readonly domain: string;
  readonly machine: string;
}

/** A component or a store. */
export interface DeclaredPart {
  readonly name: string;
  readonly kind: string;
  readonly why: string;
  readonly ports: readonly DeclaredPort[];
  readonly hosts: readonly DeclaredHost[];
}

export interface DeclaredEntrypoint {
  readonly name: string;
  readonly kind: "web" | "pass-through";
  readonly host: string;
  readonly audience: "internet" | "clients" | "admins";
  readonly to: Party;
  readonly port: number;
  readonly health: string;
  readonly minimumTls: "1.2" | "1.3";
  readonly loadBalancer: string;
  /** Paths that only a signed address opens: `/attachments/*`. */
  readonly signedPaths?: readonly string[];
  /** Paths whose answers a content network may keep, and for how long; all others are everybody's own. */
  readonly cachedPaths?: readonly { readonly paths: readonly string[]; readonly seconds: number }[];
  /** Paths that nobody gets an answer from. */
  readonly hiddenPaths?: readonly string[];
  /** Paths that only an audience gets an answer from. */
  readonly narrowedPaths?: readonly { readonly paths: readonly string[]; readonly audience: "clients" | "admins" }[];
  /** Requests to some paths that one address may make in some seconds. */
  readonly limits?: readonly DeclaredLimit[];
}

export interface DeclaredLimit {
  readonly paths: readonly string[];
  readonly requests: number;
  readonly seconds: number;
}

export interface DeclaredEgress {
  readonly from: Party;
  /** CIDRs. */
  readonly sources: readonly string[];
  readonly domain: string;
  readonly port: number;
  readonly why: string;
}

export interface DeclaredBackup {
  readonly name: string;
  readonly of: Party;
  readonly runner: Party;
  readonly by: string;
  readonly material: "data" | "keys" | "audit";
  readonly offsite: boolean;
  readonly keepDays: number;
  readonly lockDays: number;
  readonly recoveryPointSeconds: number;
  readonly recoveryTimeSeconds: number;
}

export interface DeclaredSecret {
  readonly name: string;
  readonly fullName: string;
  readonly why: string;
  readonly rotation: "platform" | "runbook" | "versioning";
  readonly rotationDays: number;
  readonly consumers: readonly Party[];
}

/** How long records are kept: those of every day, and those of who did what. */
export interface DeclaredLogs {
  readonly keepSeconds: number;
  readonly auditSeconds: number;
}

export interface DeclaredService {
  readonly name: string;
  readonly components: readonly DeclaredPart[];
  readonly stores: readonly DeclaredPart[];
  readonly entrypoints: readonly DeclaredEntrypoint[];
  readonly flows: readonly DeclaredFlow[];
  readonly egress: readonly DeclaredEgress[];
  readonly secrets: readonly DeclaredSecret[];
  readonly backups: readonly DeclaredBackup[];
  /** Three letters that stand in the names of what it owns. The same in every environment, like the next three. */
  readonly code?: string;
  /** The team. */
  readonly owner?: string;
  /** How its data are classified: `personal`, `confidential`. */
  readonly data?: string;
  readonly logs?: DeclaredLogs;
}

/** All flows of an environment: the platform's own and each service's. */
export const flowsOf = ({ flows, services }: Declaration): readonly DeclaredFlow[] => [
  ...flows,
  ...services.flatMap((service) => service.flows),
];
