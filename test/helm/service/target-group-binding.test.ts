import { expect, test } from "vitest";
import { names, refusal, render, the } from "./support/render.ts";
import { ARN, minimal, withEdge } from "./support/values.ts";

/** Pods as targets of load balancers that Terraform owns. */

test("leads to a port of a component's pods, and leaves security groups to Terraform", async () => {
  expect(the(await render(withEdge), "TargetGroupBinding", "web")).toMatchObject({
    apiVersion: "eks.amazonaws.com/v1",
    metadata: { namespace: "records" },
  });
  expect(the(await render(withEdge), "TargetGroupBinding", "web").spec).toEqual({
    targetGroupARN: ARN,
    targetType: "ip",
    serviceRef: { name: "edge", port: 8443 },
  });
});

test("is not there without an entrypoint", async () => {
  expect(names(await render(minimal), "TargetGroupBinding")).toEqual([]);
});

test("fails when its component or port is unknown", async () => {
  const group = { name: "prd-rec-web", component: "edge", port: "web" };
  const arns = { targetGroupArns: { web: ARN } };

  expect(await refusal({ ...withEdge, ...arns, targetGroups: { web: { ...group, component: "front" } } })).toEqual([
    "targetGroups/web/component: must be a component (api, edge), got front",
  ]);
  expect(await refusal({ ...withEdge, ...arns, targetGroups: { web: { ...group, port: "http" } } })).toEqual([
    "targetGroups/web/port: must be a port of edge (metrics, web), got http",
  ]);
});

test("fails when the ARN is missing, of another group, account or region", async () => {
  const rule =
    "targetGroupArns/web: must be arn:aws:elasticloadbalancing:eu-central-1:333333333333:targetgroup/prd-rec-web/<id>, got";
  const others = [
    ARN.replace("prd-rec-web", "stg-rec-web"),
    ARN.replace("333333333333", "222222222222"),
    ARN.replace("eu-central-1", "eu-west-1"),
  ];

  expect(await refusal({ ...withEdge, targetGroupArns: {} })).toEqual([`${rule} nothing`]);
  for (const other of others) {
    expect(await refusal({ ...withEdge, targetGroupArns: { web: other } })).toEqual([`${rule} ${other}`]);
  }
});

test("fails when an ARN is of no entrypoint, or none at all", async () => {
  expect(await refusal({ ...withEdge, targetGroupArns: { web: ARN, admin: ARN } })).toEqual([
    `targetGroupArns/admin: must be of an entrypoint (web), got ${ARN}`,
  ]);
  const [line] = await refusal({ ...withEdge, targetGroupArns: { web: "prd-rec-web" } });
  expect(line).toContain("at '/targetGroupArns/web': 'prd-rec-web' does not match pattern");
});
