import type { Examples } from "../../engine/example.ts";
import { type Loose, type Mutation, onResource } from "../../engine/mutation.ts";
import type { Declaration, DeclaredEntrypoint } from "../../model/declaration.ts";

const AS_APPLICATIONS_SEE_IT = ["URL_DECODE", "NORMALIZE_PATH", "LOWERCASE"];
const path = (search_string: string, exactly = false, seen = AS_APPLICATIONS_SEE_IT): Loose => ({
  byte_match_statement: {
    search_string,
    positional_constraint: exactly ? "EXACTLY" : "STARTS_WITH",
    field_to_match: { uri_path: {} },
    text_transformation: seen.map((type, priority) => ({ type, priority })),
  },
});
const refused = (name: string, priority: number, statement: Loose): Loose => ({
  ...{ name, priority, statement },
  action: { block: {} },
});
const office: Loose = { ip_set_reference_statement: { arn: "${aws_wafv2_ip_set.office.arn}" } };
const strangers: Loose = { not_statement: { statement: office } };
const limited = (limit: number, scope_down_statement?: Loose): Loose => ({
  rate_based_statement: {
    ...{ limit, aggregate_key_type: "IP", evaluation_window_sec: 300 },
    ...(scope_down_statement === undefined ? {} : { scope_down_statement }),
  },
});

const hidden = refused("hidden", 1, path("/metrics", true));
const narrowed = refused("admin", 2, { and_statement: { statement: [path("/admin/"), strangers] } });
const logins = refused("logins", 3, limited(20, path("/login", true)));
const flood = refused("flood", 4, limited(1_000));
const rules = [hidden, narrowed, logins, flood];

const behind = (rule: readonly Loose[], addresses: readonly string[] = ["203.0.113.0/24"]): Loose => ({
  aws_lb: { web: { name: "shop-web" } },
  aws_wafv2_ip_set: { office: { addresses } },
  aws_wafv2_web_acl: { web: { default_action: { allow: {} }, rule } },
  aws_wafv2_web_acl_association: {
    web: { resource_arn: "${aws_lb.web.arn}", web_acl_arn: "${aws_wafv2_web_acl.web.arn}" },
  },
});

const entrypoint: DeclaredEntrypoint = {
  ...{ name: "web", kind: "web", host: "shop.example.org", audience: "internet", to: "shop/edge", port: 8443 },
  ...{ health: "/health", minimumTls: "1.2", loadBalancer: "shop-web" },
  hiddenPaths: ["/metrics"],
  narrowedPaths: [{ paths: ["/admin/*"], audience: "admins" }],
  limits: [
    { paths: ["/login"], requests: 20, seconds: 300 },
    { paths: ["/*"], requests: 1_000, seconds: 300 },
  ],
};
const declaration: Partial<Declaration> = {
  ranges: { clients: [], admins: ["203.0.113.0/24", "198.51.100.0/24"] },
  services: [
    {
      ...{ name: "shop", components: [], stores: [], flows: [], egress: [], secrets: [], backups: [] },
      entrypoints: [entrypoint],
    },
  ],
};
const finds = ["aws_wafv2_web_acl.web rule"];

export const examples: Examples = {
  good: [
    { title: "every promise kept, some by more than was promised", resources: behind(rules), declaration },
    {
      title: "a distribution whose web ACL keeps them",
      resources: {
        ...behind(rules),
        aws_wafv2_web_acl_association: {},
        aws_cloudfront_distribution: {
          web: { aliases: ["shop.example.org"], web_acl_id: "${aws_wafv2_web_acl.web.arn}" },
        },
      },
      declaration,
    },
    {
      title: "a list that lets in nobody whom no rule names",
      resources: behind([...rules, { name: "office", priority: 9, action: { allow: {} }, statement: office }]),
      declaration,
    },
  ],
  bad: [
    { title: "nothing before the entrance", resources: {}, declaration, finds: ["shop/web rule"] },
    { title: "a hidden path that is served", resources: behind([narrowed, logins, flood]), declaration, finds },
    {
      title: "a hidden path that only counts",
      resources: behind([{ ...hidden, action: { count: {} } }, narrowed, logins, flood]),
      declaration,
      finds,
    },
    {
      title: "paths that are compared as they are written",
      resources: behind([refused("hidden", 1, path("/metrics", true, ["NONE"])), narrowed, logins, flood]),
      declaration,
      finds,
    },
    {
      title: "administration for everybody",
      resources: behind(rules, ["0.0.0.0/1", "128.0.0.0/1"]),
      declaration,
      finds,
    },
    {
      title: "a rule before all others that lets in whoever asks for administration",
      resources: behind([{ name: "in", priority: 0, action: { allow: {} }, statement: path("/admin") }, ...rules]),
      declaration,
      finds,
    },
    {
      title: "addresses that a header tells",
      resources: behind([
        hidden,
        refused("admin", 2, {
          and_statement: {
            statement: [
              path("/admin/"),
              {
                not_statement: {
                  statement: {
                    ip_set_reference_statement: {
                      arn: "${aws_wafv2_ip_set.office.arn}",
                      ip_set_forwarded_ip_config: { header_name: "X-Forwarded-For" },
                    },
                  },
                },
              },
            ],
          },
        }),
        logins,
        flood,
      ]),
      declaration,
      finds,
    },
    {
      title: "logins without their limit, and with a looser one",
      resources: behind([hidden, narrowed, refused("logins", 3, limited(2_000, path("/login", true))), flood]),
      declaration,
      finds,
    },
    {
      title: "a flood that is limited for some paths only",
      resources: behind([hidden, narrowed, logins, refused("flood", 4, limited(1_000, path("/api/")))]),
      declaration,
      finds,
    },
  ],
  unknown: [
    {
      title: "a statement that nobody shows",
      resources: behind([refused("hidden", 1, "${var.hidden}"), narrowed, logins, flood]),
      declaration,
      finds,
    },
    {
      title: "addresses of a variable",
      resources: { ...behind(rules), aws_wafv2_ip_set: { office: { addresses: "${var.offices}" } } },
      declaration,
      finds,
    },
  ],
};

const inRule = (title: string, name: RegExp, change: (rule: Loose) => Loose): Mutation =>
  onResource("aws_wafv2_web_acl", title, (acl) => ({
    ...acl,
    rule: acl.rule.flatMap((each: Loose) => (name.test(each.name) ? change(each) : [each])),
  }));

export const mutations: readonly Mutation[] = [
  inRule("serve hidden paths", /^hidden$/, () => []),
  inRule("serve narrowed paths to everybody", /^narrowed-/, () => []),
  inRule("only count requests for hidden paths", /^hidden$/, (each) => [{ ...each, action: { count: {} } }]),
  inRule("limit no class of paths", /^rate-(?!flood)/, () => []),
  inRule("let a thousand times as many in", /^rate-/, (each) => [
    JSON.parse(JSON.stringify(each).replace(/"limit":(\d+)/, '"limit":$1000')),
  ]),
  inRule("compare paths as they are written", /^hidden$/, (each) => [
    JSON.parse(JSON.stringify(each).replaceAll(/URL_DECODE|NORMALIZE_PATH|LOWERCASE/g, "NONE")),
  ]),
  onResource("aws_wafv2_ip_set", "let everybody administer", (set) => ({
    ...set,
    addresses: ["0.0.0.0/1", "128.0.0.0/1"],
  })),
];
