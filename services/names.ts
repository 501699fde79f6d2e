/**
 * Every name that AWS, Terraform or an operator sees comes from here. Names are a contract: changing one replaces what it names.
 */

interface Named {
  readonly name: string;
}
interface Short {
  readonly short: string;
}

/** Load balancers, target groups, hosts' groups: `prd-tkt-api`. Target groups allow 32 characters. */
export const resourceName = (environment: Short, code: string, ...parts: readonly string[]) =>
  [environment.short, code, ...parts].join("-");

/** The platform's own three letters, where no service owns a thing. */
export const PLATFORM = "plt";

/** Buckets share one name space with the world: the account makes them ours. `prd-tkt-backup-333333333333` */
export const bucketName = (environment: Short & { readonly account: string }, code: string, purpose: string) =>
  `${resourceName(environment, code, purpose)}-${environment.account}`;

/** What hosts install from. */
export const packageBucketName = (environment: Short & { readonly account: string }) =>
  bucketName(environment, PLATFORM, "packages");

/** How Ansible's files reach hosts. */
export const transferBucketName = (environment: Short & { readonly account: string }) =>
  bucketName(environment, PLATFORM, "transfer");

/** The broker's revocation list; hosts that check client certificates fetch it with their own role. */
export const crlBucketName = (environment: Short & { readonly account: string }) =>
  bucketName(environment, PLATFORM, "broker-crl");

/** Where applications put what proves that their audit trails were not rewritten. */
export const auditExportBucketName = (environment: Short & { readonly account: string }) =>
  bucketName(environment, PLATFORM, "audit-exports");

/** Where the copies of one backup lie: below a prefix of its own, audit exports in the account's bucket, others in the service's vault. */
export const backupPlace = (
  environment: Short & { readonly account: string },
  service: Named & { readonly code: string },
  backup: Named & { readonly material: "data" | "keys" | "audit" },
) =>
  backup.material === "audit"
    ? { bucket: auditExportBucketName(environment), prefix: `${service.name}/${backup.name}/` }
    : { bucket: bucketName(environment, service.code, `vault-${backup.material}`), prefix: `${backup.name}/` };

/** `production/ticketing/db-app` in Secrets Manager. */
export const secretName = (environment: Named, service: Named, secret: string) =>
  `${environment.name}/${service.name}/${secret}`;

/** `/production/resident-services/database-endpoint` in Parameter Store: values known only after apply. */
export const parameterName = (environment: Named, service: Named, parameter: string) =>
  `/${environment.name}/${service.name}/${parameter}`;

/** What only apply knows of a managed database, in Parameter Store: `/production/resident-services/database-endpoint`. */
export const databaseParameter = (
  environment: Named,
  service: Named,
  database: Named,
  fact: "endpoint" | "administrator-secret",
) => parameterName(environment, service, `${database.name}-${fact}`);

/** What only apply knows of shared files, for the hosts that mount them: `/production/ticketing/uploads-file-system`. */
export const filesFacts = ["file-system", "access-point"] as const;
export const filesParameter = (environment: Named, service: Named, files: Named, fact: (typeof filesFacts)[number]) =>
  parameterName(environment, service, `${files.name}-${fact}`);

/** Parameters that name the private authorities and the broker's revocation list, for hosts: `/production/pki/broker-crl`. */
export type PkiFact = "internal-authority" | "broker-authority" | "broker-crl";
export const pkiParameterName = (environment: Named, fact: PkiFact) =>
  parameterName(environment, { name: "pki" }, fact);

/** `prd-plt-broker-client`: the procedure that issues one kind of certificate, and the role it issues with. */
export const certificateProfileName = (environment: Short, profile: string) =>
  resourceName(environment, PLATFORM, profile);

/** `prd-plt-mail`: settings of SES that every sender's mail goes by. */
export const mailSettingsName = (environment: Short) => resourceName(environment, PLATFORM, "mail");

/** `production-ticketing`: the stack's id for the command lines. */
export const stackId = (environment: Named, stack: string) => `${environment.name}-${stack}`;

/** `production/ticketing.tfstate` in the state bucket. */
export const stateKey = (environment: Named, stack: string) => `${environment.name}/${stack}.tfstate`;

/** `api-a`: one host a zone. */
export const hostName = (component: string, zoneLetter: string) => `${component}-${zoneLetter}`;

/** `ticketing.production.internal.example.org`: names of a service in the private zone. */
export const serviceDomain = (environment: { readonly domain: { readonly private: string } }, service: Named) =>
  `${service.name}.${environment.domain.private}`;

/** `tempo.observability.production.internal.example.org`: all hosts of a component or store. */
export const groupDomain = (
  environment: { readonly domain: { readonly private: string } },
  service: Named,
  group: Named,
) => `${group.name}.${serviceDomain(environment, service)}`;

/** `api.student-allocation.svc.cluster.local`: the pods of a component; their namespace is called like the service. */
export const podsDomain = (service: Named, component: Named) => `${component.name}.${service.name}.svc.cluster.local`;

/** `ticketing/api->database:5432`; another service's end is written whole, UDP is marked. */
export const flowId = (service: string, from: string, to: string, port: number, protocol: "tcp" | "udp") => {
  const within = (party: string) => (party.startsWith(`${service}/`) ? party.slice(service.length + 1) : party);
  return `${service}/${within(from)}->${within(to)}:${port}${protocol === "udp" ? "/udp" : ""}`;
};

/** Roles are named like what they serve: `prd-tkt-api`. Policies of earlier stacks name them before they exist. */
export const roleArn = (environment: { readonly account: string }, role: string) =>
  `arn:aws:iam::${environment.account}:role/${role}`;

/** Name of a role of people or pipelines: `prd-plt-apply`. */
export const administrativeRoleName = (environment: Short, role: AdministrativeRole) =>
  resourceName(environment, PLATFORM, role);

/** Roles of people and pipelines, by what they may do. */
export const administrativeRole = (environment: Short & { readonly account: string }, role: AdministrativeRole) =>
  roleArn(environment, administrativeRoleName(environment, role));
/**
 * `apply` and `plan` are the pipelines', `publish` uploads packages and images, `operator` starts sessions and puts secret
 * values, `restore` reads backups, `issuer` gives and revokes the broker's certificates, `break-glass` does what no other
 * may, when all else fails.
 */
export type AdministrativeRole = (typeof administrativeRoleKinds)[number];
export const administrativeRoleKinds = [
  "apply",
  "plan",
  "publish",
  "operator",
  "restore",
  "issuer",
  "break-glass",
] as const;

/** Where our registry keeps the images we build and copy: `platform/edge`. */
export const imageRepository = (image: string) => `platform/${image}`;

/** `333333333333.dkr.ecr.eu-central-1.amazonaws.com`: our registry in an environment. */
export const registryOf = ({ account, region }: { readonly account: string; readonly region: string }) =>
  `${account}.dkr.ecr.${region}.amazonaws.com`;

/** `prd-plt-cluster`: the cluster, and the role it acts in. */
export const clusterName = (environment: Short) => resourceName(environment, PLATFORM, "cluster");

/** Session Manager document that forwards a port to the API of the cluster, and to nothing else. */
export const clusterSessionName = (environment: Short) => resourceName(environment, PLATFORM, "cluster-api");

/** The role in which the cluster starts nodes: keys of their volumes must admit it. */
export const clusterRole = (environment: Short & { readonly account: string }) =>
  roleArn(environment, clusterName(environment));

/** ARN of the cluster, for those who are asked before it is there. */
export const clusterArn = (environment: Short & { readonly account: string; readonly region: string }) =>
  `arn:aws:eks:${environment.region}:${environment.account}:cluster/${clusterName(environment)}`;

/** The tag by which AWS Backup finds what it copies: `backup = resident-services/attachments`. */
export const backupTag = (service: Named, backup: Named) => ({ backup: `${service.name}/${backup.name}` });

/** Roles that AWS Backup acts in: one copies, the other brings back. Keys of what it copies must admit both. */
export const backupRoles = (environment: Short & { readonly account: string }) => ({
  copy: roleArn(environment, resourceName(environment, PLATFORM, "backup")),
  restore: roleArn(environment, resourceName(environment, PLATFORM, "backup", "restore")),
});
