import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ServiceValues, WorkloadValues } from "../../helm/values/service-values.ts";
import { podServices, serviceValues } from "../../helm/values.ts";
import { synthesize } from "../../scripts/start/synthesize.ts";
import { type Catalogue, catalogue } from "../../services/catalogue.ts";
import { resolveEstate } from "../../services/resolve.ts";
import type { Listener } from "../../services/schema/listener.ts";
import { parseStack, type Synthesized } from "../support/synth.ts";

/** Values of the charts and Terraform are made apart from one catalogue: here their outputs meet. */

const ENVIRONMENT = "staging";
const services = ["desktop-backend", "resident-services", "student-allocation"];

interface Made {
  readonly values: ReadonlyMap<string, ServiceValues>;
  stack(name: string): Synthesized;
}

const directory = mkdtempSync(join(tmpdir(), "agreement-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Both outputs of a catalogue in one environment. */
function made(of: Catalogue): Made {
  const environment = of.environments.find(({ name }) => name === ENVIRONMENT);
  if (environment === undefined) throw new Error(ENVIRONMENT);
  const stacks = new Map(
    synthesize(of, environment, mkdtempSync(join(directory, "stacks-"))).stacks.map(({ name, file }) => [
      name,
      parseStack(readFileSync(file, "utf8")),
    ]),
  );
  const estate = resolveEstate(of, environment);
  return {
    values: new Map(podServices(estate).map((each) => [each.service.name, serviceValues(each, estate)])),
    stack(name) {
      const found = stacks.get(name);
      if (found === undefined) throw new Error(`no stack "${name}"`);
      return found;
    },
  };
}

let both: Made;
beforeAll(() => {
  both = made(catalogue);
});
const valuesOf = (service: string, of = both): ServiceValues => {
  const values = of.values.get(service);
  if (values === undefined) throw new Error(`no values of "${service}"`);
  return values;
};
const workloadsOf = ({ components, jobs }: ServiceValues): readonly (readonly [string, WorkloadValues])[] =>
  Object.entries<WorkloadValues>({ ...components, ...jobs });

/** Three letters in names at AWS. */
const codeOf = (service: string) => catalogue.services.find(({ name }) => name === service)?.code;

interface Statement {
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}
/** What the role of a workload may do, by its name. */
const statementsOf = (service: string, workload: string): readonly Statement[] => {
  const name = `stg-${codeOf(service)}-${workload}`;
  const policy = both
    .stack(service)
    .all("aws_iam_role_policy")
    .find(({ args }) => args.name === name);
  return policy === undefined ? [] : JSON.parse(policy.args.policy).Statement;
};
/** Names that resources of a type have in a stack, by the reference to their ARN. */
const namesByArn = (service: string, type: string): ReadonlyMap<string, string> =>
  new Map(
    both
      .stack(service)
      .all(type)
      .map(({ address, args }) => [`\${${address}.arn}`, args.name]),
  );
const granted = (service: string, workload: string, action: string, type: string): readonly string[] => {
  const names = namesByArn(service, type);
  return statementsOf(service, workload)
    .filter(({ Action }) => Action.includes(action))
    .flatMap(({ Resource }) => Resource.flatMap((arn) => names.get(arn) ?? []))
    .toSorted();
};
const unique = <Item>(items: readonly Item[]): readonly Item[] => [...new Set(items)].toSorted();

describe.each(services)("of %s", (service) => {
  test("target groups have the names, ports and cluster that values bind", () => {
    const { targetGroups, components } = valuesOf(service);

    const groups = both
      .stack(service)
      .all("aws_lb_target_group")
      .map(({ args }) => args);

    expect(groups.map(({ name, port, protocol, target_type }) => ({ name, port, protocol, target_type }))).toEqual(
      Object.values(targetGroups).map(({ name, component, port }) => ({
        name,
        port: components[component]?.ports[port],
        protocol: "HTTPS",
        target_type: "ip",
      })),
    );
    expect(groups.length).toBeGreaterThan(0);
    expect(groups.filter(({ tags }) => tags["eks:eks-cluster-name"] === undefined)).toEqual([]);
  });

  test("each workload is told exactly the secrets that its role may read [NOD-2.4] [MUN-2.1]", () => {
    const told = workloadsOf(valuesOf(service)).map(([name, { secrets }]) => [
      name,
      unique(Object.values(secrets).flatMap((value) => ("secret" in value ? [value.secret] : []))),
    ]);

    expect(Object.fromEntries(told)).toEqual(
      Object.fromEntries(
        told.map(([name]) => [
          name,
          granted(service, String(name), "secretsmanager:GetSecretValue", "aws_secretsmanager_secret"),
        ]),
      ),
    );
    expect(told.flatMap(([, names]) => names).length).toBeGreaterThan(0);
  });

  test("each workload is told no parameter that its role may not read", () => {
    const refused = workloadsOf(valuesOf(service)).flatMap(([name, { secrets }]) => {
      const may = granted(service, name, "ssm:GetParameters", "aws_ssm_parameter");
      return Object.values(secrets).flatMap((value) =>
        "parameter" in value && !may.includes(value.parameter) ? [`${name} ${value.parameter}`] : [],
      );
    });

    expect(refused).toEqual([]);
  });

  test("who is told the administrator of a database may read that secret, and its cluster is in the stack", () => {
    for (const [name, { secrets }] of workloadsOf(valuesOf(service))) {
      for (const value of Object.values(secrets)) {
        if (!("administrator" in value)) continue;
        const arn = `\${aws_rds_cluster.${value.administrator}-cluster_cluster.master_user_secret[0].secret_arn}`;
        const readable = statementsOf(service, name)
          .filter(({ Action }) => Action.includes("secretsmanager:GetSecretValue"))
          .flatMap(({ Resource }) => Resource);

        expect(readable).toContain(arn);
      }
    }
  });

  test("roles are given to the service accounts of workloads that need one, and to no others [NOD-2.3]", () => {
    const needs = workloadsOf(valuesOf(service)).flatMap(([name, { secrets, env }]) =>
      Object.keys(secrets).length > 0 || env["AWS_REGION"] !== undefined ? [name] : [],
    );

    const associations = both.stack(service).all("aws_eks_pod_identity_association");

    expect(unique(associations.map(({ args }) => `${args.namespace}/${args.service_account}`))).toEqual(
      unique(needs.map((name) => `${service}/${name}`)),
    );
  });

  test("copies are uploaded to, and read back from, prefixes of buckets that are there and that the role may use [NOD-3.8] [MUN-2.11] [MUN-4.15]", () => {
    const buckets = ["vault", "audit"].flatMap((stack) =>
      both
        .stack(stack)
        .all("aws_s3_bucket")
        .map(({ args }) => args.bucket),
    );
    const places = Object.entries(valuesOf(service).jobs).flatMap(([job, { env, upload }]) => [
      ...(upload === undefined ? [] : [{ job, action: "s3:PutObject", ...upload }]),
      ...(env["BACKUP_MAX_AGE_SECONDS"] === undefined ? [] : [{ job, action: "s3:GetObject", env }]),
    ]);

    for (const { job, action, env } of places) {
      const { BACKUP_BUCKET: bucket = "", BACKUP_PREFIX: prefix = "" } = env;
      const resources = statementsOf(service, job)
        .filter(({ Action }) => Action.includes(action))
        .flatMap(({ Resource }) => Resource);

      expect(buckets).toContain(bucket);
      expect(resources).toContain(`arn:aws:s3:::${bucket}/${prefix}*`);
    }
    expect(places.length).toBeGreaterThan(0);
  });

  test("nodes are opened on the ports that policies open on pods, and the kubelet's [ALC-6.8]", () => {
    const opened = workloadsOf(valuesOf(service)).flatMap(([, { network }]) =>
      network.ingress.flatMap(({ ports }) => (ports ?? []).map(({ port }) => port)),
    );

    expect(unique(nodePorts(both, service))).toEqual(unique([10_250, ...opened]));
  });
});

/** Ports that the security group of a service's nodes is opened on. */
const nodePorts = (of: Made, service: string): readonly number[] =>
  of
    .stack(service)
    .all("aws_vpc_security_group_ingress_rule")
    .filter(({ args }) => args.description.includes(" to nodes:"))
    .map(({ args }) => args.from_port);

test("of resident-services variables name the buckets that its stack makes", () => {
  const { components, jobs } = valuesOf("resident-services");
  const named = Object.values<WorkloadValues>({ ...components, ...jobs }).flatMap(
    ({ env }) => env["ATTACHMENTS_BUCKET"] ?? [],
  );

  const made = both
    .stack("resident-services")
    .all("aws_s3_bucket")
    .map(({ args }) => args.bucket);

  expect(unique(named)).toEqual(made);
});

test("images of all values are those that the registry keeps", () => {
  const images = [...both.values.values()].flatMap(({ components, jobs }) => [
    ...Object.values(components).map(({ image }) => image),
    ...Object.values(jobs).flatMap(({ image, upload }) => (upload === undefined ? [image] : [image, upload.image])),
  ]);
  const cluster = both.stack("cluster");
  const caches = cluster.all("aws_ecr_pull_through_cache_rule").map(({ args }) => `${args.ecr_repository_prefix}/`);

  const kept = cluster.all("aws_ecr_repository").map(({ args }) => args.name);

  expect(unique(images.filter((image) => !caches.some((prefix) => image.startsWith(prefix))))).toEqual(
    unique(kept.filter((name) => images.includes(name))),
  );
  expect(images.filter((image) => caches.some((prefix) => image.startsWith(prefix)))).toEqual([
    "quay/prometheuscommunity/postgres-exporter",
  ]);
});

test("a port changed in the catalogue moves target group, security group, Service, probe and policies together", () => {
  const changed: Catalogue = structuredClone(catalogue);
  const service = changed.services.find(({ name }) => name === "student-allocation");
  const edge = service?.components.find(({ name }) => name === "edge");
  const listener = edge?.listens["web"];
  if (listener === undefined) throw new Error("no edge");
  // A product would write another number in one place; here the one object that all refer to gets it.
  (listener as { -readonly [Key in keyof Listener]: Listener[Key] }).port = 9443;

  const moved = made(changed);

  const values = valuesOf("student-allocation", moved);
  const { ports, probes, edge: server, network } = values.components["edge"] ?? {};
  expect(moved.stack("student-allocation").one("aws_lb_target_group").args.port).toBe(9443);
  expect(unique(nodePorts(moved, "student-allocation"))).toEqual([10_250, 8443, 9102, 9113, 9443].toSorted());
  expect(ports?.["web"]).toBe(9443);
  expect(server?.port).toBe(9443);
  expect(probes?.readiness.httpGet?.port).toBe(9443);
  expect(network?.ingress.flatMap(({ ports: open }) => open?.map(({ port }) => port))).toEqual([9443, 9113, 9443]);
});
