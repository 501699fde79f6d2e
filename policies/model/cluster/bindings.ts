import { type Estate, kind } from "../estate.ts";
import { known } from "../value.ts";
import { Fields } from "./fields.ts";
import { type Named, named, objectsOf } from "./objects.ts";

const RBAC = "rbac.authorization.k8s.io";

export interface BoundSubject {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
}

/** A RoleBinding or a ClusterRoleBinding. */
export interface Binding extends Named {
  /** Whether it holds in all namespaces. */
  readonly everywhere: boolean;
  readonly role: { readonly kind: string; readonly name: string };
  readonly subjects: readonly BoundSubject[];
}

export const bindings = kind<Binding>("binding", (estate) =>
  ["RoleBinding", "ClusterRoleBinding"].flatMap((type) =>
    objectsOf(estate, type, RBAC).map((manifest) => {
      const body = new Fields(manifest.body);
      const role = body.in("roleRef").raw;
      return {
        ...named(manifest),
        everywhere: type === "ClusterRoleBinding",
        role: { kind: String(role["kind"]), name: String(role["name"]) },
        subjects: body.list("subjects").map(({ raw }) => ({
          kind: String(raw["kind"]),
          name: String(raw["name"]),
          namespace: typeof raw["namespace"] === "string" ? raw["namespace"] : undefined,
        })),
      };
    }),
  ),
);

/** What a role lets do. */
export interface Grant {
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly names: readonly string[];
  readonly urls: readonly string[];
}

/** A Role or a ClusterRole. */
export interface Role extends Named {
  readonly kind: string;
  readonly grants: readonly Grant[];
  /** Whether it is put together from whatever ClusterRoles bear some label. */
  readonly aggregates: boolean;
}

export const roles = kind<Role>("role", (estate) =>
  ["Role", "ClusterRole"].flatMap((type) =>
    objectsOf(estate, type, RBAC).map((manifest) => {
      const body = new Fields(manifest.body);
      return {
        ...named(manifest),
        kind: type,
        grants: body.list("rules").map((rule) => ({
          groups: rule.texts("apiGroups"),
          resources: rule.texts("resources"),
          verbs: rule.texts("verbs"),
          names: rule.texts("resourceNames"),
          urls: rule.texts("nonResourceURLs"),
        })),
        aggregates: body.has("aggregationRule"),
      };
    }),
  ),
);

/** Groups that access entries of EKS give; nothing where no Terraform shows any. */
export function enteredGroups({ terraform }: Estate): ReadonlySet<string> | undefined {
  const entries = terraform.ofType("aws_eks_access_entry");
  if (entries.length === 0) return undefined;
  return new Set(entries.flatMap(({ block }) => known(block.texts("kubernetes_groups")) ?? []).map(String));
}
