import type { Declaration } from "../../model/declaration.ts";
import type { Estate } from "../../model/estate.ts";
import type { Place } from "../../model/place.ts";
import { explain } from "../explain/explain.ts";
import { type LayerVerdict, shownLayer } from "../explain/layer.ts";
import type { Found, Said } from "../findings.ts";
import { admissions } from "../layers/group-space.ts";
import { impossibleFlow, undeclaredFlow } from "../rules.ts";
import { onlyPacket, packetOf, shownPacket } from "../space/packet.ts";
import { allOf, shownServices } from "../space/services.ts";
import { digestOf, intersectSpaces } from "../space/space.ts";
import { compare, type Difference } from "./differences.ts";

/** Possible flows against declared ones, each difference with a packet that shows it and what layers do with it. */
export function judgeFlows(estate: Estate, declaration: Declaration): readonly Found[] {
  const { differences, pairs, flows } = compare(estate, declaration);
  const said = (kind: Difference["kind"]): readonly Said[] =>
    differences.filter((each) => each.kind === kind).map((each) => saidOf(estate, each));
  return [
    { rule: undeclaredFlow, subjects: pairs, said: said("undeclared") },
    { rule: impossibleFlow, subjects: flows, said: said("impossible") },
  ];
}

const NOWHERE: Place = { resource: "declaration", stack: undefined, source: "index.json" };

function saidOf(estate: Estate, difference: Difference): Said {
  const { kind, from, to, packets, about, ends } = difference;
  const packet = packetOf(packets);
  const [first] = packets;
  if (from === undefined || to === undefined || packet === undefined || first === undefined) {
    return { at: NOWHERE, attribute: ends, got: about ?? "nothing", expected: "both ends of a declared flow" };
  }
  const layers = explain(estate, from, to, onlyPacket(first));
  const what = shownServices(allOf(packets.map(({ services }) => services)));
  const more = about === undefined ? "" : ` (${about})`;
  if (kind === "undeclared") {
    const got = `${what} is possible${more}, such as ${shownPacket(packet)}: ${layers.map(shownLayer).join(", ")}`;
    return {
      at: placeOf(estate, difference),
      attribute: ends,
      got,
      whole: digestOf(packets),
      expected: "a declared flow, or a layer that stops it",
    };
  }
  const got = `${what} is not possible${more}, such as ${shownPacket(packet)}: ${stopped(layers)}`;
  return {
    at: to.at.source === "" ? from.at : to.at,
    attribute: ends,
    got,
    whole: digestOf(packets),
    expected: "possible, since it is declared",
  };
}

/** The layers that stop a packet; all of them where none alone does. */
function stopped(layers: readonly LayerVerdict[]): string {
  const own = layers.filter(({ passes }) => !passes);
  return (own.length > 0 ? own : layers).map(shownLayer).join(", ");
}

/** Where an undeclared flow is let in: the rule of a security group, else the site that it is to. */
function placeOf(estate: Estate, { from, to, packets }: Difference): Place {
  if (from === undefined || to === undefined) return NOWHERE;
  const into = admissions(estate, to, "ingress", from);
  const rules = into === "all" ? [] : into.filter(({ box }) => intersectSpaces([box], packets).length > 0);
  return rules[0]?.rule.at ?? (to.at.source === "" ? from.at : to.at);
}
