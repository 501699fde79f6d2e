import { beforeAll, describe, expect, test } from "vitest";
import { type SynthesizedEstate, synthesizeEstate } from "../../support/estate.ts";
import { type ClusterObject, givenIn, labelsOf, objectIn, render } from "./support/render.ts";

/** Nodes of a service: what is asked of them, and that Terraform made what they name. */

let objects: readonly ClusterObject[];
beforeAll(async () => {
  objects = await render(givenIn("production"));
});

test("a node class names role, subnets, group and key of its service, and lets network policies decide", () => {
  expect(objectIn(objects, "NodeClass", "student-allocation")).toEqual({
    apiVersion: "eks.amazonaws.com/v1",
    kind: "NodeClass",
    metadata: { name: "student-allocation", labels: labelsOf("student-allocation") },
    spec: {
      role: "prd-plt-nodes",
      subnetSelectorTerms: ["a", "b", "c"].map((zone) => ({
        tags: { Name: `prd-plt-network-app-student-allocation-${zone}` },
      })),
      securityGroupSelectorTerms: [{ tags: { Name: "prd-alc-nodes" } }],
      networkPolicy: "DefaultAllow",
      networkPolicyEventLogs: "Enabled",
      ephemeralStorage: { size: "154Gi", kmsKeyID: "alias/prd-alc-data" },
      advancedNetworking: { associatePublicIPAddress: false },
      advancedSecurity: { kernelLockdown: "integrity" },
      tags: {
        Name: "prd-alc-node",
        service: "student-allocation",
        environment: "production",
        owner: "education",
        "data-classification": "personal",
      },
    },
  });
});

test("a node pool has arm64 instances on demand, gives them up one at a time, and has an end", () => {
  expect(objectIn(objects, "NodePool", "student-allocation")).toEqual({
    apiVersion: "karpenter.sh/v1",
    kind: "NodePool",
    metadata: { name: "student-allocation", labels: labelsOf("student-allocation") },
    spec: {
      template: {
        metadata: {
          labels: { "platform.example.org/owner": "education", "platform.example.org/data": "personal" },
        },
        spec: {
          nodeClassRef: { group: "eks.amazonaws.com", kind: "NodeClass", name: "student-allocation" },
          requirements: [
            { key: "kubernetes.io/arch", operator: "In", values: ["arm64"] },
            { key: "karpenter.sh/capacity-type", operator: "In", values: ["on-demand"] },
            { key: "eks.amazonaws.com/instance-category", operator: "In", values: ["c", "m", "r"] },
            { key: "eks.amazonaws.com/instance-generation", operator: "Gt", values: ["6"] },
            { key: "eks.amazonaws.com/instance-cpu", operator: "In", values: ["2", "4", "8", "16"] },
            { key: "eks.amazonaws.com/instance-local-nvme", operator: "DoesNotExist" },
            { key: "eks.amazonaws.com/instance-encryption-in-transit-supported", operator: "In", values: ["true"] },
          ],
          expireAfter: "336h",
          terminationGracePeriod: "7200s",
        },
      },
      disruption: {
        consolidationPolicy: "WhenEmptyOrUnderutilized",
        consolidateAfter: "15m",
        budgets: [
          { nodes: "1" },
          { nodes: "0", reasons: ["Underutilized", "Drifted"], schedule: "0 4 * * *", duration: "16h" },
        ],
      },
      limits: { cpu: "50", memory: "400Gi" },
    },
  });
});

interface NodeClass {
  readonly role: string;
  readonly subnetSelectorTerms: readonly { readonly tags: { readonly Name: string } }[];
  readonly securityGroupSelectorTerms: readonly { readonly tags: { readonly Name: string } }[];
  readonly ephemeralStorage: { readonly kmsKeyID: string };
}

describe.each(["dev", "staging", "production"])("what Terraform makes in %s", (environment) => {
  let estate: SynthesizedEstate;
  let classes: readonly (readonly [service: string, spec: NodeClass])[];
  beforeAll(async () => {
    estate = synthesizeEstate(environment);
    const rendered = await render(givenIn(environment));
    classes = rendered
      .filter(({ kind }) => kind === "NodeClass")
      .map(({ metadata, spec }) => [metadata.name, spec as NodeClass] as const);
    expect(classes.length).toBe(3);
  });

  test("has the subnets of each node class, and each service has no others", () => {
    const named = estate
      .stack(environment, "network")
      .all("aws_subnet")
      .map(({ args }): string => args.tags.Name);
    for (const [service, { subnetSelectorTerms }] of classes) {
      const selected = subnetSelectorTerms.map(({ tags }) => tags.Name);
      expect(selected).toEqual(named.filter((name) => name.includes(`-app-${service}-`)));
      expect(selected.length).toBe(3);
    }
  });

  test("has the group of each node class, once in the environment", () => {
    const named = estate.stacks.flatMap((stack) =>
      stack.all("aws_security_group").map(({ args }): readonly [string, string] => [stack.name, args.tags.Name]),
    );
    for (const [service, { securityGroupSelectorTerms }] of classes) {
      const [selected] = securityGroupSelectorTerms.map(({ tags }) => tags.Name);
      expect(named.filter(([, name]) => name === selected)).toEqual([[service, selected]]);
    }
  });

  test("has the key of each node class, and admits the cluster to it", () => {
    for (const [service, { ephemeralStorage }] of classes) {
      const aliases = estate
        .stack(environment, service)
        .all("aws_kms_alias")
        .map(({ args }): string => args.name);
      expect(aliases).toContain(ephemeralStorage.kmsKeyID);
      expect(JSON.stringify(estate.stack(environment, "cluster").json)).toContain(ephemeralStorage.kmsKeyID);
    }
  });

  test("has the role of nodes, which the cluster knows", () => {
    const stack = estate.stack(environment, "cluster");
    const roles = stack.all("aws_iam_role").map(({ args }): string => args.name);
    for (const [, { role }] of classes) expect(roles).toContain(role);
    const [cluster] = stack.all("aws_eks_cluster");
    expect(cluster?.args.name).toBe(givenIn(environment).values.cluster);
    expect(cluster?.args.version).toBe(givenIn(environment).values.kubernetesVersion);
  });
});
