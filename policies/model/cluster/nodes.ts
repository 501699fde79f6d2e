import { type Estate, kind } from "../estate.ts";
import { isUnknown, Unknown, type Value } from "../value.ts";
import type { Fields } from "./fields.ts";
import { type Named, named, objectsOf } from "./objects.ts";

/** What nodes are made of: a NodeClass of EKS Auto Mode, or an EC2NodeClass of Karpenter. */
export interface NodeClass extends Named {
  readonly kind: string;
  /** The name of the role of its nodes. */
  readonly role: Value<string> | undefined;
  /** Whether nodes get public addresses; absent: as their subnet says. */
  readonly isPublic: Value<boolean> | undefined;
  /** The key of their disks; of Karpenter's each volume has its own. */
  readonly diskKeys: readonly (Value<string> | undefined)[];
  readonly subnets: readonly Fields[];
  readonly groups: readonly Fields[];
  /** Auto Mode always demands a token, one hop away. */
  readonly tokens: Value<string>;
  readonly hops: Value<number>;
}

export const nodeClasses = kind<NodeClass>("NodeClass", (estate) => [
  ...objectsOf(estate, "NodeClass", "eks.amazonaws.com").map((manifest): NodeClass => {
    const object = named(manifest);
    const { spec } = object;
    return {
      ...object,
      kind: "NodeClass",
      role: spec.text("role"),
      isPublic: spec.in("advancedNetworking").flag("associatePublicIPAddress"),
      diskKeys: [spec.in("ephemeralStorage").text("kmsKeyID")],
      subnets: spec.list("subnetSelectorTerms"),
      groups: spec.list("securityGroupSelectorTerms"),
      tokens: "required",
      hops: 1,
    };
  }),
  ...objectsOf(estate, "EC2NodeClass", "karpenter.k8s.aws").map((manifest): NodeClass => {
    const object = named(manifest);
    const { spec } = object;
    const disks = spec.list("blockDeviceMappings").map((each) => each.in("ebs"));
    return {
      ...object,
      kind: "EC2NodeClass",
      role: spec.text("role"),
      isPublic: spec.flag("associatePublicIPAddress"),
      diskKeys: disks.length === 0 ? [undefined] : disks.map((each) => each.text("kmsKeyID")),
      subnets: spec.list("subnetSelectorTerms"),
      groups: spec.list("securityGroupSelectorTerms"),
      // Karpenter documentation, EC2NodeClass, spec.metadataOptions.
      tokens: spec.in("metadataOptions").text("httpTokens") ?? "required",
      hops: spec.in("metadataOptions").number("httpPutResponseHopLimit") ?? 1,
    };
  }),
]);

/** A NodePool of Karpenter. Times in hours. */
export interface NodePool extends Named {
  readonly limits: ReadonlyMap<string, string>;
  /** Absent: 720 h; `Never`. */
  readonly expires: Value<number> | "never";
  readonly grace: Value<string> | undefined;
  readonly nodeClass: { readonly kind: string; readonly name: string };
  /** Budgets that hold at all times, by how many nodes they let go. */
  readonly alwaysLets: readonly string[];
}

export const nodePools = kind<NodePool>("NodePool", (estate: Estate) =>
  objectsOf(estate, "NodePool", "karpenter.sh").map((manifest) => {
    const object = named(manifest);
    const { spec } = object;
    const node = spec.in("template", "spec");
    const reference = node.in("nodeClassRef").raw;
    const budgets = spec.in("disruption").list("budgets");
    return {
      ...object,
      limits: spec.map("limits"),
      expires: expiry(node),
      grace: node.text("terminationGracePeriod"),
      nodeClass: { kind: String(reference["kind"]), name: String(reference["name"]) },
      alwaysLets: budgets
        .filter((each) => !each.has("schedule") && !each.has("reasons"))
        .map(({ raw }) => String(raw["nodes"])),
    };
  }),
);

function expiry(node: Fields): NodePool["expires"] {
  const text = node.text("expireAfter") ?? "720h";
  if (isUnknown(text)) return text;
  if (text === "Never") return "never";
  const hours = /^(\d+)h$/.exec(text)?.[1];
  return hours === undefined ? new Unknown(text) : Number(hours);
}
