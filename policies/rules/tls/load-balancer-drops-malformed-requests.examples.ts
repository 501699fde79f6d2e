import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";

const balancer = (more: object) => ({ aws_alb: { web: { load_balancer_type: "application", ...more } } });

export const examples: Examples = {
  good: [
    {
      title: "a load balancer that drops both",
      resources: balancer({ drop_invalid_header_fields: true, desync_mitigation_mode: "strictest" }),
    },
    { title: "the mode as it is by default", resources: balancer({ drop_invalid_header_fields: "true" }) },
  ],
  bad: [
    {
      title: "headers as they are by default",
      resources: balancer({}),
      finds: ["aws_alb.web drop_invalid_header_fields"],
    },
    {
      title: "addresses of clients as clients say them",
      resources: balancer({ drop_invalid_header_fields: true, xff_header_processing_mode: "preserve" }),
      finds: ["aws_alb.web xff_header_processing_mode"],
    },
    {
      title: "ambiguous requests that are only counted",
      resources: balancer({ drop_invalid_header_fields: true, desync_mitigation_mode: "monitor" }),
      finds: ["aws_alb.web desync_mitigation_mode"],
    },
  ],
  unknown: [
    {
      title: "a variable that decides",
      resources: balancer({ drop_invalid_header_fields: "${var.strict}" }),
      finds: ["aws_alb.web drop_invalid_header_fields"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_lb", "pass headers on that are not valid", (each) =>
    each.drop_invalid_header_fields === true ? { ...each, drop_invalid_header_fields: false } : each,
  ),
  onResource("aws_lb", "say nothing of headers", (each) =>
    each.drop_invalid_header_fields === true ? { ...each, drop_invalid_header_fields: null } : each,
  ),
  onResource("aws_lb", "let clients say who they are", (each) =>
    each.load_balancer_type === "application" ? { ...each, xff_header_processing_mode: "preserve" } : each,
  ),
  onResource("aws_lb", "only count ambiguous requests", (each) =>
    each.load_balancer_type === "application" ? { ...each, desync_mitigation_mode: "monitor" } : each,
  ),
];
