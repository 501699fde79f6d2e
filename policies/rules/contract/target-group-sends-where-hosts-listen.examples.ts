import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation, onResource } from "../../engine/mutation.ts";
import type { DeclaredService } from "../../model/declaration.ts";
import type { JsonObject } from "../../model/json.ts";

const TARGET = "aws_lb_target_group_attachment.a";
const group = (changes: JsonObject = {}, attachment: JsonObject = { port: 443 }): JsonObject => ({
  aws_instance: { a: { private_ip: "10.0.1.4", tags: { Name: "web-a" } } },
  aws_lb_target_group: { web: { port: 443, protocol: "HTTPS", health_check: { protocol: "HTTPS" }, ...changes } },
  aws_lb_target_group_attachment: {
    a: { target_group_arn: "${aws_lb_target_group.web.arn}", target_id: "${aws_instance.a.id}", ...attachment },
  },
});
const host = (listen: string) => ({
  "web-a": { "/etc/nginx/nginx.conf": `http { server { listen ${listen}; } server { listen 127.0.0.1:8000; } }` },
});
const shop: DeclaredService = {
  ...{ name: "shop", stores: [], entrypoints: [], flows: [], egress: [], secrets: [], backups: [] },
  components: [
    {
      ...{ name: "web", kind: "hosts", why: "" },
      hosts: [{ name: "web-a", address: "10.0.1.4", zone: "", subnet: "", domain: "", machine: "" }],
      ports: [{ name: "web", port: 3000, protocol: "tcp", transport: "tls", purpose: "service" }],
    },
  ],
};

export const examples: Examples = {
  good: [
    { title: "NGINX where the load balancer sends", resources: group(), hosts: host("10.0.1.4:443 ssl") },
    {
      title: "connections passed on as they are",
      resources: group({ protocol: "TCP", health_check: {} }),
      hosts: host("443 ssl"),
    },
    {
      title: "the group's port, of a program without NGINX",
      resources: group({ port: 3000 }, {}),
      hosts: { "web-a": {} },
      declaration: { services: [shop] },
    },
    { title: "a host whose files are not shown", resources: group() },
    {
      title: "the PROXY protocol where hosts await it, and only so addresses of clients",
      resources: group({
        ...{ protocol: "TCP", target_type: "instance", health_check: {} },
        ...{ proxy_protocol_v2: true, preserve_client_ip: "false" },
      }),
      hosts: host("443 ssl proxy_protocol"),
      declaration: { services: [shop] },
    },
  ],
  bad: [
    { title: "another port", resources: group(), hosts: host("8443 ssl"), finds: [`${TARGET} port`] },
    {
      title: "a port on loopback",
      resources: group({}, { port: 8000 }),
      hosts: host("443 ssl"),
      finds: [`${TARGET} port`],
    },
    { title: "HTTPS to clear text", resources: group(), hosts: host("443"), finds: [`${TARGET} port`] },
    {
      title: "health asked where nobody listens",
      resources: group({ health_check: { protocol: "HTTPS", port: "8080" } }),
      hosts: host("443 ssl"),
      finds: ["aws_lb_target_group.web health_check.port"],
    },
    {
      title: "the PROXY protocol where nobody awaits it",
      resources: group({ protocol: "TCP", health_check: {}, proxy_protocol_v2: true }),
      hosts: host("443 ssl"),
      finds: ["aws_lb_target_group.web proxy_protocol_v2"],
    },
    {
      title: "none where hosts await it, of a load balancer that cannot speak it either",
      resources: group(),
      hosts: host("443 ssl proxy_protocol"),
      finds: ["aws_lb_target_group.web proxy_protocol_v2"],
    },
    {
      title: "addresses of clients, which firewalls of hosts do not admit",
      resources: group({ protocol: "TCP", health_check: {}, target_type: "instance" }),
      hosts: host("443 ssl"),
      declaration: { services: [shop] },
      finds: ["aws_lb_target_group.web preserve_client_ip"],
    },
    {
      title: "a port that is not declared",
      resources: group(),
      hosts: { "web-a": {} },
      declaration: { services: [shop] },
      finds: [`${TARGET} port`],
    },
  ],
  unknown: [
    {
      title: "a variable decides on the port",
      resources: group({}, { port: "${var.port}" }),
      finds: [`${TARGET} port`],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_lb_target_group_attachment", "send to another port", (each) => ({ ...each, port: 8444 })),
  onResource(
    "aws_lb_target_group",
    "speak in clear with hosts",
    (each) => ({ ...each, protocol: "HTTP" }),
    ({ attributes }) => attributes["target_type"] === "instance" && attributes["protocol"] === "HTTPS",
  ),
  onResource(
    "aws_lb_target_group",
    "ask for health elsewhere",
    (each) => ({ ...each, health_check: { ...each.health_check, port: "8444" } }),
    ({ attributes }) => attributes["target_type"] === "instance",
  ),
  onResource("aws_lb_target_group", "send no PROXY protocol", (each) =>
    each.proxy_protocol_v2 === true ? { ...each, proxy_protocol_v2: false } : each,
  ),
  onResource("aws_lb_target_group", "pass on addresses of clients", (each) =>
    each.protocol === "TCP" ? { ...each, preserve_client_ip: "true" } : each,
  ),
  inFile(/\/nginx\//, "listen on another port", /listen ([\d.]+:)?443 ssl/g, "listen $1444 ssl"),
];
