import type { NarrowedPaths, WebAclProps } from "../../constructs/edge/web-acl.ts";
import type { RateClass } from "../../constructs/edge/web-acl-rules.ts";
import type { ResolvedEntrypoint } from "../../services/resolve.ts";
import type { Audience, Web } from "../../services/schema/entrypoint.ts";
import type { Environment } from "../../services/schema/environment.ts";
import { kib } from "../../services/schema/units.ts";
import { logBucketName } from "../audit/buckets.ts";
import type { ServiceContext } from "./context.ts";

/** Bodies above it count as uploads: the managed rule that labels large ones draws its line here, behind either edge. */
const INSPECTED = kib(8);

/** The ranges of an audience; none for everybody. */
export const rangesOf = ({ ranges }: Environment, audience: Audience | undefined): readonly string[] | undefined =>
  audience === undefined || audience === "internet" ? undefined : ranges[audience];

/** What the web firewall of an entrypoint holds, whatever it stands before. */
export const firewallOf = (
  { audit, resolved: { environment } }: ServiceContext,
  { entrypoint, resource }: ResolvedEntrypoint & { readonly entrypoint: Web },
): Omit<WebAclProps, "protects"> => ({
  name: resource,
  narrowed: narrowedPaths(entrypoint, environment),
  hidden: entrypoint.hidden,
  rateClasses: rateClasses(entrypoint),
  uploadPaths: entrypoint.routes
    .filter(({ body }) => (body ?? entrypoint.body) > INSPECTED)
    .flatMap(({ paths }) => paths),
  logs: { name: logBucketName(environment, "web-acl"), arn: audit.webAclLogBucketArn },
  counted: entrypoint.counted,
  ...(entrypoint.bots ? { botControl: "COMMON" } : {}),
});

/**
 * Paths for some audiences only. Behind CloudFront the firewall alone sees who asks; before a load balancer it judges once
 * more, for the rules there compare paths as they are written: `/%61dmin`, `//admin` and `/Admin` would pass them by.
 */
const narrowedPaths = ({ audience, routes }: Web, environment: Environment): readonly NarrowedPaths[] =>
  [{ class: "all", paths: ["/*"], audience }, ...routes].flatMap(({ class: name, paths, audience: who }) => {
    const ranges = rangesOf(environment, who);
    return ranges === undefined ? [] : [{ name, paths, ranges }];
  });

/** The coarse outer limit: what each class may do in five minutes at its full rate, and the flood limit over all. */
const rateClasses = ({ routes, flood }: Web): readonly RateClass[] => [
  ...routes
    .filter(({ paths }) => !paths.includes("/*"))
    .map(
      ({ class: name, paths, rate }): RateClass => ({
        name,
        paths,
        limit: Math.ceil((rate.requests / rate.per) * 300),
        windowSeconds: 300,
      }),
    ),
  { name: "flood", limit: flood, windowSeconds: 300 },
];
