import { describe, expect, test } from "vitest";
import { flow } from "../../../services/define.ts";
import { faultsAfter } from "./faults-after.ts";
import { change, type Fixture } from "./fixture.ts";

const cases: readonly (readonly [title: string, edit: (parts: Fixture) => void, faults: readonly string[]])[] = [
  [
    "a flow does not say why",
    ({ service }) => {
      change(service.flows[0] ?? {}, { why: "needed" });
    },
    ['shop-system/flows/edge->shop:8443/why: must say why, in at least 8 characters, got "needed"'],
  ],
  [
    "a flow's reason is empty",
    ({ service }) => {
      change(service.flows[0] ?? {}, { why: " " });
    },
    ['shop-system/flows/edge->shop:8443/why: must say why, in at least 8 characters, got " "'],
  ],
  [
    "EC2 would refuse the reason",
    ({ service }) => {
      change(service.flows[0] ?? {}, { why: "hands requests on -> shop & more" });
    },
    [
      'shop-system/flows/edge->shop:8443/why: must be letters, digits, spaces and ._-:/()#,@[]+=;{}!$*: EC2 takes no other in a rule\'s description, got ">" "&"',
    ],
  ],
  [
    "a rule's description would be too long",
    ({ service }) => {
      change(service.flows[0] ?? {}, { why: "w".repeat(230) });
    },
    [
      "shop-system/flows/edge->shop:8443/why: must leave a rule's description within 255 characters, got 272 characters",
    ],
  ],
  [
    "clear text leaves the host",
    ({ gate, books, service }) => {
      change(service, { flows: [...service.flows, flow(gate, books.listens.mysql, "reads the books")] });
    },
    [
      "shop-system/flows/gate->books:3306/to: must be encrypted: loopback is for callers on the same host, got books/mysql without TLS",
    ],
  ],
  [
    "clear text leaves the pod",
    ({ shop, report, service }) => {
      change(service, { flows: [...service.flows, flow(report, shop.listens.app, "asks the shop")] });
    },
    [
      "shop-system/flows/report->shop:8000/to: must be encrypted: loopback is for callers on the same host, got shop/app without TLS",
    ],
  ],
  [
    "a service of the hypervisor is declared",
    ({ service }) => {
      change(service.flows[0]?.to ?? {}, { transport: "link-local" });
    },
    [
      "shop-system/flows/edge->shop:8443/to: must not be a service of the hypervisor: the platform gives those, got shop/web",
      "shop-system/components/shop/probes/startup/on: must be a listener that the kubelet can reach: TLS without client certificate, got web (link-local)",
      "shop-system/components/shop/probes/readiness/on: must be a listener that the kubelet can reach: TLS without client certificate, got web (link-local)",
      "shop-system/components/shop/probes/liveness/on: must be a listener that the kubelet can reach: TLS without client certificate, got web (link-local)",
    ],
  ],
  [
    "a component scrapes metrics",
    ({ ledger, shop, service }) => {
      change(service, { flows: [...service.flows, flow(ledger, shop.listens.metrics, "reads figures")] });
    },
    ["shop-system/flows/ledger->shop:9102/to: must not be a metrics port: only the platform scrapes, got shop/metrics"],
  ],
  [
    "a component calls a peer port",
    ({ database, shop, service }) => {
      change(service, { flows: [...service.flows, flow(shop, database.listens.rest, "asks for the primary")] });
    },
    [
      "shop-system/flows/shop->database:8008/to: must not be a peer port: members of a store reach each other without being declared, got database/rest",
    ],
  ],
  [
    "a component calls itself",
    ({ shop, service }) => {
      change(service, { flows: [...service.flows, flow(shop, shop.listens.web, "calls itself")] });
    },
    [
      "shop-system/flows/shop->shop:8443: must lead to another component, or to the same on other hosts, got shop to itself",
    ],
  ],
  [
    "paths are given for callers without certificate",
    ({ service }) => {
      change(service.flows[0] ?? {}, { paths: ["orders"] });
    },
    [
      "shop-system/flows/edge->shop:8443/paths: must be absent unless the listener knows its callers by certificate, got a listener with tls",
      'shop-system/flows/edge->shop:8443/paths: must begin with "/", got "orders"',
    ],
  ],
  [
    "egress goes to an address",
    ({ service }) => {
      change(service.egress[0] ?? {}, { domain: "192.0.2.1" });
    },
    [
      'shop-system/egress/shop->192.0.2.1:443/domain: must be a lower-case domain of at least two labels, or *. and one: the firewall matches names, not addresses, got "192.0.2.1"',
    ],
  ],
  [
    "egress goes to a label",
    ({ service }) => {
      change(service.egress[0] ?? {}, { domain: "localhost" });
    },
    [
      'shop-system/egress/shop->localhost:443/domain: must be a lower-case domain of at least two labels, or *. and one: the firewall matches names, not addresses, got "localhost"',
    ],
  ],
  [
    "egress has a wildcard in the middle",
    ({ service }) => {
      change(service.egress[0] ?? {}, { domain: "api.*.example.com" });
    },
    [
      'shop-system/egress/shop->api.*.example.com:443/domain: must be a lower-case domain of at least two labels, or *. and one: the firewall matches names, not addresses, got "api.*.example.com"',
    ],
  ],
  [
    "egress goes to AWS",
    ({ service }) => {
      change(service.egress[0] ?? {}, { domain: "s3.eu-central-1.amazonaws.com" });
    },
    [
      'shop-system/egress/shop->s3.eu-central-1.amazonaws.com:443/domain: must not be an AWS service: those are reached by the platform\'s endpoints, got "s3.eu-central-1.amazonaws.com"',
    ],
  ],
  [
    "egress takes another port",
    ({ service }) => {
      change(service.egress[0] ?? {}, { port: 8443 });
    },
    [
      "shop-system/egress/shop->api.carrier.example.com:8443/port: must be 443: the firewall reads the name in TLS; mail leaves by endpoints.mail, got 8443",
    ],
  ],
  [
    "egress leaves the DMZ",
    ({ gate, service }) => {
      change(service.egress[0] ?? {}, { from: gate });
    },
    [
      'shop-system/egress/gate->api.carrier.example.com:443/from: must stand in tier app: dmz has no way to the internet, got "gate"',
    ],
  ],
  [
    "egress leaves the data tier",
    ({ database, service }) => {
      change(service.egress[0] ?? {}, { from: database });
    },
    [
      'shop-system/egress/database->api.carrier.example.com:443/from: must stand in tier app: data has no way to the internet, got "database"',
    ],
  ],
  [
    "a component is in no flow",
    ({ gate, site, service }) => {
      change(service, { flows: service.flows.filter(({ from }) => from !== gate), entrypoints: [site] });
    },
    ["shop-system/components/gate: must be in a flow, an egress, an entrypoint or a job, got none"],
  ],
  [
    "a store is reached by nobody",
    ({ redis, service }) => {
      change(service, { flows: service.flows.filter(({ to }) => to !== redis.listens.redis) });
    },
    ["shop-system/stores/redis: must be reached by somebody, got nobody"],
  ],
  [
    "nobody has rights at a bucket",
    ({ service }) => {
      change(service, { access: [] });
    },
    ["shop-system/stores/pictures: must be reached by somebody, got nobody"],
  ],
];

describe("validateCatalogue: flows", () => {
  test.each(cases)("fails when %s", (_title, edit, faults) => {
    // When
    const found = faultsAfter(edit);
    // Then
    expect(found).toEqual(faults);
  });
});
