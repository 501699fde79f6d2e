import type { Examples } from "../../engine/example.ts";
import { type Loose, type Mutation, onResource } from "../../engine/mutation.ts";
import { balancedIngress, balancedService, balanceService, ofIngress } from "../cluster/examples/balancers.ts";

const redirect = { type: "redirect", redirect: { port: "443", protocol: "HTTPS", status_code: "HTTP_301" } };
const forward = { type: "forward", target_group_arn: "${aws_lb_target_group.api.arn}" };
const listener = (action: object, rules: Loose = {}): Loose => ({
  aws_lb_listener: { web: { port: 80, protocol: "HTTP", default_action: [action] } },
  aws_lb_listener_rule: rules,
});
const distribution = (viewer_protocol_policy: string, ordered: string): Loose => ({
  aws_cloudfront_distribution: {
    web: {
      default_cache_behavior: { viewer_protocol_policy },
      ordered_cache_behavior: [{ path_pattern: "/static/*", viewer_protocol_policy: ordered }],
    },
  },
});
const passed = { aws_lb_listener: { mqtt: { port: 8883, protocol: "TCP", default_action: forward } } };

/** A listener that speaks TLS, and redirects. */
const secure = (to: object): Loose => ({
  aws_lb_listener: {
    web: { protocol: "HTTPS", default_action: { type: "redirect", redirect: { ...to, status_code: "HTTP_301" } } },
  },
});

const REDIRECT = JSON.stringify({
  type: "redirect",
  RedirectConfig: { Protocol: "HTTPS", Port: "443", StatusCode: "HTTP_301" },
});

export const examples: Examples = {
  good: [
    {
      title: "load balancers of a cluster: all redirected, a certificate alone, a redirect of an Ingress of the group",
      manifests: [
        balancedIngress(),
        balancedIngress({
          "listen-ports": undefined,
          "certificate-arn": "arn:aws:acm:eu-central-1:111111111111:certificate/web",
        }),
        balancedIngress({ "ssl-redirect": undefined, "group.name": "edge" }),
        balancedIngress({ "group.name": "edge" }),
        balancedService(),
      ],
    },
    {
      title: "an Ingress whose every path is an action that redirects",
      manifests: [
        balancedIngress(
          { "ssl-redirect": undefined, "actions.go": REDIRECT },
          {
            rules: [{ http: { paths: [{ backend: { service: { name: "go", port: { name: "use-annotation" } } } }] } }],
          },
        ),
      ],
    },
    { title: "a listener that ends TLS and redirects by it", resources: secure({ host: "www.example.org" }) },
    { title: "a listener that redirects", resources: listener(redirect) },
    {
      title: "a listener that ends TLS",
      resources: { aws_lb_listener: { web: { protocol: "TLS", default_action: forward } } },
    },
    { title: "a distribution that redirects or refuses", resources: distribution("redirect-to-https", "https-only") },
    {
      title: "a network load balancer before another load balancer",
      resources: { ...passed, aws_lb_target_group: { api: { target_type: "alb", protocol: "TCP" } } },
    },
    {
      title: "websites of buckets that send everybody to HTTPS",
      resources: {
        aws_s3_bucket: { old: { website: { redirect_all_requests_to: "https://www.example.org" } } },
        aws_s3_bucket_website_configuration: {
          site: { redirect_all_requests_to: { host_name: "www.example.org", protocol: "https" } },
        },
      },
    },
    { title: "a search domain as it is by default", resources: { aws_opensearch_domain: { logs: {} } } },
  ],
  bad: [
    {
      title: "an Ingress on port 80, said and by default, and one whose redirect is for a while",
      manifests: [
        balancedIngress({ "ssl-redirect": undefined }),
        balancedIngress({ "listen-ports": undefined, "ssl-redirect": undefined }),
        balancedIngress(
          { "ssl-redirect": undefined, "actions.go": REDIRECT.replace("301", "302") },
          {
            rules: [{ http: { paths: [{ backend: { service: { name: "go", port: { name: "use-annotation" } } } }] } }],
          },
        ),
      ],
      finds: [ofIngress("listen-ports"), ofIngress("listen-ports"), ofIngress("listen-ports")],
    },
    {
      title: "a Service of the first generation that speaks HTTP",
      manifests: [balancedService({ type: undefined, "ssl-cert": undefined, "backend-protocol": "http" })],
      finds: ["Service/shop/web spec.ports[web]"],
    },
    {
      title: "a listener that forwards",
      resources: listener(forward),
      finds: ["aws_lb_listener.web default_action[0]"],
    },
    {
      title: "a listener that redirects, but for one rule",
      resources: listener(redirect, {
        old: { listener_arn: "${aws_lb_listener.web.arn}", action: [{ type: "fixed-response" }] },
      }),
      finds: ["aws_lb_listener_rule.old action[0]"],
    },
    {
      title: "redirects that keep the protocol, the port, or are only for now",
      resources: listener(
        { type: "redirect", redirect: { status_code: "HTTP_301" } },
        {
          port: {
            listener_arn: "${aws_lb_listener.web.arn}",
            action: { type: "redirect", redirect: { protocol: "HTTPS", status_code: "HTTP_301" } },
          },
          now: {
            listener_arn: "${aws_lb_listener.web.arn}",
            action: { type: "redirect", redirect: { protocol: "HTTPS", port: 443, status_code: "HTTP_302" } },
          },
        },
      ),
      finds: [
        "aws_lb_listener.web default_action[0]",
        "aws_lb_listener_rule.port action[0]",
        "aws_lb_listener_rule.now action[0]",
      ],
    },
    {
      title: "a listener that ends TLS and sends clients back to clear text",
      resources: secure({ protocol: "HTTP", port: "80" }),
      finds: ["aws_lb_listener.web default_action[0]"],
    },
    {
      title: "a distribution that serves one path in clear text",
      resources: distribution("redirect-to-https", "allow-all"),
      finds: ["aws_cloudfront_distribution.web ordered_cache_behavior[0].viewer_protocol_policy"],
    },
    {
      title: "classic listeners, websites of buckets and a search domain in clear text",
      resources: {
        aws_elb: { old: { listener: [{ lb_port: 80, lb_protocol: "http" }] } },
        aws_s3_bucket: { old: { website: [{ index_document: "index.html" }] } },
        aws_s3_bucket_website_configuration: { site: { bucket: "site", index_document: { suffix: "index.html" } } },
        aws_opensearch_domain: { logs: { domain_endpoint_options: { enforce_https: false } } },
        aws_cloudsearch_domain: { old: {} },
      },
      finds: [
        "aws_elb.old listener[0].lb_protocol",
        "aws_s3_bucket_website_configuration.site index_document",
        "aws_s3_bucket.old website",
        "aws_opensearch_domain.logs domain_endpoint_options.enforce_https",
        "aws_cloudsearch_domain.old endpoint_options.enforce_https",
      ],
    },
    {
      title: "a port passed through that no entrypoint declares",
      resources: passed,
      declaration: {},
      finds: ["aws_lb_listener.mqtt protocol"],
    },
  ],
  unknown: [
    {
      title: "a Service that passes on what comes, by itself or beside a port of TLS",
      manifests: [
        balancedService({ "ssl-cert": undefined }),
        balancedService(
          { "ssl-ports": "https" },
          {
            ports: [
              { name: "https", port: 443 },
              { name: "more", port: 444 },
            ],
          },
        ),
      ],
      finds: ["Service/shop/web spec.ports[web]", "Service/shop/web spec.ports[more]"],
    },
    {
      title: "ports of an Ingress that are still to be filled in",
      manifests: [balancedIngress({ "listen-ports": "{{ .Values.ports }}" })],
      finds: [ofIngress("listen-ports")],
    },
    {
      title: "a port passed through, and nothing declared",
      resources: passed,
      finds: ["aws_lb_listener.mqtt protocol"],
    },
    {
      title: "a protocol that a variable names",
      resources: { aws_lb_listener: { web: { protocol: "${var.protocol}" } } },
      finds: ["aws_lb_listener.web protocol"],
    },
    {
      title: "a rule for a listener that is made elsewhere",
      resources: { aws_lb_listener_rule: { api: { listener_arn: "${var.listener}", action: forward } } },
      finds: ["aws_lb_listener_rule.api action[0]"],
    },
    {
      title: "a listener that ends TLS and redirects where a variable says",
      resources: secure({ protocol: "${var.protocol}" }),
      finds: ["aws_lb_listener.web default_action[0]"],
    },
    {
      title: "a redirect that a variable leads",
      resources: listener({ type: "redirect", redirect: { ...redirect.redirect, protocol: "${var.protocol}" } }),
      finds: ["aws_lb_listener.web default_action[0]"],
    },
  ],
};

/** Changes the redirect of a listener of clear text. */
const redirected = (title: string, to: Loose): Mutation =>
  onResource("aws_lb_listener", title, (each) =>
    each.protocol === "HTTP" ? { ...each, default_action: [{ type: "redirect", redirect: to }] } : each,
  );

export const mutations: readonly Mutation[] = [
  onResource("aws_lb_listener", "forward instead of redirecting", (each) =>
    each.protocol === "HTTP" ? { ...each, default_action: [forward] } : each,
  ),
  redirected("redirect to the same protocol", { port: "443", status_code: "HTTP_301" }),
  redirected("redirect to the same port", { protocol: "HTTPS", status_code: "HTTP_301" }),
  redirected("redirect only for now", { protocol: "HTTPS", port: "443", status_code: "HTTP_302" }),
  onResource("aws_lb_listener", "send clients of TLS back to clear text", (each) =>
    each.protocol === "HTTPS"
      ? {
          ...each,
          default_action: [{ type: "redirect", redirect: { protocol: "HTTP", port: "80", status_code: "HTTP_301" } }],
        }
      : each,
  ),
  onResource("aws_lb_listener", "take TLS from a listener", (each) =>
    each.protocol === "HTTPS" ? { ...each, protocol: "HTTP", default_action: [forward] } : each,
  ),
  onResource("aws_lb_listener", "leave out the protocol, which is HTTP", (each) =>
    each.protocol === "HTTPS" ? { ...each, protocol: null } : each,
  ),
  onResource("aws_lb_listener_rule", "hang a rule that forwards on a listener of clear text", (each) => ({
    ...each,
    listener_arn: each.listener_arn.replace("_https", "_http"),
  })),
  onResource("aws_cloudfront_distribution", "serve clear text by default", (each) => ({
    ...each,
    default_cache_behavior: { ...each.default_cache_behavior, viewer_protocol_policy: "allow-all" },
  })),
  onResource("aws_cloudfront_distribution", "serve clear text at one path", (each) => ({
    ...each,
    ordered_cache_behavior: each.ordered_cache_behavior.map((behavior: Loose) => ({
      ...behavior,
      viewer_protocol_policy: null,
    })),
  })),
  balanceService("let a cluster make a load balancer of clear text", { "ssl-redirect": undefined }),
];
