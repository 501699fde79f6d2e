import type { Example, Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import type { DeclaredEntrypoint } from "../../model/declaration.ts";

const web: DeclaredEntrypoint = {
  name: "web",
  kind: "web",
  host: "tickets.example.org",
  audience: "internet",
  to: "ticketing/api",
  port: 443,
  health: "/health",
  minimumTls: "1.3",
  loadBalancer: "prd-tkt-web",
};
const clients: DeclaredEntrypoint = {
  ...web,
  name: "clients",
  kind: "pass-through",
  port: 8001,
  loadBalancer: "prd-brk-clients",
};
const declaring = (entrypoint: DeclaredEntrypoint): Pick<Example, "declaration"> => ({
  declaration: {
    services: [
      {
        name: "ticketing",
        entrypoints: [entrypoint],
        ...{ components: [], stores: [], flows: [], egress: [], secrets: [], backups: [] },
      },
    ],
  },
});
const balancer = (name: string, listener: object): Pick<Example, "resources"> => ({
  resources: {
    aws_lb: { own: { name } },
    aws_lb_listener: { own: { load_balancer_arn: "${aws_lb.own.arn}", ...listener } },
  },
});
const from = (ssl_policy: string): Pick<Example, "resources"> =>
  balancer("prd-tkt-web", { protocol: "HTTPS", port: 443, ssl_policy });

export const examples: Examples = {
  good: [
    {
      title: "the listener of the declared load balancer",
      ...from("ELBSecurityPolicy-TLS13-1-3-2021-06"),
      ...declaring(web),
    },
    {
      title: "the distribution of the declared name",
      resources: {
        aws_cloudfront_distribution: {
          web: { aliases: ["tickets.example.org"], viewer_certificate: { minimum_protocol_version: "TLSv1.2_2021" } },
        },
      },
      ...declaring({ ...web, minimumTls: "1.2" }),
    },
    {
      title: "a port passed through as declared",
      ...balancer("prd-brk-clients", { protocol: "TCP", port: 8001 }),
      ...declaring(clients),
    },
  ],
  bad: [
    {
      title: "a listener that also speaks TLS 1.2",
      ...from("ELBSecurityPolicy-TLS13-1-2-Res-2021-06"),
      ...declaring(web),
      finds: ["aws_lb_listener.own ssl_policy"],
    },
    {
      title: "no listener at the declared load balancer",
      ...balancer("prd-tkt-other", { protocol: "HTTPS", port: 443, ssl_policy: "ELBSecurityPolicy-TLS13-1-3-2021-06" }),
      ...declaring(web),
      finds: ["ticketing/web entrypoint web"],
    },
    {
      title: "another port passed through",
      ...balancer("prd-brk-clients", { protocol: "TCP", port: 8002 }),
      ...declaring(clients),
      finds: ["ticketing/clients entrypoint clients"],
    },
  ],
  unknown: [
    {
      title: "a policy that a variable names",
      ...from("${var.policy}"),
      ...declaring(web),
      finds: ["aws_lb_listener.own ssl_policy"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_lb_listener", "begin at TLS 1.0", (each) =>
    each.protocol === "HTTPS" ? { ...each, ssl_policy: "ELBSecurityPolicy-TLS13-1-0-2021-06" } : each,
  ),
  onResource("aws_lb_listener", "pass another port through", (each) =>
    each.protocol === "TCP" ? { ...each, port: 8002 } : each,
  ),
  onResource("aws_lb_listener", "end TLS where it must pass through", (each) =>
    each.protocol === "TCP" ? { ...each, protocol: "TLS" } : each,
  ),
  onResource("aws_lb_listener", "drop a listener", (each) => (each.protocol === "HTTPS" ? undefined : each)),
];
