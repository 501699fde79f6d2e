import { publicRanges } from "./address-space.ts";
import { type AddressSet, everywhere, intersect, isEmpty, nowhere, union } from "./addresses.ts";
import { type Direction, type NetworkPolicy, networkPolicies } from "./cluster/network-policies.ts";
import { isEmpty as isForAll, selectorShown } from "./cluster/selector.ts";
import type { Estate } from "./estate.ts";
import { administrativePorts } from "./network/administrative-ports.ts";
import { isMoreThanAProvider, isMoreThanASite } from "./network/widths.ts";
import { type Opening, openedBy } from "./network-policies.ts";
import { overlapPorts } from "./ports.ts";

/** A rule of a policy that names nobody: what it opens instead, in words. */
export interface Limitless {
  readonly opening: Opening;
  readonly got: string;
  /** Whether what it opens may still be narrowed by what manifests do not show: a firewall on the way out. */
  readonly isNarrowedPerhaps: boolean;
}

const ALIKE = {};

/** Policies that hold for the same pods: of the same selector in a namespace, and those for all of its pods. */
function alike(estate: Estate, policy: NetworkPolicy): readonly NetworkPolicy[] {
  const keyOf = ({ namespace, selector }: NetworkPolicy): string =>
    `${namespace} ${isForAll(selector) ? "" : selectorShown(selector)}`;
  const all = estate.once(ALIKE, () => Map.groupBy(estate.of(networkPolicies), keyOf));
  const [own, whole] = [keyOf(policy), `${policy.namespace} `];
  return [...(all.get(own) ?? []), ...(own === whole ? [] : (all.get(whole) ?? []))];
}

/** Addresses of the internet that a rule is about, as far as they are shown. */
const publicOf = ({ peers, unknown }: Opening): AddressSet =>
  peers.length === 0 && unknown.length === 0
    ? intersect(everywhere, publicRanges)
    : union(peers.map((each) => (each.of === "addresses" ? intersect(each.addresses, publicRanges) : nowhere)));

const isEveryPod = ({ peers }: Opening): boolean =>
  peers.some(
    (each) => each.of === "pods" && each.namespaces !== undefined && isForAll(each.namespaces) && isForAll(each.pods),
  );

const isAdministrative = ({ ports = [] }: Opening): boolean =>
  ports.some((each) =>
    administrativePorts.some(
      ([protocol, known]) =>
        protocol === each.protocol && !("name" in each.ports) && overlapPorts([...each.ports], known),
    ),
  );

/**
 * Rules of a policy without a limit, by the measure of security groups: the internet, by arithmetic over all policies of the
 * same pods, and every pod of the cluster on every port. What comes from the internet to a port that an application
 * serves is for a declaration to judge, and so are ports to and from it where there is one.
 */
export function limitless(estate: Estate, policy: NetworkPolicy, direction: Direction): readonly Limitless[] {
  const own = openedBy(estate, policy, direction);
  if (own.length === 0) return [];
  const together = union(alike(estate, policy).flatMap((each) => openedBy(estate, each, direction).map(publicOf)));
  const isWide = direction === "ingress" ? isMoreThanASite(together) : isMoreThanAProvider(together);
  const towards = direction === "ingress" ? "from" : "to";
  return own.flatMap((opening): readonly Limitless[] => {
    if (opening.ports === undefined && isEveryPod(opening))
      return [{ opening, got: `every port ${towards} every pod of the cluster`, isNarrowedPerhaps: false }];
    return isWide && !isEmpty(publicOf(opening)) ? publicly(estate, opening, direction) : [];
  });
}

function publicly(estate: Estate, opening: Opening, direction: Direction): readonly Limitless[] {
  const peers = opening.peers.length === 0 ? "everybody" : "addresses of the internet";
  const isOut = direction === "egress";
  if (opening.ports === undefined)
    return [{ opening, got: `every port ${isOut ? "to" : "from"} ${peers}`, isNarrowedPerhaps: false }];
  if (estate.declaration !== undefined) return [];
  if (isOut) return [{ opening, got: `some ports to ${peers}`, isNarrowedPerhaps: true }];
  return isAdministrative(opening)
    ? [{ opening, got: `ports of data or administration from ${peers}`, isNarrowedPerhaps: false }]
    : [];
}
