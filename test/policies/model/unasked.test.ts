import { expect, test } from "vitest";
import type { Document, RawResource } from "../../../policies/model/terraform/document.ts";
import { providerDefaults } from "../../../policies/model/terraform/provider-defaults.ts";
import { unaskedIn, unaskedOfProvider } from "../../../policies/model/terraform/unasked.ts";

/** What a plan says and its configuration does not ask for. Whole plans are in artefacts/edited-plans.test.ts. */

const state: Document = {
  ...{
    kind: "configuration",
    environment: "dev",
    stack: "site",
    source: "site",
    settings: {},
    outputs: {},
    locals: {},
  },
  ...{ resources: [], data: new Map(), variables: {} },
  providers: new Map([["aws", { region: "eu-central-1", default_tags: [{ tags: { owner: "a" } }] }]]),
};
const vpc = (module: string, attributes: RawResource["attributes"] = {}): RawResource => ({
  ...{ address: `${module}aws_vpc.a`, type: "aws_vpc", name: "a", module, provider: undefined, attributes },
});
const elsewhere = { region: "us-east-1", tags_all: { owner: "b" } };

test("a resource of a module has region and tags of the provider that its caller gives it", () => {
  expect(unaskedOfProvider(vpc(""), vpc("", elsewhere), state)).toEqual([
    { way: "tags_all.owner", value: "b" },
    { way: "region", value: "us-east-1" },
  ]);
  expect(unaskedOfProvider(vpc("module.m."), vpc("module.m.", elsewhere), state)).toEqual([]);
});

test("defaults are those of the type, whatever their texts hold", () => {
  const asked = (type: string) => unaskedIn(type, { action: {} }, { action: [{ host: "#{host}" }] }, undefined);

  expect(providerDefaults.get("aws_security_group")).toEqual(
    new Map([["description", new Set(["Managed by Terraform"])]]),
  );
  expect(asked("aws_lb_listener_rule")).toEqual([]);
  expect(asked("aws_vpc")).toEqual([{ way: "action.host", value: "#{host}" }]);
});

test("of resources of other providers nobody knows the defaults", () => {
  expect(unaskedIn("kubernetes_pod", {}, { wait_for_rollout: true }, undefined)).toEqual([]);
});
