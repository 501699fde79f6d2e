import { everywhere } from "../../model/addresses.ts";
import type { Direction } from "../../model/cluster/network-policies.ts";
import type { Pod } from "../../model/cluster/pod.ts";
import { pods } from "../../model/cluster/pods.ts";
import type { Declaration } from "../../model/declaration.ts";
import type { Estate } from "../../model/estate.ts";
import { everybody, meansPod, type Opening, openingsOf, type PolicyPeer } from "../../model/network-policies.ts";
import type { Found, Said } from "../findings.ts";
import { type Declared, declaredOf, servicesOf as servicesOfFlow } from "../flows/declared.ts";
import { portsOpened } from "../layers/pod-policies.ts";
import type { Site } from "../parties/site.ts";
import { sitesOf } from "../parties/sites.ts";
import { policyAdmitsMore } from "../rules.ts";
import { packetOf, shownPacket } from "../space/packet.ts";
import { allOf, type Services, shownServices, without } from "../space/services.ts";
import { digestOf, type Space, subtractSpaces } from "../space/space.ts";
import { expectedIn, expectedOut } from "./expected.ts";

const DIRECTIONS = ["ingress", "egress"] as const;

/** Judges what NetworkPolicies open for each pod: alone, declared flows only; and that they close both directions. */
export function judgePolicies(estate: Estate, declaration: Declaration): Found {
  const sites = sitesOf(estate, declaration);
  const declared = declaredOf(estate, declaration);
  const podSites = sites.filter(({ kind }) => kind === "pods");
  const nodes = sites.filter(({ kind }) => kind === "nodes" || kind === "cluster");
  const view: View = { estate, declared, podSites, nodes };
  const own = estate.of(pods).filter(({ spec }) => spec.flag("hostNetwork") !== true);
  const said = own.flatMap((pod) => DIRECTIONS.flatMap((direction) => judgePod(view, pod, direction)));
  return { rule: policyAdmitsMore, subjects: own.length, said };
}

interface View {
  readonly estate: Estate;
  readonly declared: Declared;
  readonly podSites: readonly Site[];
  readonly nodes: readonly Site[];
}

/** Whom a pod is: its own party; of the platform's pods the nodes that they run on. */
const ownSites = ({ podSites, nodes }: View, pod: Pod): readonly Site[] => {
  const own = podSites.filter((site) => site.pods.includes(pod));
  return own.length > 0 ? own : nodes.map((site) => ({ ...site, shares: [] }));
};

function judgePod(view: View, pod: Pod, direction: Direction): readonly Said[] {
  const { closed, openings } = openingsOf(view.estate, pod, direction);
  if (!closed) {
    const got = `no NetworkPolicy closes ${direction} of ${pod.owner}`;
    return [{ at: pod.at, attribute: direction, got, expected: "a policy that closes it" }];
  }
  const own = ownSites(view, pod);
  const expected = own.flatMap((site) =>
    direction === "ingress"
      ? expectedIn(view.declared, site, "not private")
      : expectedOut(view.declared, site, "not private"),
  );
  return openings.flatMap((opening) => judgeOpening(view, { pod, own, direction, expected }, opening));
}

interface Judged {
  readonly pod: Pod;
  readonly own: readonly Site[];
  readonly direction: Direction;
  readonly expected: Space;
}

function judgeOpening(view: View, judged: Judged, opening: Opening): readonly Said[] {
  const { pod, direction } = judged;
  const said = (got: string, outcome: Said["outcome"] = "fail"): Said => ({
    at: opening.policy.at,
    attribute: `${opening.path} of ${pod.owner}`,
    got: `${direction} admits ${got}`,
    expected: "declared flows only",
    outcome,
  });
  if (opening.unknown.length > 0) return [said(`what is unknown: ${opening.unknown.join(", ")}`, "unknown")];
  const peers = opening.peers.length === 0 ? [everybody] : opening.peers;
  return peers.flatMap((peer) => {
    if (peer.of === "addresses") {
      const left = toAddresses(judged, opening, peer);
      const packet = packetOf(left);
      const services = shownServices(allOf(left.map((each) => each.services)));
      return packet === undefined
        ? []
        : [{ ...said(`${services}, such as ${shownPacket(packet)}`), whole: digestOf(left) }];
    }
    const got = toPods(view, judged, opening, peer);
    return got === undefined ? [] : [said(got)];
  });
}

function toAddresses(
  { pod, direction, expected }: Judged,
  opening: Opening,
  peer: Extract<PolicyPeer, { readonly of: "addresses" }>,
): Space {
  const services = portsOpened(opening.ports, direction === "ingress" ? [pod] : []);
  const families: Space = [
    { v4: peer.addresses.v4, v6: [] },
    { v4: [], v6: peer.addresses.v6 },
  ].map((addresses) =>
    direction === "ingress"
      ? { from: addresses, to: everywhere, services }
      : { from: everywhere, to: addresses, services },
  );
  return subtractSpaces(families, expected);
}

/** Pods that a peer means; where it means none today, whoever bears the labels tomorrow is in. */
function toPods(view: View, { pod, own, direction }: Judged, opening: Opening, peer: PolicyPeer): string | undefined {
  const { estate, declared, podSites } = view;
  const meant = estate.of(pods).filter((each) => meansPod(estate, opening.policy, peer, each));
  const services = portsOpened(opening.ports, direction === "ingress" ? [pod] : meant);
  if (meant.length === 0) return `${shownServices(services)} of pods that there are not`;
  const undeclared = meant.flatMap((each): readonly Services[] => {
    const theirs = podSites.filter((site) => site.pods.includes(each));
    const flows = own.flatMap((one) =>
      theirs.flatMap((other) =>
        direction === "ingress" ? declared.betweenSites(other, one) : declared.betweenSites(one, other),
      ),
    );
    const left = without(services, allOf(flows.map(servicesOfFlow)));
    return left.length === 0 ? [] : [left];
  });
  if (undeclared.length === 0) return undefined;
  return `${shownServices(allOf(undeclared))} of ${[...new Set(meant.map(({ owner }) => owner))].join(", ")}`;
}
