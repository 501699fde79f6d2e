import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { object } from "./examples/workloads.ts";

const RBAC = "rbac.authorization.k8s.io/v1";
const role = (resources: readonly string[]): JsonObject =>
  object(RBAC, "ClusterRole", "reader", { rules: [{ apiGroups: [""], resources, verbs: ["get"] }] });
const binding = (changes: JsonObject = {}, kind = "RoleBinding"): JsonObject =>
  object(RBAC, kind, "web", {
    roleRef: { kind: "ClusterRole", name: "reader" },
    subjects: [{ kind: "Group", name: "shop:operators" }],
    ...changes,
  });
const AT = "RoleBinding/shop/web";

export const examples: Examples = {
  good: [
    { title: "a group, and a role that is shown", manifests: [role(["pods"]), binding()] },
    { title: "what may only be looked at", manifests: [binding({ roleRef: { kind: "ClusterRole", name: "view" } })] },
  ],
  bad: [
    {
      title: "all of the cluster",
      manifests: [binding({ roleRef: { kind: "ClusterRole", name: "cluster-admin" } })],
      finds: [`${AT} roleRef.name`],
    },
    {
      title: "everybody who is logged in",
      manifests: [role(["pods"]), binding({ subjects: [{ kind: "Group", name: "system:authenticated" }] })],
      finds: [`${AT} subjects[system:authenticated]`],
    },
    {
      title: "every pod that has no account of its own",
      manifests: [
        role(["pods"]),
        binding({ subjects: [{ kind: "ServiceAccount", name: "default", namespace: "shop" }] }),
      ],
      finds: [`${AT} subjects[default]`],
    },
    {
      title: "a person, where groups are let in",
      resources: { aws_eks_access_entry: { operators: { kubernetes_groups: ["shop:operators"] } } },
      manifests: [role(["pods"]), binding(), binding({ subjects: [{ kind: "User", name: "eve" }] })],
      finds: [`${AT} subjects[eve]`],
    },
    { title: "nobody", manifests: [role(["pods"]), binding({ subjects: [] })], finds: [`${AT} subjects`] },
    {
      title: "secrets of all namespaces",
      manifests: [role(["secrets"]), binding({}, "ClusterRoleBinding")],
      finds: ["ClusterRoleBinding/shop/web roleRef.name"],
    },
  ],
  unknown: [
    { title: "a role is not shown", manifests: [binding()], finds: [`${AT} roleRef.name`] },
    {
      title: "a group that nobody is let in with",
      resources: { aws_eks_access_entry: { operators: { kubernetes_groups: ["pay:operators"] } } },
      manifests: [role(["pods"]), binding()],
      finds: [`${AT} subjects[shop:operators]`],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onObject("RoleBinding", "bind a group of nobody", (body) => ({
    ...body,
    subjects: [{ kind: "Group", name: "platform:everybody" }],
  })),
  onObject("RoleBinding", "bind a person", (body) => ({ ...body, subjects: [{ kind: "User", name: "eve" }] })),
  onObject("RoleBinding", "bind cluster-admin", (body) => ({
    ...body,
    roleRef: { ...body.roleRef, name: "cluster-admin" },
  })),
  onObject("RoleBinding", "bind a role of another place", (body) => ({
    ...body,
    roleRef: { ...body.roleRef, name: "elsewhere" },
  })),
  onObject("RoleBinding", "bind whoever asks", (body) => ({
    ...body,
    subjects: [...body.subjects, { kind: "User", name: "system:anonymous" }],
  })),
  onObject("RoleBinding", "bind the default account", (body) => ({
    ...body,
    subjects: [{ kind: "ServiceAccount", name: "default" }],
  })),
];
