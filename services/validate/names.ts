import { bucketName, hostName, PLATFORM, parameterName, resourceName, secretName, serviceDomain } from "../names.ts";
import type { Environment } from "../schema/environment.ts";
import type { Service } from "../schema/service.ts";
import { isHosted } from "../schema/store.ts";
import { type Check, type Fault, unless } from "./fault.ts";
import { show } from "./show.ts";

/** Every name as AWS, Kubernetes and DNS will see it, in every environment. */

interface Limit {
  readonly what: string;
  readonly longest: number;
  readonly form: RegExp;
}
/** Load balancers and target groups have the least room of all that is called `<environment>-<code>-<name>`. */
const RESOURCE: Limit = {
  what: "a load balancer or target group",
  longest: 32,
  form: /^(?!internal-)[a-z0-9]+(-[a-z0-9]+)*$/,
};
/** Jobs and backups have roles. */
const ROLE: Limit = { ...RESOURCE, what: "a role", longest: 64 };
/** AWS Backup has a plan for each snapshot. */
const PLAN: Limit = { ...RESOURCE, what: "a backup plan", longest: 50 };
const BUCKET: Limit = { what: "a bucket", longest: 63, form: /^(?!xn--)(?!.*-s3alias$)[a-z0-9][a-z0-9-]+[a-z0-9]$/ };
/** AWS ends the ARN of a secret in a hyphen and six characters: a name that ends so is taken for a part of an ARN. */
const SECRET: Limit = { what: "a secret", longest: 512, form: /^(?!.*-[A-Za-z0-9]{6}$)[\w/+=.@-]+$/ };
const PARAMETER: Limit = { what: "a parameter", longest: 1_011, form: /^(?!\/?(aws|ssm))[\w./-]+$/i };
const LABEL: Limit = { what: "a DNS label", longest: 63, form: /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/ };
const DOMAIN: Limit = { what: "a domain", longest: 253, form: /^[a-z0-9.-]+$/ };
/** The common name of an X.509 certificate has 64 characters. */
const CERTIFICATE: Limit = { what: "a certificate", longest: 64, form: /^[a-z0-9.-]+$/ };
/** Kubernetes adds 11 characters to a CronJob's name for its jobs. */
const CRON_JOB: Limit = { what: "a CronJob", longest: 52, form: LABEL.form };
/** ReplicaSets and pods of blue and green append theirs within the 63 of a label. */
const WORKLOAD: Limit = { what: "a Deployment", longest: 41, form: LABEL.form };

function fits(path: string, name: string, { what, longest, form }: Limit): readonly Fault[] {
  return [
    ...unless(
      name.length <= longest,
      path,
      `must make a name of ${what} with at most ${longest} characters`,
      `${show(name)} with ${name.length}`,
    ),
    ...unless(form.test(name), path, `must make a valid name of ${what}`, show(name)),
  ];
}

function inEnvironment(environment: Environment, service: Service): readonly Fault[] {
  const called = (lists: readonly ("components" | "stores" | "jobs" | "entrypoints" | "backups")[], limit: Limit) =>
    lists.flatMap((list) =>
      service[list].flatMap(({ name }) =>
        fits(`${service.name}/${list}/${name}`, resourceName(environment, service.code, name), limit),
      ),
    );
  const onHosts = [...service.components.filter(({ kind }) => kind === "hosts"), ...service.stores.filter(isHosted)];
  return [
    ...called(["components", "stores", "entrypoints"], RESOURCE),
    ...called(["jobs", "backups"], ROLE),
    ...service.backups.flatMap(({ by, name }) =>
      by === "snapshot"
        ? fits(`${service.name}/backups/${name}`, resourceName(environment, service.code, name), PLAN)
        : [],
    ),
    ...service.secrets.flatMap(({ name }) =>
      fits(`${service.name}/secrets/${name}`, secretName(environment, service, name), SECRET),
    ),
    ...service.stores.flatMap(({ kind, name }) => {
      const path = `${service.name}/stores/${name}`;
      if (kind === "objects") return fits(path, bucketName(environment, service.code, name), BUCKET);
      return kind === "managed-postgres"
        ? fits(path, parameterName(environment, service, `${name}-endpoint`), PARAMETER)
        : [];
    }),
    ...onHosts.flatMap(({ name }) =>
      environment.zones.flatMap(({ letter }) => {
        const host = hostName(name, letter);
        const path = `${service.name}/${name}`;
        return [...fits(path, host, LABEL), ...fits(path, `${host}.${serviceDomain(environment, service)}`, DOMAIN)];
      }),
    ),
    ...service.entrypoints.flatMap(({ name, host }) =>
      fits(`${service.name}/entrypoints/${name}/host`, `${host}.${environment.domain.public}`, CERTIFICATE),
    ),
  ];
}

/** A fault that all environments share is told once. */
const once = (faults: readonly Fault[]): readonly Fault[] => [
  ...new Map(faults.map((fault) => [`${fault.path} ${fault.rule}`, fault])).values(),
];

export const names: Check = ({ services, environments }) => [
  ...services.flatMap((service) => [
    ...fits(`${service.name}/name`, service.name, { ...LABEL, what: "a Kubernetes namespace" }),
    ...unless(service.code !== PLATFORM, `${service.name}/code`, "must not be the platform's own", show(service.code)),
    ...service.components.flatMap(({ kind, name }) =>
      kind === "pods" ? fits(`${service.name}/components/${name}`, name, WORKLOAD) : [],
    ),
    ...service.jobs.flatMap(({ name, on }) =>
      on.kind === "pods" ? fits(`${service.name}/jobs/${name}`, name, CRON_JOB) : [],
    ),
  ]),
  ...once(environments.flatMap((environment) => services.flatMap((service) => inEnvironment(environment, service)))),
];
