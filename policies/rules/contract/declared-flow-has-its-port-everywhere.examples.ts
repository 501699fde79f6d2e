import type { Example, Examples } from "../../engine/example.ts";
import { type Loose, type Mutation, onObject, onResource } from "../../engine/mutation.ts";
import type { DeclaredFlow, DeclaredPart, DeclaredService } from "../../model/declaration.ts";
import type { Manifest } from "../../model/estate.ts";
import type { JsonObject } from "../../model/json.ts";
import { deployment, LABELS, object } from "../cluster/examples/workloads.ts";

const FLOW = "shop/web->db:5432";
const part = (name: string, kind: string, address?: string): DeclaredPart => ({
  ...{ name, kind, why: "", ports: [] },
  hosts: address === undefined ? [] : [{ name, address, zone: "", subnet: "", domain: "", machine: "" }],
});
const flow = (changes: Partial<DeclaredFlow> = {}): DeclaredFlow => ({
  ...{ id: FLOW, from: "shop/web", to: "shop/db", protocol: "tcp", transport: "tls", why: "", origin: "service" },
  ...{ ports: [5432], ...changes },
});
const shop = (flows: readonly DeclaredFlow[]): DeclaredService => ({
  name: "shop",
  components: [part("web", "pods"), part("db", "hosts", "10.0.1.4")],
  ...{ stores: [], entrypoints: [], flows, egress: [], secrets: [], backups: [] },
});
const rule = (group: string, port: number): JsonObject => ({
  ...{
    security_group_id: `\${aws_security_group.${group}.id}`,
    referenced_security_group_id: "${aws_security_group.nodes.id}",
  },
  ...{ ip_protocol: "tcp", from_port: port, to_port: port },
});
const terraform = (egress = 5432, ingress = 5432): JsonObject => ({
  aws_vpc: { main: { cidr_block: "10.0.0.0/16" } },
  aws_subnet: { app: { vpc_id: "${aws_vpc.main.id}", cidr_block: "10.0.1.0/24", tags: { Name: "app" } } },
  aws_security_group: {
    nodes: { vpc_id: "${aws_vpc.main.id}", tags: { Name: "nodes" } },
    db: { vpc_id: "${aws_vpc.main.id}" },
  },
  aws_vpc_security_group_egress_rule: { out: rule("nodes", egress) },
  aws_vpc_security_group_ingress_rule: { in: rule("db", ingress) },
  aws_instance: {
    db: {
      subnet_id: "${aws_subnet.app.id}",
      private_ip: "10.0.1.4",
      vpc_security_group_ids: ["${aws_security_group.db.id}"],
      tags: { Name: "db" },
    },
  },
});
const nodeClass: JsonObject = {
  apiVersion: "eks.amazonaws.com/v1",
  kind: "NodeClass",
  metadata: { name: "shop" },
  spec: { subnetSelectorTerms: [{ tags: { Name: "app" } }], securityGroupSelectorTerms: [{ tags: { Name: "nodes" } }] },
};
const policy = (port: number): JsonObject =>
  object("networking.k8s.io/v1", "NetworkPolicy", "web", {
    spec: {
      podSelector: { matchLabels: LABELS },
      policyTypes: ["Ingress", "Egress"],
      egress: [{ ports: [{ port, endPort: port }] }],
    },
  });
const example = (
  title: string,
  egress: number,
  ingress: number,
  policed: number,
  finds: readonly string[],
): Example => ({
  title,
  resources: terraform(egress, ingress),
  manifests: [deployment(), nodeClass, policy(policed)],
  declaration: { services: [shop([flow()])] },
  finds,
});

export const examples: Examples = {
  good: [
    example("one port on all the way", 5432, 5432, 5432, []),
    {
      title: "from outside, where nobody has a firewall of ours",
      resources: terraform(),
      declaration: { services: [shop([flow({ from: "outside/clients" })])] },
    },
  ],
  bad: [
    example("another port out of the nodes", 5433, 5432, 5432, ["NodeClass/shop tcp 5432 egress"]),
    example("another port into the database", 5432, 5433, 5432, ["aws_instance.db tcp 5432 ingress"]),
    example("another port out of the pods", 5432, 5432, 5433, ["Deployment/shop/web tcp 5432 egress"]),
    {
      ...example("an end that is nowhere", 5432, 5432, 5432, [`${FLOW} shop/mail ingress`]),
      declaration: { services: [shop([flow({ to: "shop/mail" })])] },
    },
  ],
  unknown: [],
};

const shift = (rule: Loose): Loose => ({ ...rule, from_port: rule.from_port + 1, to_port: rule.to_port + 1 });
/** Of etcd, which nothing else speaks with: one rule out and one in. */
const isOfEtcd = ({ attributes }: { readonly attributes: JsonObject }): boolean => attributes["from_port"] === 2379;
const isOfBackend = ({ name, namespace }: Manifest): boolean => namespace === "desktop-backend" && name === "backend";

export const mutations: readonly Mutation[] = [
  onResource("aws_vpc_security_group_egress_rule", "open another port out", shift, isOfEtcd),
  onResource("aws_vpc_security_group_ingress_rule", "open another port in", shift, isOfEtcd),
  onResource("aws_vpc_security_group_ingress_rule", "drop a way in", () => undefined, isOfEtcd),
  onObject(
    "NetworkPolicy",
    "let pods out to another port",
    (body) => {
      for (const each of body.spec.egress) for (const port of each.ports) if (port.port > 1024) port.port += 1;
      return body;
    },
    isOfBackend,
  ),
  onObject(
    "NetworkPolicy",
    "let another port in",
    (body) => {
      for (const each of body.spec.ingress) for (const port of each.ports) port.port += 1;
      return body;
    },
    isOfBackend,
  ),
];
