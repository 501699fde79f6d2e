import type { Examples } from "../../engine/example.ts";
import { type Loose, type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const GROUP = "admissionregistration.k8s.io/v1";
const POLICY = "ValidatingAdmissionPolicy/jobs spec";
const BINDING = "ValidatingAdmissionPolicyBinding/jobs spec";
const rules = (rule: JsonObject = {}): JsonObject => ({
  resourceRules: [{ apiGroups: ["batch"], operations: ["CREATE", "UPDATE"], resources: ["jobs"], ...rule }],
});
const policy = (matchConstraints: JsonObject = rules(), spec: JsonObject = {}): JsonObject => ({
  ...{ apiVersion: GROUP, kind: "ValidatingAdmissionPolicy", metadata: { name: "jobs" } },
  spec: { matchConstraints, validations: [{ expression: "has(object.spec)" }], ...spec },
});
const binding = (spec: JsonObject = {}): JsonObject => ({
  ...{ apiVersion: GROUP, kind: "ValidatingAdmissionPolicyBinding", metadata: { name: "jobs" } },
  spec: { policyName: "jobs", validationActions: ["Deny"], ...spec },
});
const namespace = (name: string): JsonObject => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
const labels = { "app.kubernetes.io/name": "dump" };
const cronJob = (name: string): JsonObject => ({
  ...{ apiVersion: "batch/v1", kind: "CronJob", metadata: { name, namespace: "shop" } },
  spec: { jobTemplate: { metadata: { labels: { "app.kubernetes.io/name": name } } } },
});
const paramKind = { apiVersion: "batch/v1", kind: "CronJob" };
const like = (matchResources: JsonObject) =>
  binding({ paramRef: { name: "dump", namespace: "shop", parameterNotFoundAction: "Deny" }, matchResources });
const inShop = { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "shop" } } };

export const examples: Examples = {
  good: [
    { title: "all jobs", manifests: [policy(), binding()] },
    {
      title: "jobs that are compared with what makes them, in their namespace",
      manifests: [
        namespace("shop"),
        cronJob("dump"),
        policy(rules(), { paramKind }),
        like({ ...inShop, objectSelector: { matchLabels: labels } }),
      ],
    },
    {
      title: "what was there before is deleted",
      manifests: [
        policy(rules({ operations: ["DELETE"] }), { validations: [{ expression: "has(oldObject.spec)" }] }),
        binding(),
      ],
    },
  ],
  bad: [
    {
      title: "nothing at all",
      manifests: [policy({}), binding()],
      finds: [`${POLICY}.matchConstraints.resourceRules`],
    },
    {
      title: "objects that are deleted, which are not there to be read",
      manifests: [policy(rules({ operations: ["DELETE"] })), binding()],
      finds: [`${POLICY}.matchConstraints.resourceRules[0].operations`],
    },
    {
      title: "objects with some label, of some names, but for exceptions, of one version",
      manifests: [
        policy({
          ...rules({ resourceNames: ["dump"] }),
          excludeResourceRules: [{ resources: ["jobs"] }],
          objectSelector: { matchLabels: { judged: "yes" } },
          matchPolicy: "Exact",
        }),
        binding(),
      ],
      finds: ["resourceRules[0].resourceNames", "excludeResourceRules", "matchPolicy", "objectSelector"].map(
        (name) => `${POLICY}.matchConstraints.${name}`,
      ),
    },
    {
      title: "a binding for objects with some label, of resources of its own",
      manifests: [
        policy(),
        binding({
          matchResources: { objectSelector: { matchLabels: labels }, excludeResourceRules: [{ resources: ["jobs"] }] },
        }),
      ],
      finds: [`${BINDING}.matchResources`, `${BINDING}.matchResources.objectSelector`],
    },
    {
      title: "a binding for no namespace",
      manifests: [
        namespace("shop"),
        policy(),
        binding({ matchResources: { namespaceSelector: { matchLabels: { x: "y" } } } }),
      ],
      finds: [`${BINDING}.matchResources.namespaceSelector`],
    },
    {
      title: "labels that what is compared with does not have",
      manifests: [
        namespace("shop"),
        cronJob("dump"),
        policy(rules(), { paramKind }),
        like({ ...inShop, objectSelector: { matchLabels: { x: "y" } } }),
      ],
      finds: [`${BINDING}.matchResources.objectSelector`],
    },
    {
      title: "labels of what is made from an object that is nowhere",
      manifests: [
        namespace("shop"),
        policy(rules(), { paramKind }),
        like({ ...inShop, objectSelector: { matchLabels: labels } }),
      ],
      finds: [`${BINDING}.matchResources.objectSelector`],
    },
    {
      title: "one that nothing is compared with",
      manifests: [
        namespace("shop"),
        ...["dump", "purge"].map(cronJob),
        policy(rules(), { paramKind }),
        like({ ...inShop, objectSelector: { matchLabels: labels } }),
      ],
      finds: [`${POLICY}.paramKind`],
    },
    {
      title: "something else than what is made from what it compares with",
      manifests: [cronJob("dump"), policy(rules({ resources: ["configmaps"] }), { paramKind }), like({})],
      finds: [`${POLICY}.matchConstraints.resourceRules`],
    },
    {
      title: "some of the namespaces",
      manifests: [
        ...["shop", "pay"].map(namespace),
        policy(rules({ resources: ["namespaces"], operations: ["UPDATE"] })),
        binding({ matchResources: inShop }),
      ],
      finds: ["ValidatingAdmissionPolicy/jobs bindings"],
    },
  ],
  unknown: [
    {
      title: "a binding for what is made from an object of another file",
      isPart: true,
      manifests: [
        namespace("shop"),
        policy(rules(), { paramKind }),
        like({ ...inShop, objectSelector: { matchLabels: labels } }),
      ],
      finds: [`${BINDING}.matchResources.objectSelector`],
    },
    {
      title: "objects that bindings of another file may compare with",
      isPart: true,
      manifests: [
        ...["dump", "purge"].map(cronJob),
        policy(rules(), { paramKind }),
        like({ objectSelector: { matchLabels: labels } }),
      ],
      finds: [`${POLICY}.paramKind`],
    },
  ],
};

const constrained = (title: string, change: (constraints: Loose) => void, name = "jobs-of-operators"): Mutation =>
  onObject(
    "ValidatingAdmissionPolicy",
    title,
    (body) => {
      change(body.spec.matchConstraints);
      return body;
    },
    (object) => object.name === name,
  );
const bound = (title: string, matchResources: JsonObject, name = "jobs-of-operators"): Mutation =>
  onObject(
    "ValidatingAdmissionPolicyBinding",
    title,
    (body) => {
      body.spec.matchResources = { ...body.spec.matchResources, ...matchResources };
      return body;
    },
    (object) => object.name === name,
  );

export const mutations: readonly Mutation[] = [
  constrained("judge nothing", (constraints) => {
    constraints.resourceRules = [];
  }),
  constrained("judge what is deleted", (constraints) => {
    constraints.resourceRules[0].operations = ["DELETE"];
  }),
  constrained("judge objects with a label", (constraints) => {
    constraints.objectSelector = { matchLabels: { judged: "yes" } };
  }),
  constrained("take out what was put in", (constraints) => {
    constraints.excludeResourceRules = constraints.resourceRules;
  }),
  constrained("judge one name", (constraints) => {
    constraints.resourceRules[0].resourceNames = ["dump"];
  }),
  constrained(
    "compare something else",
    (constraints) => {
      constraints.resourceRules[0].resources = ["configmaps"];
    },
    "jobs-like-their-cron-job",
  ),
  bound("bind to objects with a label", { objectSelector: { matchLabels: { judged: "yes" } } }),
  bound("bind to nothing", { namespaceSelector: { matchLabels: { x: "y" } } }, "log-shipper"),
  bound("compare what bears another label", { objectSelector: { matchLabels: { x: "y" } } }, "desktop-backend-dump"),
  onObject(
    "ValidatingAdmissionPolicyBinding",
    "compare nothing with a CronJob",
    () => undefined,
    ({ name }) => name === "desktop-backend-dump",
  ),
];
