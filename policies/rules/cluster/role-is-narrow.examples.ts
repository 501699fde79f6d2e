import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { object } from "./examples/workloads.ts";

const RBAC = "rbac.authorization.k8s.io/v1";
const role = (rule: JsonObject, kind = "Role"): JsonObject => object(RBAC, kind, "web", { rules: [rule] });
const core = (resources: readonly string[], verbs: readonly string[], rest: JsonObject = {}): JsonObject => ({
  apiGroups: [""],
  resources,
  verbs,
  ...rest,
});
const ADMISSION = "admissionregistration.k8s.io/v1";
const guard = (validationActions: readonly string[], failurePolicy = "Fail"): readonly JsonObject[] => [
  object(ADMISSION, "ValidatingAdmissionPolicy", "jobs", {
    spec: {
      failurePolicy,
      matchConstraints: {
        resourceRules: [{ apiGroups: ["batch"], apiVersions: ["v1"], operations: ["CREATE"], resources: ["jobs"] }],
      },
      validations: [{ expression: "false" }],
    },
  }),
  object(ADMISSION, "ValidatingAdmissionPolicyBinding", "jobs", { spec: { policyName: "jobs", validationActions } }),
];
const starts = { apiGroups: ["batch"], resources: ["jobs"], verbs: ["create"] };
const AT = "Role/shop/web rules[0]";

export const examples: Examples = {
  good: [
    {
      title: "pods are listed, and one secret is read",
      manifests: [
        role(core(["pods", "ingresses", "networkpolicies"], ["get", "list"])),
        role(core(["secrets"], ["get"], { resourceNames: ["web"] })),
      ],
    },
    { title: "jobs are started, and judged before", manifests: [role(starts), ...guard(["Deny"])] },
  ],
  bad: [
    {
      title: "everything",
      manifests: [role({ apiGroups: ["*"], resources: ["*"], verbs: ["*"] })],
      finds: [`${AT}.apiGroups`, `${AT}.resources`, `${AT}.verbs`],
    },
    {
      title: "all of one resource, and every page of the API",
      manifests: [role(core(["pods/*"], ["get"], { nonResourceURLs: ["/*"] }), "ClusterRole")],
      finds: ["ClusterRole/shop/web rules[0].resources", "ClusterRole/shop/web rules[0].nonResourceURLs"],
    },
    {
      title: "any secret",
      manifests: [role(core(["secrets"], ["get", "list"]))],
      finds: [`${AT}.resources`, `${AT}.resourceNames`],
    },
    {
      title: "a way into pods and tokens",
      manifests: [role(core(["pods/exec", "serviceaccounts/token"], ["create"]))],
      finds: [`${AT}.resources`, `${AT}.resources`],
    },
    {
      title: "the way around the API to nodes, and addresses of others",
      manifests: [role(core(["nodes/proxy"], ["get"])), role(core(["services/status"], ["patch"]), "ClusterRole")],
      finds: [`${AT}.resources`, "ClusterRole/shop/web rules[0].resources"],
    },
    {
      title: "a role that grants itself more",
      manifests: [
        role({
          apiGroups: ["rbac.authorization.k8s.io"],
          resources: ["clusterrolebindings"],
          verbs: ["create", "bind", "escalate"],
        }),
      ],
      finds: [`${AT}.verbs`, `${AT}.verbs`, `${AT}.resources`],
    },
    { title: "somebody else's name", manifests: [role(core(["users"], ["impersonate"]))], finds: [`${AT}.verbs`] },
    {
      title: "webhooks and certificates",
      manifests: [
        role({
          apiGroups: ["x"],
          resources: ["mutatingwebhookconfigurations", "certificatesigningrequests/approval"],
          verbs: ["update"],
        }),
      ],
      finds: [`${AT}.resources`, `${AT}.resources`],
    },
    {
      title: "what closes the network, certificates of anybody, ways in, secrets and roles of AWS",
      manifests: [
        role({
          apiGroups: ["x"],
          resources: [
            ...["networkpolicies", "ciliumnetworkpolicies", "certificates", "targetgroupbindings", "ingresses"],
            ...["secretproviderclasses", "serviceaccounts", "resourcequotas"],
          ],
          verbs: ["patch"],
        }),
      ],
      finds: Array.from({ length: 8 }, () => `${AT}.resources`),
    },
    { title: "jobs that nobody judges", manifests: [role(starts), ...guard(["Audit"])], finds: [`${AT}.verbs`] },
    {
      title: "jobs that are judged only where that works",
      manifests: [role(starts), ...guard(["Deny"], "Ignore")],
      finds: [`${AT}.verbs`],
    },
    {
      title: "whatever roles say that bear a label",
      manifests: [object(RBAC, "ClusterRole", "web", { aggregationRule: {} })],
      finds: ["ClusterRole/shop/web aggregationRule"],
    },
  ],
  unknown: [
    {
      title: "by itself, what judges jobs in another file",
      isPart: true,
      manifests: [role(starts)],
      finds: [`${AT}.verbs`],
    },
  ],
};

const withRule = (title: string, rule: JsonObject): Mutation =>
  onObject("ClusterRole", title, (body) => ({ ...body, rules: [...body.rules, rule] }));

export const mutations: readonly Mutation[] = [
  withRule("grant everything", { apiGroups: ["*"], resources: ["*"], verbs: ["*"] }),
  withRule("grant all secrets", core(["secrets"], ["get", "list", "watch"])),
  withRule("grant a way into pods", core(["pods/exec"], ["create"])),
  withRule("grant impersonation", core(["groups"], ["impersonate"])),
  withRule("grant the network", core(["networkpolicies"], ["delete"])),
  withRule("grant bare pods", core(["deployments"], ["create"])),
  onObject("ClusterRole", "widen a verb", (body) => ({ ...body, rules: [{ ...body.rules[0], verbs: ["*"] }] })),
];
