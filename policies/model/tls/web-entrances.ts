import { apiStages } from "../api-endpoints.ts";
import { clusterBalancers } from "../cluster/balancers.ts";
import { distributions, tenantsOf } from "../distributions.ts";
import { kind } from "../estate.ts";
import { loadBalancers } from "../load-balancers.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, known, Unknown, type Value } from "../value.ts";

/** Something that the internet sends web requests to, and the web ACL before it. */
export interface WebEntrance {
  readonly at: Place;
  readonly attribute: string;
  /** Its ARN, or how it is referred to. Absent: there is none. */
  readonly webAcl: Value<string> | undefined;
  /** Whether requests get in while the web ACL cannot be asked. */
  readonly opensOnFailure: Value<boolean>;
}

const ASSOCIATIONS = ["aws_wafv2_web_acl_association", "aws_wafregional_web_acl_association"] as const;

/** Application load balancers, distributions, stages of REST APIs and AppSync APIs that are not internal. */
export const webEntrances = kind<WebEntrance>("web entrance", (estate) => {
  const { terraform } = estate;
  const acls = new Map<Resource | undefined, Value<string>>();
  let elsewhere: Unknown | undefined;
  for (const { block } of terraform.ofType(...ASSOCIATIONS)) {
    const [target, acl] = [block.text("resource_arn"), block.text("web_acl_arn") ?? block.text("web_acl_id")];
    const found = terraform.find(target);
    if (found !== undefined && acl !== undefined) acls.set(found, acl);
    // It may be before any of them.
    else if (isUnknown(target)) elsewhere = new Unknown(`a web ACL for ${target}`);
  }
  const associated = (resource: Resource): WebEntrance => ({
    at: placeOfResource(resource),
    attribute: "aws_wafv2_web_acl_association.resource_arn",
    webAcl: acls.get(resource) ?? elsewhere,
    opensOnFailure: resource.block.flag("enable_waf_fail_open") ?? false,
  });
  return [
    ...estate
      .of(loadBalancers)
      .filter(({ type, internal }) => known(internal) !== true && type !== "network" && type !== "gateway")
      .map(({ resource }) => associated(resource)),
    ...estate.of(distributions).map(({ at, webAcl }) => ({
      at,
      attribute: "web_acl_id",
      webAcl: webAcl === "" ? undefined : webAcl,
      opensOnFailure: false,
    })),
    ...tenantsOf(terraform).flatMap(({ at, block }) =>
      // What a tenant does not say, its distribution does.
      block
        .blocks("customizations")
        .flatMap((each) => each.blocks("web_acl"))
        .map((each) => ({
          at,
          attribute: "customizations.web_acl",
          webAcl: each.text("action") === "disable" ? undefined : each.text("arn"),
          opensOnFailure: false,
        })),
    ),
    ...estate
      .of(apiStages)
      .filter(({ isPrivate }) => known(isPrivate) !== true)
      .map(({ resource }) => associated(resource)),
    ...terraform
      .ofType("aws_appsync_graphql_api")
      .filter(({ block }) => known(block.text("visibility")) !== "PRIVATE")
      .map(associated),
    ...estate
      .of(clusterBalancers)
      .flatMap(({ at, scheme, webAcl }) =>
        webAcl === undefined || known(scheme.isPublic) === false
          ? []
          : [{ at, attribute: webAcl.attribute, webAcl: webAcl.arn, opensOnFailure: false }],
      ),
  ];
});
