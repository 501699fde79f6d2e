import { type AddressSet, covers, isEmpty, nowhere, parseCidr, shownAddresses, subtract, union } from "../addresses.ts";
import type { Declaration, DeclaredEntrypoint, DeclaredLimit } from "../declaration.ts";
import { distributions } from "../distributions.ts";
import { type Estate, kind } from "../estate.ts";
import { loadBalancers } from "../load-balancers.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Block } from "../terraform/block.ts";
import type { Graph } from "../terraform/graph.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, known, Unknown, type Value } from "../value.ts";
import { admittedTo, type Passage, passageOf } from "./web-acl-paths.ts";

/** A declared entrance for the web, and what its web ACLs do not keep of what is promised of its paths. */
export interface PathPromises {
  readonly at: Place;
  readonly broken: readonly BrokenPromise[];
}

export interface BrokenPromise {
  /** The web ACL; the entrance where it has none. */
  readonly at: Place;
  readonly got: Value<string>;
  readonly expected: string;
}

/** Every declared entrance that promises something of its paths. */
export const pathPromises = kind<PathPromises>("entrance with promised paths", (estate) => {
  const { declaration, terraform } = estate;
  if (declaration === undefined) return [];
  return declaration.services.flatMap(({ name, entrypoints }) =>
    entrypoints
      .filter(({ kind }) => kind === "web")
      .map((entrypoint) => {
        const at = { resource: `${name}/${entrypoint.name}`, stack: name, source: "index.json" };
        const acls = aclsOf(estate, entrypoint);
        const broken =
          acls.length === 0
            ? [{ at, got: "no web ACL that outputs show", expected: "one that keeps what is declared of its paths" }]
            : acls.flatMap((acl) => brokenBy(acl, entrypoint, declaration, terraform));
        return { at, broken: promisesOf(entrypoint) === 0 ? [] : broken };
      }),
  );
});

const promisesOf = ({ hiddenPaths = [], narrowedPaths = [], limits = [] }: DeclaredEntrypoint): number =>
  hiddenPaths.length + narrowedPaths.length + limits.length;

/** Of its distribution, which sees where a request comes from; else of its load balancer. */
function aclsOf(estate: Estate, { host, loadBalancer }: DeclaredEntrypoint): readonly Resource[] {
  const { terraform } = estate;
  const acl = (name: Parameters<Graph["find"]>[0]): readonly Resource[] => {
    const found = terraform.find(name, "aws_wafv2_web_acl");
    return found === undefined ? [] : [found];
  };
  const delivered = estate.of(distributions).filter(({ aliases }) => aliases.includes(host));
  if (delivered.length > 0) return delivered.flatMap(({ webAcl }) => acl(webAcl));
  const balancers = new Set(
    estate
      .of(loadBalancers)
      .filter(({ name }) => known(name) === loadBalancer)
      .map(({ resource }) => resource),
  );
  return terraform
    .ofType("aws_wafv2_web_acl_association")
    .filter(({ block }) => balancers.has(terraform.find(block.text("resource_arn")) as Resource))
    .flatMap(({ block }) => acl(block.text("web_acl_arn")));
}

function brokenBy(
  resource: Resource,
  { hiddenPaths = [], narrowedPaths = [], limits = [] }: DeclaredEntrypoint,
  { ranges }: Declaration,
  terraform: Graph,
): readonly BrokenPromise[] {
  const passage = passageOf(resource.block, terraform);
  const at = placeOfResource(resource);
  const opened = (path: string, allowed: AddressSet, expected: string): readonly BrokenPromise[] => {
    const admitted = spellingsOf(path).map((asked) => admittedTo(passage, asked));
    const strangers = subtract(union(admitted.map(({ perhaps }) => perhaps)), allowed);
    if (isEmpty(strangers)) return [];
    const got = `${path} answers ${shownAddresses(strangers)}`;
    const isSure = admitted.some(({ sure }) => !isEmpty(subtract(sure, allowed)));
    return [{ at, got: isSure ? got : new Unknown(got), expected }];
  };
  return [
    ...hiddenPaths.flatMap((path) => opened(path, nowhere, `${path} answers nobody`)),
    ...narrowedPaths.flatMap(({ paths, audience }) => {
      const allowed = union(ranges[audience].flatMap((each) => parseCidr(each) ?? []));
      return paths.flatMap((path) => opened(path, allowed, `${path} answers ${audience} alone`));
    }),
    ...limits.flatMap((limit) =>
      limit.paths
        .filter((path) => !spellingsOf(path).every((asked) => isLimited(passage, asked, limit)))
        .map((path) => ({
          at,
          got: `${path} is not limited so`,
          expected: `${limit.requests} requests of an address in ${limit.seconds} s at most, to ${path}`,
        })),
    ),
  ];
}

/** Whether everybody who gets as far is limited at least so much. */
function isLimited(passage: Passage, path: string, declared: DeclaredLimit): boolean {
  let found = false;
  admittedTo(passage, path, ({ blocks, limit }, { left, letIn }) => {
    if (limit === undefined || !blocks || !isLow(limit.rate, declared)) return;
    found ||= isEmpty(letIn) && covers(limit.counts(path).sure, left);
  });
  return found;
}

/** Requests of one address, in no shorter time. */
function isLow(rate: Block, { requests, seconds }: DeclaredLimit): boolean {
  const [most, window] = [rate.number("limit"), rate.number("evaluation_window_sec") ?? 300];
  if (most === undefined || isUnknown(most) || isUnknown(window)) return false;
  // AWS takes no limit below ten.
  return known(rate.text("aggregate_key_type") ?? "IP") === "IP" && most <= Math.max(10, requests) && window >= seconds;
}

/** Requests for a path or for one below it, in spellings that applications take for the same. */
function spellingsOf(pattern: string): readonly string[] {
  const path = pattern.replace(/\*$/, "").replaceAll("*", "x").toLowerCase();
  const all = pattern.endsWith("*") ? [path, `${path}x`] : [path];
  return all.flatMap((each) => [
    each,
    each.toUpperCase(),
    each.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
    each.replace(/^\//, "/x/../"),
  ]);
}
