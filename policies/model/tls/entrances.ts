import { classicListeners } from "../classic-load-balancers.ts";
import { type ClusterListener, clusterBalancers } from "../cluster/balancers.ts";
import { distributions } from "../distributions.ts";
import { type Estate, kind } from "../estate.ts";
import { type ListenerAction, listenerActions } from "../listener-actions.ts";
import { type Listener, listeners } from "../load-balancers.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, known, Unknown, type Value } from "../value.ts";
import { searchDomains } from "./endpoints.ts";
import { entrypoints } from "./entrypoints.ts";

/** A way in for clients, and what it does with one that speaks no TLS. */
export interface Entrance {
  readonly at: Place;
  readonly attribute: string;
  /** As outputs have it: `HTTP forward`. */
  readonly shown: string;
  /**
   * `encrypted`: no such client gets in. `redirects`: for good, to HTTPS. `clear`: it is served. `passes`: bytes go on as
   * they come, and whether they are TLS is decided behind it; `declared` where the catalogue says that they are.
   */
  readonly mode: Value<"encrypted" | "redirects" | "clear" | "passes" | "declared">;
}

/** Listeners and each of their rules, behaviours of distributions, websites of buckets, search domains. */
export const entrances = kind<Entrance>("entrance", (estate) => [
  ...estate.of(listeners).flatMap((each) => entrancesOf(each, estate)),
  ...(estate.of(listenerActions)[0]?.get(undefined) ?? []).map(clearAction).map((entrance) => ({
    ...entrance,
    // Whether its listener speaks clear text is not shown; that it redirects is.
    mode: entrance.mode === "clear" ? new Unknown("a listener that is made elsewhere") : entrance.mode,
  })),
  ...estate.of(classicListeners).map(({ at, attribute, protocol }) => ({
    at,
    attribute: `${attribute}.lb_protocol`,
    shown: String(protocol),
    mode: modeOf(protocol, (text) => classicMode(text)),
  })),
  ...estate.of(distributions).flatMap(({ at, behaviors }) =>
    behaviors.map(({ attribute, viewerProtocol = "allow-all" }) => ({
      at,
      attribute: `${attribute}.viewer_protocol_policy`,
      shown: String(viewerProtocol),
      mode: modeOf(viewerProtocol, (text) => VIEWERS.get(text) ?? "clear"),
    })),
  ),
  ...estate.terraform
    .ofType("aws_s3_bucket_website_configuration")
    .map((each) => websiteOf(each, "index_document", each.block.block("redirect_all_requests_to")?.text("protocol"))),
  ...estate.terraform
    .ofType("aws_s3_bucket")
    .filter(({ block }) => block.blocks("website").length > 0)
    .map((each) => {
      const [protocol] =
        /^https(?=:\/\/)/.exec(String(each.block.block("website")?.text("redirect_all_requests_to"))) ?? [];
      return websiteOf(each, "website", protocol);
    }),
  ...searchDomains.flatMap(({ type, options, enforces }) =>
    estate.terraform.ofType(type).map((resource) => {
      const enforced = resource.block.block(options)?.flag("enforce_https") ?? enforces;
      return {
        at: placeOfResource(resource),
        attribute: `${options}.enforce_https`,
        shown: String(enforced),
        mode: modeOf(enforced, (is) => (is ? "encrypted" : "clear")),
      };
    }),
  ),
  ...estate.of(clusterBalancers).flatMap(({ at, listeners: all }) => all.map((each) => entranceOfCluster(at, each))),
]);

/** A port of a load balancer that a controller makes. */
function entranceOfCluster(at: Place, { attribute, port, protocol, redirects }: ClusterListener): Entrance {
  const shown = `${protocol} ${port}`;
  if (isUnknown(protocol)) return { at, attribute, shown, mode: protocol };
  if (/^(?:HTTPS|TLS)$/.test(protocol)) return { at, attribute, shown, mode: "encrypted" };
  if (protocol === "TCP") return { at, attribute, shown, mode: "passes" };
  const mode = modeOf(redirects, (is) => (is && protocol === "HTTP" ? "redirects" : "clear"));
  return { at, attribute, shown, mode };
}

/** A website of a bucket speaks HTTP alone; all that it may do is send everybody away. */
const websiteOf = (resource: Resource, attribute: string, redirect: Value<string> | undefined): Entrance => ({
  at: placeOfResource(resource),
  attribute,
  shown: "a website of S3, which speaks HTTP alone",
  mode: modeOf(redirect ?? "http", (protocol) => (protocol === "https" ? "redirects" : "clear")),
});

const VIEWERS: ReadonlyMap<string, "encrypted" | "redirects"> = new Map([
  ["https-only", "encrypted"],
  ["redirect-to-https", "redirects"],
]);

const modeOf = <Text>(value: Value<Text>, of: (text: Text) => Exclude<Entrance["mode"], Unknown>): Entrance["mode"] =>
  isUnknown(value) ? value : of(value);

function classicMode(protocol: string): "encrypted" | "passes" | "clear" {
  if (protocol === "HTTPS" || protocol === "SSL") return "encrypted";
  return protocol === "TCP" ? "passes" : "clear";
}

function entrancesOf(listener: Listener, estate: Estate): readonly Entrance[] {
  const { at, protocol, actions } = listener;
  const whole = { at, attribute: "protocol", shown: String(protocol) };
  if (isUnknown(protocol)) return [{ ...whole, mode: protocol }];
  switch (protocol.toUpperCase()) {
    case "GENEVE":
      return [];
    case "HTTPS":
    case "TLS":
    case "QUIC":
      return [{ ...whole, mode: "encrypted" }, ...actions.flatMap(backToClearText)];
    case "TCP":
    case "TCP_QUIC":
      return [{ ...whole, mode: passing(listener, estate) }];
    case "HTTP":
      return actions.length === 0 ? [{ ...whole, mode: new Unknown("no action") }] : actions.map(clearAction);
    default:
      return [{ ...whole, mode: "clear" }];
  }
}

/** A redirect by which a listener that ends TLS sends clients to one of clear text; what is not said stays HTTPS. */
function backToClearText({ at, attribute, type, redirect }: ListenerAction): readonly Entrance[] {
  if (known(type) !== "redirect" || redirect === undefined) return [];
  const { protocol } = redirect;
  if (isUnknown(protocol)) return [{ at, attribute, shown: String(protocol), mode: protocol }];
  return protocol === "HTTP" ? [{ at, attribute, shown: "HTTPS redirect to HTTP", mode: "clear" }] : [];
}

/** What a listener of clear text does with a request: nothing but sending it to HTTPS, for good. */
function clearAction({ at, attribute, type, redirect }: ListenerAction): Entrance {
  const { protocol = "#{protocol}", port = "#{port}", status } = redirect ?? {};
  const open = [type, ...(known(type) === "redirect" ? [protocol, port, status] : [])].find(isUnknown);
  const redirects = type === "redirect" && protocol === "HTTPS" && port === "443" && status === "HTTP_301";
  const shown = type === "redirect" ? `HTTP redirect to ${protocol} port ${port}, ${status}` : `HTTP ${type}`;
  return { at, attribute, shown, mode: open ?? (redirects ? "redirects" : "clear") };
}

function passing(listener: Listener, estate: Estate): Entrance["mode"] {
  const declared = estate
    .of(entrypoints)
    .some(({ declared: { kind: way }, passes }) => way === "pass-through" && passes.includes(listener));
  if (declared) return "declared";
  // A load balancer behind it is judged by its own listeners.
  const groups = listener.actions.flatMap(({ targets }) => targets.map(({ group }) => group));
  const types = groups.map((group) => known(group?.block.text("target_type")));
  return types.length > 0 && types.every((type) => type === "alb") ? "encrypted" : "passes";
}
