import { describe, expect, test } from "vitest";
import { type Given, givenIn, render } from "./support/render.ts";

/** What the chart does not take, and what it says. */

type Change = (given: Given) => unknown;

/** The real values of production with one change, as YAML would have it. */
function changed(change: Change) {
  const given = structuredClone(givenIn("production"));
  change(given);
  return given;
}

/** Sets what lies at a path, or takes it away. */
function put(path: readonly string[], value?: unknown): Change {
  return (given) => {
    const parents = path.slice(0, -1);
    const last = path.at(-1) ?? "";
    const parent = parents.reduce<unknown>(
      (object, key) => (object as Readonly<Record<string, unknown>>)[key],
      given,
    ) as Record<string, unknown>;
    if (value === undefined) delete parent[last];
    else parent[last] = value;
  };
}

const service = ["values", "services", "student-allocation"];
const schema: readonly (readonly [string, Change, string])[] = [
  ["an unknown key", put(["values", "privileged"], true), "additional properties 'privileged' not allowed"],
  [
    "an unknown key of nodes",
    put([...service, "nodes", "instanceProfile"], "x"),
    "at '/services/student-allocation/nodes': additional properties 'instanceProfile' not allowed",
  ],
  ["no overlay", put(["overlay"], {}), "missing properties 'internalAuthorityArn', 'images'"],
  [
    "a tag instead of a digest",
    put(["overlay", "images"], { "platform/log-shipper": "1.12.0" }),
    "at '/images/platform~1log-shipper': '1.12.0' does not match pattern '^sha256:[0-9a-f]{64}$'",
  ],
  [
    "an image with a tag",
    put(["values", "logShipper", "image"], "platform/log-shipper:1"),
    "at '/logShipper/image': 'platform/log-shipper:1' does not match pattern",
  ],
  [
    "Loki in the clear",
    put(["values", "logShipper", "endpoint"], "http://loki:3100"),
    "at '/logShipper/endpoint': 'http://loki:3100' does not match pattern '^https://",
  ],
  [
    "a port by name, which the agent of nodes does not know",
    put(
      ["values", "logShipper", "egress"],
      [{ to: [{ ipBlock: { cidr: "10.0.0.1/32" } }], ports: [{ protocol: "TCP", port: "push" }] }],
    ),
    "at '/logShipper/egress/0/ports/0/port': got string, want integer",
  ],
  [
    "the whole internet",
    put(
      ["values", "logShipper", "egress"],
      [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: [{ protocol: "TCP", port: 443 }] }],
    ),
    "at '/logShipper/egress/0/to/0/ipBlock/cidr': '0.0.0.0/0' does not match pattern",
  ],
  [
    "a key by anything but its alias",
    put([...service, "nodes", "volumeKey"], "aws/ebs"),
    "at '/services/student-allocation/nodes/volumeKey': 'aws/ebs' does not match pattern '^alias/",
  ],
  [
    "nodes without subnets",
    put([...service, "nodes", "subnets"], []),
    "at '/services/student-allocation/nodes/subnets': minItems: got 0, want 1",
  ],
  [
    "a node that never goes",
    put([...service, "nodes", "drainSeconds"], 700_000),
    "at '/services/student-allocation/nodes/drainSeconds': maximum: got 700,000, want 604,800",
  ],
  [
    "a class of data that nobody knows",
    put([...service, "data"], "secret"),
    "at '/services/student-allocation/data': value must be one of 'internal', 'confidential', 'personal'",
  ],
  [
    "a job that may be started some other way",
    put([...service, "startable", "api-keys"], "always"),
    "at '/services/student-allocation/startable/api-keys': value must be one of 'as-it-stands', 'with-arguments'",
  ],
  [
    "another kind of authority",
    put(["overlay", "internalAuthorityArn"], "arn:aws:acm:eu-central-1:333333333333:certificate/0"),
    "at '/internalAuthorityArn': 'arn:aws:acm:eu-central-1:333333333333:certificate/0' does not match pattern",
  ],
];

describe("the schema refuses", () => {
  test.each(schema)("%s", async (_, change, expected) => {
    await expect(render(changed(change))).rejects.toThrow(expected);
  });
});

const rules: readonly (readonly [string, Change, string])[] = [
  [
    "a log shipper without a digest",
    put(["overlay", "images"], { "platform/edge": `sha256:${"0".repeat(64)}` }),
    "images/platform/log-shipper: must have the digest of logShipper.image, got platform/edge",
  ],
  [
    "a service without an end",
    put([...service, "quota", "requests.memory"]),
    "services/student-allocation/quota/requests.memory: must be there, or the service has no end, got limits.memory, persistentvolumeclaims, pods, requests.cpu, services.loadbalancers, services.nodeports",
  ],
  [
    "a tag that Karpenter keeps for itself",
    put([...service, "nodes", "tags", "karpenter.sh/nodepool"], "x"),
    "services/student-allocation/nodes/tags: must not have those of AWS, EKS and Karpenter, got karpenter.sh/nodepool",
  ],
  [
    "a service with a name of the platform's own",
    (given) => put(["values", "services", "default"], given.values.services["student-allocation"])(given),
    "services/default: must not be a name of the platform's own: default, log-shipper, platform",
  ],
];

describe("the chart refuses", () => {
  test.each(rules)("%s", async (_, change, expected) => {
    await expect(render(changed(change))).rejects.toThrow(expected);
  });

  test("another namespace than its own", async () => {
    await expect(render(givenIn("production"), "default")).rejects.toThrow("namespace: must be platform, got default");
  });

  test("with all faults at once", async () => {
    const both = changed((given) => {
      put(["overlay", "images"], {})(given);
      put([...service, "quota", "pods"])(given);
    });
    await expect(render(both)).rejects.toThrow(
      /images\/platform\/log-shipper: [^\n]*got none\n\s*services\/student-allocation\/quota\/pods: /,
    );
  });
});
