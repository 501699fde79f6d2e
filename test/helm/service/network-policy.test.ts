import { expect, test } from "vitest";
import { names, refusal, render, the } from "./support/render.ts";
import { job, minimal, withApi } from "./support/values.ts";

/** What pods may be asked by and may ask. */

const network = {
  ingress: [
    {
      from: [
        { podSelector: { matchLabels: { "app.kubernetes.io/name": "edge", "app.kubernetes.io/part-of": "records" } } },
      ],
      ports: [{ protocol: "TCP", port: 8443 }],
    },
  ],
  egress: [
    {
      to: [
        {
          ipBlock: {
            cidr: "0.0.0.0/0",
            except: ["10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"],
          },
        },
      ],
      ports: [{ protocol: "TCP", port: 443 }],
    },
    { to: [{ ipBlock: { cidr: "172.20.0.10/32" } }], ports: [{ protocol: "UDP", port: 53 }] },
  ],
};

test("admits what the values say, in both directions, for all pods of the component", async () => {
  const objects = await render(withApi({ network, deploy: "blue-green" }));

  expect(names(objects, "NetworkPolicy")).toEqual(["api"]);
  expect(the(objects, "NetworkPolicy", "api").spec).toEqual({
    podSelector: { matchLabels: { "app.kubernetes.io/name": "api", "app.kubernetes.io/part-of": "records" } },
    policyTypes: ["Ingress", "Egress"],
    ...network,
  });
});

test("selects the pods of every workload", async () => {
  const objects = await render({ ...minimal, jobs: { dump: job } });

  expect(names(objects, "NetworkPolicy")).toEqual(["api", "dump"]);
  const { podSelector } = the(objects, "NetworkPolicy", "dump").spec;
  const { labels } = the(objects, "CronJob", "dump").spec.jobTemplate.spec.template.metadata;
  expect(labels).toMatchObject(podSelector.matchLabels);
});

test("without a rule it denies both directions", async () => {
  const { spec } = the(await render(minimal), "NetworkPolicy", "api");

  expect([spec.policyTypes, spec.ingress, spec.egress]).toEqual([["Ingress", "Egress"], [], []]);
});

test.each([
  ["no peer", { ports: [{ protocol: "TCP", port: 1 }] }, "missing property 'from'"],
  ["no port", { from: [{ ipBlock: { cidr: "10.0.0.0/8" } }] }, "missing property 'ports'"],
  ["an empty list of peers", { from: [], ports: [{ protocol: "TCP", port: 1 }] }, "minItems: got 0, want 1"],
  [
    "a selector of everybody",
    { from: [{ podSelector: {} }], ports: [{ protocol: "TCP", port: 1 }] },
    "missing property 'matchLabels'",
  ],
  [
    "a misspelt peer",
    { from: [{ podselector: { matchLabels: { a: "b" } } }], ports: [{ protocol: "TCP", port: 1 }] },
    "additional properties 'podselector' not allowed",
  ],
  [
    "an address block beside a selector",
    {
      from: [{ ipBlock: { cidr: "10.0.0.0/8" }, podSelector: { matchLabels: { a: "b" } } }],
      ports: [{ protocol: "TCP", port: 1 }],
    },
    "at '/components/api/network/ingress/0/from/0/podSelector': false schema",
  ],
])("fails when a rule has %s", async (_, rule, message) => {
  const api = { ...minimal.components["api"], network: { ingress: [rule], egress: [] } };

  const lines = await refusal({ ...minimal, components: { api } });

  expect(lines.join("\n")).toContain("'/components/api/network/ingress/0");
  expect(lines.join("\n")).toContain(message);
});
