import { beforeAll, describe, expect, test } from "vitest";
import { synthesizeEstate } from "../../support/estate.ts";
import { type ClusterObject, givenIn, labelsOf, objectIn, render } from "./support/render.ts";

/** What people and Prometheus may do. */

let objects: readonly ClusterObject[];
/** Groups in Kubernetes that Terraform gives to roles at AWS. */
let groups: readonly string[];
beforeAll(async () => {
  objects = await render(givenIn("production"));
  groups = synthesizeEstate("production")
    .stack("production", "cluster")
    .all("aws_eks_access_entry")
    .flatMap(({ args }): readonly string[] => args.kubernetes_groups ?? []);
});

const services = ["desktop-backend", "resident-services", "student-allocation"];
const roles = [
  { name: "platform-prometheus", group: "platform:prometheus" },
  { name: "platform-operators", group: "platform:operators" },
];

test("Prometheus sees pods; operators start jobs and stop pods; nobody has anything else", () => {
  const rules = objects.filter(({ kind }) => kind === "ClusterRole").map((role) => [role.metadata.name, role["rules"]]);
  expect(rules).toEqual([
    ["platform-prometheus", [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] }]],
    [
      "platform-operators",
      [
        { apiGroups: ["batch"], resources: ["jobs"], verbs: ["create"] },
        { apiGroups: [""], resources: ["pods"], verbs: ["delete"] },
      ],
    ],
  ]);
});

test("rights are bound in namespaces of services alone", () => {
  const bindings = objects.filter(({ kind }) => kind.endsWith("RoleBinding"));
  expect(bindings.map(({ kind, metadata }) => `${kind} ${metadata.namespace} ${metadata.name}`).sort()).toEqual(
    services.flatMap((service) => roles.map(({ name }) => `RoleBinding ${service} ${name}`)).sort(),
  );
});

test.each(roles)("$name is bound to $group, which an access entry of the cluster gives", ({ name, group }) => {
  expect(objectIn(objects, "RoleBinding", name, "student-allocation")).toEqual({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "RoleBinding",
    metadata: { name, namespace: "student-allocation", labels: labelsOf("student-allocation") },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
    subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: group }],
  });
  expect(groups).toContain(group);
});

describe("a Job of an operator", () => {
  const policy = (name: string) =>
    objectIn(objects, "ValidatingAdmissionPolicy", name)["spec"] as {
      readonly failurePolicy: string;
      readonly matchConditions: readonly unknown[];
      readonly matchConstraints: unknown;
      readonly paramKind?: unknown;
      readonly variables: readonly { readonly name: string; readonly expression: string }[];
      readonly validations: readonly { readonly expression: string; readonly messageExpression: string }[];
    };
  const variable = (name: string, of: string) =>
    policy(of).variables.find((each) => each.name === name)?.expression ?? "";

  test.each(["jobs-of-operators", "jobs-like-their-cron-job"])("is judged by %s, which fails closed", (name) => {
    const { failurePolicy, matchConditions, matchConstraints } = policy(name);
    expect({ failurePolicy, matchConditions, matchConstraints }).toEqual({
      failurePolicy: "Fail",
      matchConditions: [
        {
          name: "operator",
          expression: 'request.userInfo.?groups.orValue([]).exists(group, group == "platform:operators")',
        },
      ],
      matchConstraints: {
        resourceRules: [
          { apiGroups: ["batch"], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["jobs"] },
        ],
      },
    });
  });

  test("is named after a CronJob that may be started: no other, and none before a release", () => {
    expect(JSON.parse(variable("startable", "jobs-of-operators"))).toEqual({
      "desktop-backend": ["dump", "rotation-check", "verify-dump"],
      "resident-services": ["audit-anchor", "dump", "purge", "rotation-check"],
      "student-allocation": ["api-keys", "dump", "rotation-check"],
    });
  });

  test("may have arguments of its own where it is on demand, and nowhere else [ALC-1.9]", () => {
    expect(variable("free", "jobs-like-their-cron-job")).toBe(
      'request.namespace + "/" + params.metadata.name in ["student-allocation/api-keys"]',
    );
  });

  test("is compared with the CronJob of its name, which must be there, for each that may be started", () => {
    const { values } = givenIn("production");
    const wanted = services.flatMap((service) =>
      Object.keys(values.services[service]?.startable ?? {}).map((job) => ({
        metadata: { name: `${service}-${job}`, labels: labelsOf(service) },
        spec: {
          policyName: "jobs-like-their-cron-job",
          validationActions: ["Deny"],
          paramRef: { name: job, namespace: service, parameterNotFoundAction: "Deny" },
          matchResources: {
            namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": service } },
            objectSelector: { matchLabels: { "app.kubernetes.io/name": job } },
          },
        },
      })),
    );
    const bindings = objects.filter(
      ({ kind, metadata }) =>
        kind === "ValidatingAdmissionPolicyBinding" && services.some((name) => metadata.name.startsWith(name)),
    );
    expect(policy("jobs-like-their-cron-job").paramKind).toEqual({ apiVersion: "batch/v1", kind: "CronJob" });
    expect(new Set(bindings.map(({ metadata, spec }) => ({ metadata, spec })))).toEqual(new Set(wanted));
    expect(wanted.length).toBe(10);
  });

  test("is compared in all that could make it another: fields, labels, annotations, containers, arguments", () => {
    const subjects = policy("jobs-like-their-cron-job").validations.map(
      ({ messageExpression }) => messageExpression.match(/^"(.*), as in CronJob " \+ params\.metadata\.name$/)?.[1],
    );
    expect(subjects).toEqual([
      "spec: must have the same fields",
      "spec: must run one pod, and one it made itself",
      "spec/template/metadata/labels: must be the same",
      "spec/template/metadata/annotations: must be the same",
      "spec/template/spec: must be the same",
      "spec/template/spec/containers: must be the same, args too unless it is on demand",
      "spec/template/spec/containers: must have no $( in args, which reads variables, but where it stands",
    ]);
  });

  test("is judged by the first policy in the whole cluster", () => {
    expect(objectIn(objects, "ValidatingAdmissionPolicyBinding", "jobs-of-operators")["spec"]).toEqual({
      policyName: "jobs-of-operators",
      validationActions: ["Deny"],
    });
  });
});
