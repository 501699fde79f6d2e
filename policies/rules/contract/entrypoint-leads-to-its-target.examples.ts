import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import type { DeclaredService } from "../../model/declaration.ts";
import type { JsonObject } from "../../model/json.ts";

const AT = "aws_lb_target_group.web";
const shop: DeclaredService = {
  ...{ name: "shop", components: [], stores: [], flows: [], egress: [], secrets: [], backups: [] },
  entrypoints: [
    {
      ...{ name: "web", kind: "web", host: "shop.example.org", audience: "internet", to: "shop/edge", port: 8443 },
      ...{ health: "/health", minimumTls: "1.2", loadBalancer: "shop-web" },
    },
  ],
};
const all = { declaration: { services: [shop] } };
const balancer = (check: JsonObject = {}, group: JsonObject = {}): JsonObject => ({
  aws_lb: { web: { name: "shop-web" } },
  aws_lb_listener: {
    https: {
      load_balancer_arn: "${aws_lb.web.arn}",
      default_action: [{ type: "forward", target_group_arn: "${aws_lb_target_group.web.arn}" }],
    },
  },
  aws_lb_target_group: {
    web: { port: 8443, protocol: "HTTPS", health_check: { path: "/health", protocol: "HTTPS", ...check }, ...group },
  },
});

export const examples: Examples = {
  good: [
    { title: "the declared port and page", resources: balancer(), ...all },
    {
      title: "a load balancer that passes through and asks for a connection",
      resources: balancer({ protocol: "TCP", path: undefined }),
      ...all,
    },
  ],
  bad: [
    { title: "nobody behind it", ...all, finds: ["shop/web entrypoint web"] },
    { title: "another port", resources: balancer({}, { port: 443 }), ...all, finds: [`${AT} port`] },
    {
      title: "the first page, by default",
      resources: balancer({ path: undefined }),
      ...all,
      finds: [`${AT} health_check.path`],
    },
    {
      title: "health asked of another port, and not at all",
      resources: balancer({ port: "9113", enabled: false }),
      ...all,
      finds: [`${AT} health_check.port`, `${AT} health_check.enabled`],
    },
  ],
  unknown: [
    {
      title: "a variable decides on the port",
      resources: balancer({}, { port: "${var.port}" }),
      ...all,
      finds: [`${AT} port`],
    },
  ],
};

const inCheck = (title: string, change: JsonObject): Mutation =>
  onResource("aws_lb_target_group", title, (group) => ({
    ...group,
    health_check: { ...group.health_check, ...change },
  }));

export const mutations: readonly Mutation[] = [
  onResource("aws_lb_target_group", "send to another port", (group) => ({ ...group, port: group.port + 1 })),
  inCheck("ask another page", { path: "/status" }),
  inCheck("ask another port", { port: "9113" }),
  onResource("aws_lb_target_group", "drop a target group", () => undefined),
];
