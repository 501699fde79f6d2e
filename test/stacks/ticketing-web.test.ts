import { beforeAll, describe, expect, test } from "vitest";
import { api, site } from "../../services/products/ticketing/components.ts";
import { ticketing } from "../../services/products/ticketing.ts";
import { type Stack, synthesizeEstate } from "../support/estate.ts";
import { resourceOf } from "./policies.ts";

/** The public entrypoint of ticketing in production, against what its product file declares. */

let stack: Stack;
beforeAll(() => {
  stack = synthesizeEstate("production").stack("production", "ticketing");
});

type Statement = Readonly<Record<string, unknown>>;
interface Rule {
  readonly name: string;
  readonly statement: Statement;
}
const rules = (): readonly Rule[] => stack.one("aws_wafv2_web_acl").args.rule;

/** The path patterns that a statement of the web firewall names, as a product file writes them. */
function paths(statement: unknown): readonly string[] {
  if (typeof statement !== "object" || statement === null) return [];
  return Object.entries(statement).flatMap(([kind, inner]) =>
    kind === "byte_match_statement"
      ? [`${inner.search_string}${inner.positional_constraint === "STARTS_WITH" ? "*" : ""}`]
      : paths(inner),
  );
}

/** The statements that an `and_statement` joins. */
const conditions = (joined: unknown): readonly Statement[] =>
  (joined as { readonly statement: readonly Statement[] } | undefined)?.statement ?? [];

describe("the web firewall of ticketing", () => {
  test("answers 429 to a client above the declared rate of a class, or above the flood limit [TKT-1.2]", () => {
    const limits = rules().flatMap(({ name, statement, ...rest }) => {
      const rate = statement["rate_based_statement"] as Statement | undefined;
      if (rate === undefined) return [];
      expect(rest).toMatchObject({ action: { block: { custom_response: { response_code: 429 } } } });
      const { limit, evaluation_window_sec, aggregate_key_type, scope_down_statement } = rate;
      return [{ name, limit, evaluation_window_sec, aggregate_key_type, paths: paths(scope_down_statement) }];
    });
    const rule = (name: string, limit: number, of: readonly string[]) => ({
      name: `rate-${name}`,
      limit,
      evaluation_window_sec: 300,
      aggregate_key_type: "IP",
      paths: of,
    });

    expect(limits).toEqual([
      rule("auth", 5 * 300, ["/api/auth/*"]),
      rule("tickets", 20 * 300, ["/api/tickets", "/api/tickets/*"]),
      rule("files", 5 * 300, ["/api/files/*"]),
      // Over all paths: what the widest class lets one client do.
      rule("flood", 30 * 300, []),
    ]);
    const classes = site.routes.filter(({ paths: of }) => !of.includes("/*"));
    expect(limits).toEqual([
      ...classes.map((route) => rule(route.class, (route.rate.requests * 300) / route.rate.per, route.paths)),
      rule("flood", site.flood, []),
    ]);
  });

  test("admits a body larger than the 8 KiB it inspects on the paths that declare one, and on no other", () => {
    const [size] = rules().filter(({ name }) => name === "body-size");
    const [label, exception] = conditions(size?.statement["and_statement"]);
    const uploads = site.routes.filter(({ body = site.body }) => body > 8 * 1024).flatMap((route) => route.paths);

    expect(uploads).toEqual(["/api/tickets", "/api/tickets/*", "/api/files/*"]);
    expect(size).toMatchObject({ action: { block: { custom_response: { response_code: 413 } } } });
    expect(label).toEqual({
      label_match_statement: { scope: "LABEL", key: "awswaf:managed:aws:core-rule-set:SizeRestrictions_Body" },
    });
    expect(Object.keys(exception ?? {})).toEqual(["not_statement"]);
    expect(paths(exception)).toEqual(uploads);
  });

  test("only counts what the product file accepts, each in its managed group", () => {
    const counted = rules().flatMap(({ statement }) => {
      const group = statement["managed_rule_group_statement"] as
        | { name: string; rule_action_override: readonly { name: string }[] }
        | undefined;
      return group === undefined ? [] : group.rule_action_override.map((override) => [group.name, override.name]);
    });

    expect(counted).toEqual([
      // Refused by a rule of ours: the one above.
      ["AWSManagedRulesCommonRuleSet", "SizeRestrictions_BODY"],
      ["AWSManagedRulesCommonRuleSet", "CrossSiteScripting_BODY"],
      ["AWSManagedRulesCommonRuleSet", "GenericRFI_BODY"],
      ["AWSManagedRulesSQLiRuleSet", "SQLi_BODY"],
    ]);
  });

  test("stands before the load balancer", () => {
    expect(stack.one("aws_wafv2_web_acl_association").args).toMatchObject({
      resource_arn: "${aws_lb.web-balancer_lb.arn}",
      web_acl_arn: "${aws_wafv2_web_acl.web-acl_acl.arn}",
    });
  });
});

describe("the load balancer of ticketing", () => {
  test("answers 404 to requests for /metrics before it hands on all others of its name", () => {
    const host = { host_header: { values: ["tickets.example.org"] } };
    const found = stack
      .all("aws_lb_listener_rule")
      .map(({ args: { listener_arn, priority, condition, action } }) => ({ listener_arn, priority, condition, action }))
      .sort((one, other) => one.priority - other.priority);
    const listener_arn = "${aws_lb_listener.web-balancer_https.arn}";

    expect(found).toEqual([
      {
        listener_arn,
        priority: 10,
        condition: [host, { path_pattern: { values: ["/metrics", "/metrics/*"] } }],
        action: [
          {
            type: "fixed-response",
            fixed_response: { content_type: "text/plain", message_body: "not found", status_code: "404" },
          },
        ],
      },
      {
        listener_arn,
        priority: 100,
        condition: [host],
        action: [{ type: "forward", target_group_arn: "${aws_lb_target_group.web-targets_group.arn}" }],
      },
    ]);
  });

  test("speaks TLS 1.2 or newer, as the entrypoint declares", () => {
    expect(site.minimumTls).toBe("1.2");
    expect(resourceOf(stack, "aws_lb_listener.web-balancer_https").ssl_policy).toBe(
      "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    );
  });

  test("hands requests to every host of the API on its HTTPS port, and asks each for its health", () => {
    const attached = stack.all("aws_lb_target_group_attachment").map(({ args }) => [args.target_id, args.port]);

    expect(api.zones).toBe(2);
    expect(attached).toEqual([
      ["${aws_instance.api-a_host.id}", 443],
      ["${aws_instance.api-b_host.id}", 443],
    ]);
    expect(stack.one("aws_lb_target_group").args).toMatchObject({
      port: 443,
      protocol: "HTTPS",
      health_check: { path: "/health", protocol: "HTTPS", matcher: "200" },
    });
  });

  test("stands in the public subnets of all zones, in the security group of the entrypoint", () => {
    const { security_groups, subnets, internal, idle_timeout } = stack.one("aws_lb").args;

    expect({ security_groups, subnets, internal, idle_timeout }).toEqual({
      security_groups: ["${aws_security_group.web_group.id}"],
      subnets: ["a", "b", "c"].map(
        (zone) => `\${data.terraform_remote_state.network.outputs.subnetIds["public-${zone}"]}`,
      ),
      internal: false,
      idle_timeout: 60,
    });
  });
});

test("Every part of ticketing with an address of its own has a security group of its own", () => {
  const parts = [...ticketing.entrypoints, ...ticketing.components, ...ticketing.stores].map(({ name }) => name);
  const groups = stack.all("aws_security_group").map(({ args }) => args.tags.Name);

  expect(parts.sort()).toEqual(["api", "database", "redis", "uploads", "web", "worker"]);
  expect(groups.sort()).toEqual(parts.map((name) => `prd-tkt-${name}`));
});

describe("the alarms of ticketing's entrypoint", () => {
  const alarm = (name: string) => resourceOf(stack, `aws_cloudwatch_metric_alarm.web-${name}-alarm_alarm`);
  const told = { alarm_actions: ["${data.terraform_remote_state.observability.outputs.alarmTopicArn}"] };

  test("ring when more than 1 % of the answers are 5xx for 10 minutes", () => {
    const { period, stat } = alarm("errors").metric_query[1].metric;

    expect(alarm("errors")).toMatchObject({
      ...told,
      threshold: 1,
      comparison_operator: "GreaterThanThreshold",
      evaluation_periods: 2,
      datapoints_to_alarm: 2,
      metric_query: [
        { expression: "IF(whole >= 50, 100 * FILL(part, 0) / whole, 0)", return_data: true },
        { id: "part", metric: { metric_name: "HTTPCode_Target_5XX_Count" } },
        { id: "whole", metric: { metric_name: "RequestCount" } },
      ],
    });
    expect({ period, stat }).toEqual({ period: 300, stat: "Sum" });
  });

  test("ring when fewer hosts are healthy than there are", () => {
    expect(alarm("targets")).toMatchObject({
      ...told,
      metric_name: "HealthyHostCount",
      statistic: "Minimum",
      comparison_operator: "LessThanThreshold",
      threshold: api.zones,
      treat_missing_data: "breaching",
    });
  });

  test("ring when the load balancer itself answers more than ten requests a minute with 5xx", () => {
    expect(alarm("balancer")).toMatchObject({
      ...told,
      metric_name: "HTTPCode_ELB_5XX_Count",
      statistic: "Sum",
      period: 60,
      comparison_operator: "GreaterThanThreshold",
      threshold: 10,
    });
  });
});
