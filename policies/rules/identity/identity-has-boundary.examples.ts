import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";

const boundary = "arn:aws:iam::111111111111:policy/boundary";
const found = ["aws_iam_role.api permissions_boundary"];
const role = (permissions_boundary?: string) => ({
  aws_iam_role: { api: { name: "api", ...(permissions_boundary === undefined ? {} : { permissions_boundary }) } },
});

export const examples: Examples = {
  good: [
    { title: "a role within the boundary", resources: role(boundary) },
    {
      title: "the boundary stands in the same state",
      resources: { ...role("${aws_iam_policy.boundary.arn}"), aws_iam_policy: { boundary: { name: "boundary" } } },
    },
    {
      title: "a permission set with a boundary of its own resource",
      resources: {
        aws_ssoadmin_permission_set: { people: { name: "people" } },
        aws_ssoadmin_permissions_boundary_attachment: {
          people: {
            permission_set_arn: "${aws_ssoadmin_permission_set.people.arn}",
            permissions_boundary: { customer_managed_policy_reference: { name: "boundary" } },
          },
        },
      },
    },
  ],
  bad: [
    { title: "a role without one", resources: role(), finds: found },
    {
      title: "a user without one",
      resources: { aws_iam_user: { mail: { name: "mail" } } },
      finds: ["aws_iam_user.mail permissions_boundary"],
    },
    {
      title: "a boundary that bounds nothing",
      resources: role("arn:aws:iam::aws:policy/AdministratorAccess"),
      finds: found,
    },
  ],
  unknown: [{ title: "a variable names it", resources: role("${var.boundary}"), finds: found }],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_iam_role", "drop a role's boundary", ({ permissions_boundary, ...rest }) => rest),
  onResource("aws_iam_user", "drop a user's boundary", ({ permissions_boundary, ...rest }) => rest),
  onResource("aws_iam_role", "take AdministratorAccess as boundary", (each) =>
    each.permissions_boundary === undefined
      ? each
      : { ...each, permissions_boundary: "arn:aws:iam::aws:policy/AdministratorAccess" },
  ),
];
