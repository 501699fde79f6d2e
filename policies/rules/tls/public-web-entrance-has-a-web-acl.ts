import { demand, objection, rule } from "../../engine/rule.ts";
import { webEntrances } from "../../model/tls/web-entrances.ts";
import { isUnknown } from "../../model/value.ts";

/** A reference to a web ACL proves it; which rules that has is another matter. */
export const publicWebEntranceHasAWebAcl = rule({
  id: "TLS-007",
  slug: "public-web-entrance-has-a-web-acl",
  severity: "high",
  title: "Every web entrance on the internet stands behind a web ACL, which is not passed when it cannot be asked",
  why: "Without one, the first flood or scripted attack reaches the application itself.",
  fix: "Associate an aws_wafv2_web_acl with the load balancer, stage or API; give web_acl_id to the distribution; leave enable_waf_fail_open off.",
  appliesTo: webEntrances,
  requirements: ["MUN-2.6", "MUN-4.17"],
  check: ({ attribute, webAcl, opensOnFailure }) => [
    ...(webAcl === undefined || (isUnknown(webAcl) && !/^aws_waf/.test(webAcl.resource?.type ?? ""))
      ? [objection(attribute, webAcl, "a web ACL")]
      : []),
    ...demand("enable_waf_fail_open", opensOnFailure, "false", (opens) => !opens),
  ],
});
