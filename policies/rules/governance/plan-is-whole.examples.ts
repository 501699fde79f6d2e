import type { Examples } from "../../engine/example.ts";
import { type Mutation, onState } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const plan = (more: JsonObject) => ({
  stacks: { plan: { format_version: "1.2", planned_values: { root_module: {} }, ...more } },
});

/** A bucket, as both places of a plan tell of it. */
const told = (planned: JsonObject, after: JsonObject) => {
  const bucket = { address: "aws_s3_bucket.a", mode: "managed", type: "aws_s3_bucket", name: "a" };
  return plan({
    planned_values: { root_module: { resources: [{ ...bucket, values: planned }] } },
    resource_changes: [{ ...bucket, change: { actions: ["create"], before: null, after } }],
  });
};

/** A plan of a state that holds these resources, in the root and in a module, and what it does to some. */
const there = (resources: readonly JsonObject[], changes: readonly JsonObject[] = []) =>
  plan({
    complete: true,
    resource_changes: [...changes],
    prior_state: { values: { root_module: { child_modules: [{ address: "module.a", resources: [...resources] }] } } },
  });

export const examples: Examples = {
  good: [
    {
      title: "a plan of what is there: one goes, one has another address now, and one is only read",
      ...there(
        [
          { address: "aws_s3_bucket.gone", mode: "managed" },
          { address: "aws_s3_bucket.old", mode: "managed" },
          { address: "data.aws_ami.a", mode: "data" },
        ],
        [
          {
            address: "aws_s3_bucket.gone",
            mode: "managed",
            type: "aws_s3_bucket",
            name: "gone",
            change: { actions: ["delete"], before: {}, after: null },
          },
          {
            address: "aws_s3_bucket.new",
            previous_address: "aws_s3_bucket.old",
            mode: "managed",
            type: "aws_s3_bucket",
            name: "new",
            change: { actions: ["no-op"], before: {}, after: {} },
          },
        ],
      ),
    },
    { title: "a plan of everything", ...plan({ complete: true, errored: false }) },
    {
      title: "a plan of an older Terraform, or of OpenTofu, which says nothing of it",
      ...plan({ resource_changes: [] }),
    },
    {
      title: "a plan that says the same in both places, in whatever order",
      ...told({ bucket: "a", tags: { a: "1", b: "2" } }, { tags: { b: "2", a: "1" }, bucket: "a" }),
    },
  ],
  bad: [
    { title: "a plan that failed", ...plan({ complete: false, errored: true }), finds: ["plan plan"] },
    {
      title: "a plan whose changes say another thing than its values",
      ...told({ bucket: "a", force_destroy: false }, { bucket: "a", force_destroy: true }),
      finds: ["aws_s3_bucket.a plan"],
    },
  ],
  unknown: [
    {
      title: "a bucket whose number nobody knows yet",
      ...plan({
        complete: false,
        deferred_changes: [
          {
            reason: "instance_count_unknown",
            resource_change: {
              address: "aws_s3_bucket.a[*]",
              mode: "managed",
              type: "aws_s3_bucket",
              name: "a",
              change: { actions: ["create"], before: null, after: {}, after_unknown: { bucket: true } },
            },
          },
        ],
      }),
      finds: ["aws_s3_bucket.a[*] plan"],
    },
    {
      title: "a bucket that is there, and of which nothing is said: somebody cut its deletion",
      ...there([{ address: "module.a.aws_s3_bucket.b", mode: "managed", type: "aws_s3_bucket", name: "b" }]),
      finds: ["module.a.aws_s3_bucket.b plan"],
    },
    { title: "a plan of one resource (-target)", ...plan({ complete: false }), finds: ["plan plan"] },
  ],
};

export const mutations: readonly Mutation[] = [
  onState("take a plan that puts a resource off", (state) => ({
    ...state,
    kind: "plan",
    gaps: [{ address: "aws_s3_bucket.a", reason: "deferred: resource_config_unknown", isFault: false }],
  })),
  onState("take a plan of some resources alone", (state) => ({
    ...state,
    kind: "plan",
    gaps: [{ address: undefined, reason: "not complete", isFault: false }],
  })),
];
