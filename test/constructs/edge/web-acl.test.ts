import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { describe, expect, it } from "vitest";
import { WebAcl, type WebAclProps } from "../../../constructs/edge/web-acl.ts";
import { synth } from "../../support/synth.ts";

const props: WebAclProps = {
  name: "shop-web",
  protects: { arn: "arn:lb" },
  rateClasses: [
    { name: "auth", paths: ["/api/Auth/*"], limit: 100, windowSeconds: 60 },
    { name: "all", limit: 2000, windowSeconds: 300 },
  ],
  logs: { name: "aws-waf-logs-shop", arn: "arn:logs" },
};
const synthWith = (changed: Partial<WebAclProps> = {}) =>
  synth((scope) => void new WebAcl(scope, "web-acl", { ...props, ...changed }));
const rules = (changed: Partial<WebAclProps> = {}) => synthWith(changed).one("aws_wafv2_web_acl").args.rule;
const rule = (name: string, changed: Partial<WebAclProps> = {}) =>
  rules(changed).find((one: { name: string }) => one.name === name);

const asSeen = {
  field_to_match: { uri_path: {} },
  text_transformation: [
    { priority: 0, type: "URL_DECODE" },
    { priority: 1, type: "NORMALIZE_PATH" },
    { priority: 2, type: "LOWERCASE" },
  ],
};
const tooLarge = {
  label_match_statement: { scope: "LABEL", key: "awswaf:managed:aws:core-rule-set:SizeRestrictions_Body" },
};

describe("web ACL", () => {
  it("blocks by reputation, then by rate, then by managed rules", () => {
    const order = rules().map((one: { name: string; priority: number; action?: object }) => [
      one.priority,
      one.name,
      one.action === undefined ? "group" : "block",
    ]);

    expect(order).toEqual([
      [0, "AWSManagedRulesAmazonIpReputationList", "group"],
      [10, "rate-auth", "block"],
      [11, "rate-all", "block"],
      [40, "AWSManagedRulesCommonRuleSet", "group"],
      [41, "body-size", "block"],
      [50, "AWSManagedRulesKnownBadInputsRuleSet", "group"],
      [51, "AWSManagedRulesSQLiRuleSet", "group"],
      [52, "AWSManagedRulesLinuxRuleSet", "group"],
    ]);
  });

  it("lets every managed group act: none is overridden to count", () => {
    const overrides = rules().flatMap((one: { override_action?: object }) => one.override_action ?? []);

    expect(overrides).toEqual(Array.from({ length: 5 }, () => ({ none: {} })));
  });

  it("adds anonymous addresses and bot control when asked", () => {
    const changed = { refuseAnonymousAddresses: true, botControl: "TARGETED" } as const;

    expect(rule("AWSManagedRulesAnonymousIpList", changed).priority).toBe(1);
    expect(rule("AWSManagedRulesBotControlRuleSet", changed).statement).toEqual({
      managed_rule_group_statement: {
        vendor_name: "AWS",
        name: "AWSManagedRulesBotControlRuleSet",
        rule_action_override: [],
        managed_rule_group_configs: { aws_managed_rules_bot_control_rule_set: { inspection_level: "TARGETED" } },
      },
    });
  });

  it("answers 429 to an address above the rate of a class of paths, however the path is spelt", () => {
    expect(rule("rate-auth")).toEqual({
      name: "rate-auth",
      priority: 10,
      action: {
        block: {
          custom_response: { response_code: 429, response_header: [{ name: "Retry-After", value: "60" }] },
        },
      },
      statement: {
        rate_based_statement: {
          limit: 100,
          evaluation_window_sec: 60,
          aggregate_key_type: "IP",
          scope_down_statement: {
            byte_match_statement: {
              ...asSeen,
              positional_constraint: "STARTS_WITH",
              search_string: "/api/auth/",
            },
          },
        },
      },
      visibility_config: {
        cloudwatch_metrics_enabled: true,
        sampled_requests_enabled: true,
        metric_name: "rate-auth",
      },
    });
  });

  it("counts a class without paths over every request", () => {
    expect(rule("rate-all").statement).toEqual({
      rate_based_statement: { limit: 2000, evaluation_window_sec: 300, aggregate_key_type: "IP" },
    });
  });

  it("refuses large bodies everywhere when there is no upload path", () => {
    expect(rule("AWSManagedRulesCommonRuleSet").statement.managed_rule_group_statement.rule_action_override).toEqual([
      { name: "SizeRestrictions_BODY", action_to_use: { count: {} } },
    ]);
    expect(rule("body-size").statement).toEqual(tooLarge);
    expect(rule("body-size").action).toEqual({ block: { custom_response: { response_code: 413 } } });
  });

  it("only counts large bodies on upload paths", () => {
    const uploadPaths = ["/upload", "/api/files/*", "/api/v1.0/*/files"];

    expect(rule("body-size", { uploadPaths }).statement).toEqual({
      and_statement: {
        statement: [
          tooLarge,
          {
            not_statement: {
              statement: {
                or_statement: {
                  statement: [
                    {
                      byte_match_statement: {
                        ...asSeen,
                        positional_constraint: "EXACTLY",
                        search_string: "/upload",
                      },
                    },
                    {
                      byte_match_statement: {
                        ...asSeen,
                        positional_constraint: "STARTS_WITH",
                        search_string: "/api/files/",
                      },
                    },
                    { regex_match_statement: { ...asSeen, regex_string: "^/api/v1\\.0/[^/]+/files$" } },
                  ],
                },
              },
            },
          },
        ],
      },
    });
  });

  it("has no rule for large bodies where every path takes them", () => {
    expect(rule("body-size", { uploadPaths: ["/upload", "/*"] })).toBeUndefined();
  });

  it("lets one managed rule only count, with a reason", () => {
    const counted = [
      { group: "common", rule: "CrossSiteScripting_BODY", reason: "tickets hold HTML", until: "2027-03-31" },
    ] as const;

    const group = rule("AWSManagedRulesCommonRuleSet", { counted }).statement.managed_rule_group_statement;

    expect(group.rule_action_override).toEqual([
      { name: "SizeRestrictions_BODY", action_to_use: { count: {} } },
      { name: "CrossSiteScripting_BODY", action_to_use: { count: {} } },
    ]);
  });

  it("logs every request without credentials, which sampled requests do not show either", () => {
    const stack = synthWith();

    expect(stack.one("aws_wafv2_web_acl_logging_configuration").args).toEqual({
      resource_arn: "${aws_wafv2_web_acl.web-acl_acl.arn}",
      log_destination_configs: ["arn:logs"],
      redacted_fields: [
        { single_header: { name: "authorization" } },
        { single_header: { name: "cookie" } },
        { single_header: { name: "x-api-key" } },
      ],
    });
    expect(stack.one("aws_wafv2_web_acl").args.data_protection_config).toEqual({
      data_protection: [
        {
          action: "SUBSTITUTION",
          field: { field_type: "SINGLE_HEADER", field_keys: ["authorization", "cookie", "x-api-key"] },
        },
      ],
    });
  });

  it("stands in front of its load balancer", () => {
    expect(synthWith().one("aws_wafv2_web_acl_association").args).toEqual({
      resource_arn: "arn:lb",
      web_acl_arn: "${aws_wafv2_web_acl.web-acl_acl.arn}",
    });
  });

  it("lives in us-east-1 with all its parts before a distribution, which names it itself", () => {
    const stack = synth((scope) => {
      const global = new AwsProvider(scope, "aws-global", { region: "us-east-1", alias: "global" });
      const narrowed = [{ name: "admin", paths: ["/admin/*"], ranges: ["192.0.2.0/24"] }];
      new WebAcl(scope, "web-acl", { ...props, protects: { distributionIn: global }, narrowed });
    });

    expect(stack.all().map(({ type, args }) => [type, args.provider, args.scope])).toEqual([
      ["aws_wafv2_ip_set", "aws.global", "CLOUDFRONT"],
      ["aws_wafv2_web_acl", "aws.global", "CLOUDFRONT"],
      ["aws_wafv2_web_acl_logging_configuration", "aws.global", undefined],
    ]);
    expect(synthWith().one("aws_wafv2_web_acl").args).toMatchObject({ scope: "REGIONAL" });
  });

  it("answers 404 to everybody on hidden paths, as the application would read them", () => {
    expect(rule("hidden", { hidden: ["/Metrics", "/metrics/*"] })).toMatchObject({
      priority: 9,
      action: { block: { custom_response: { response_code: 404 } } },
      statement: {
        or_statement: {
          statement: ["/metrics", "/metrics/"].map((search_string) => ({
            byte_match_statement: {
              search_string,
              text_transformation: ["URL_DECODE", "NORMALIZE_PATH", "LOWERCASE"].map((type, priority) => ({
                priority,
                type,
              })),
            },
          })),
        },
      },
    });
  });

  it("answers 404 to strangers on narrowed paths, before it counts them", () => {
    const narrowed = [{ name: "admin", paths: ["/Admin/*"], ranges: ["192.0.2.0/24", "198.51.100.7/32"] }];
    const stack = synthWith({ narrowed });

    expect(
      rules({ narrowed })
        .map((one: { name: string }) => one.name)
        .slice(0, 3),
    ).toEqual(["AWSManagedRulesAmazonIpReputationList", "narrowed-admin", "rate-auth"]);
    expect(rule("narrowed-admin", { narrowed })).toMatchObject({
      priority: 2,
      action: { block: { custom_response: { response_code: 404 } } },
      statement: {
        and_statement: {
          statement: [
            { byte_match_statement: { ...asSeen, positional_constraint: "STARTS_WITH", search_string: "/admin/" } },
            {
              not_statement: {
                statement: { ip_set_reference_statement: { arn: "${aws_wafv2_ip_set.web-acl_admin-ranges.arn}" } },
              },
            },
          ],
        },
      },
    });
    expect(stack.one("aws_wafv2_ip_set").args).toEqual({
      name: "shop-web-admin",
      scope: "REGIONAL",
      ip_address_version: "IPV4",
      addresses: ["192.0.2.0/24", "198.51.100.7/32"],
      lifecycle: { create_before_destroy: true },
    });
  });

  const auth = { name: "auth", limit: 100, windowSeconds: 60 } as const;
  it.each<[string, Partial<WebAclProps>, string]>([
    ["no rate class", { rateClasses: [] }, 'test/web-acl: rateClasses must be 1..20 of different names, got ""'],
    [
      "one rate class twice",
      { rateClasses: [auth, auth] },
      'test/web-acl: rateClasses must be 1..20 of different names, got "auth, auth"',
    ],
    [
      "a limit AWS refuses",
      { rateClasses: [{ ...auth, limit: 9 }] },
      "test/web-acl/rateClasses/auth: limit must be a whole number >= 10, got 9",
    ],
    [
      "a class name that is no metric name",
      { rateClasses: [{ ...auth, name: "Auth!" }] },
      'test/web-acl/rateClasses/Auth!: name must be a lower-case word, got "Auth!"',
    ],
    [
      "a path without slash",
      { rateClasses: [{ ...auth, paths: ["api"] }] },
      'test/web-acl/rateClasses/auth: path must start with "/", got "api"',
    ],
    [
      "a class of no paths",
      { rateClasses: [{ ...auth, paths: [] }] },
      "test/web-acl/rateClasses/auth: paths must name at least one, got none",
    ],
    [
      "a log group AWS refuses",
      { logs: { name: "waf-shop", arn: "arn:logs" } },
      'test/web-acl: logs.name must start with "aws-waf-logs-", got "waf-shop"',
    ],
    [
      "narrowed paths that nobody reaches",
      { narrowed: [{ name: "admin", paths: ["/admin/*"], ranges: [] }] },
      "test/web-acl: narrowed must be at most 7 classes with ranges, got 1 and no range of admin",
    ],
    [
      "more narrowed paths than there are priorities",
      { narrowed: Array(8).fill({ name: "admin", paths: ["/admin/*"], ranges: ["192.0.2.0/24"] }) },
      "test/web-acl: narrowed must be at most 7 classes with ranges, got 8",
    ],
    [
      "a counted rule without reason",
      { counted: [{ group: "sql", rule: "SQLi_BODY", reason: " ", until: "2027-03-31" }] },
      'test/web-acl/counted/SQLi_BODY: reason must be a sentence, got " "',
    ],
  ])("fails when given %s", (_, changed, message) => {
    expect(() => synthWith(changed)).toThrow(new Error(message));
  });
});
