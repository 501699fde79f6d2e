import { classicListeners } from "../classic-load-balancers.ts";
import { distributions, type Origin } from "../distributions.ts";
import { kind } from "../estate.ts";
import { type TargetGroup, targetGroups } from "../load-balancers.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, known, Unknown, type Value } from "../value.ts";
import { atLeast, protocolOf } from "./protocols.ts";

/** A hop behind an entrance, or away from AWS: what something speaks to the next one. */
export interface Hop {
  readonly at: Place;
  readonly attribute: string;
  /** `HTTP`, `https-only`, `TLSv1.1`: as outputs have it. */
  readonly speaks: Value<string>;
  readonly encrypted: boolean;
}

/** Target groups and their health checks, origins, integrations of APIs, subscriptions. */
export const hops = kind<Hop>("hop", (estate) => [
  ...estate.of(targetGroups).flatMap(hopsOfGroup),
  ...estate
    .of(classicListeners)
    .flatMap(({ at, attribute, protocol, instanceProtocol, healthTarget }) => [
      hop(
        at,
        `${attribute}.instance_protocol`,
        instanceProtocol,
        (text) => /^(?:HTTPS|SSL)$/.test(text) || protocol === "TCP",
      ),
      hop(at, "health_check.target", healthTarget ?? "TCP", (text) => !/^HTTP:/i.test(text)),
    ]),
  ...estate.of(distributions).flatMap(({ origins }) => origins.flatMap(hopsOfOrigin)),
  ...estate.terraform.ofType("aws_api_gateway_integration").flatMap((each) => byAddress(each, "uri")),
  ...estate.terraform.ofType("aws_apigatewayv2_integration").flatMap(hopsOfIntegration),
  ...estate.terraform
    .ofType("aws_cloudwatch_event_api_destination")
    .flatMap((each) => byAddress(each, "invocation_endpoint")),
  ...estate.terraform
    .ofType("aws_sns_topic_subscription")
    .map((each) =>
      hop(placeOfResource(each), "protocol", each.block.text("protocol") ?? "nothing", (text) => text !== "http"),
    ),
]);

const hop = (at: Place, attribute: string, speaks: Value<string>, encrypted: (text: string) => boolean): Hop => ({
  at,
  attribute,
  speaks,
  encrypted: !isUnknown(speaks) && encrypted(speaks),
});

/**
 * TCP behind a listener that ends TLS is clear text; behind one that passes everything through, it is what comes in, which
 * is for the listener to say. A health check by TCP sends nothing.
 */
function hopsOfGroup({ at, type, protocol, healthProtocol, listeners }: TargetGroup): readonly Hop[] {
  if (type === "lambda" || type === "alb" || protocol === "GENEVE") return [];
  const spoken = protocol ?? new Unknown("no protocol");
  const ended = listeners.some((each) => /^(?:HTTPS|TLS)$/i.test(known(each.protocol) ?? ""));
  return [
    hop(
      at,
      "protocol",
      spoken,
      (text) => /^(?:HTTPS|TLS|QUIC)$/i.test(text) || (!ended && /^(?:TCP|TCP_QUIC)$/i.test(text)),
    ),
    hop(at, "health_check.protocol", healthProtocol, (text) => text.toUpperCase() !== "HTTP"),
  ];
}

function hopsOfOrigin({ at, attribute, kind: way, protocolPolicy, protocols }: Origin): readonly Hop[] {
  if (way === "s3") return [];
  const policy = protocolPolicy ?? new Unknown("no origin_protocol_policy");
  return [
    hop(at, `${attribute}.origin_protocol_policy`, policy, (text) => text === "https-only"),
    ...protocols.map((each) =>
      hop(at, `${attribute}.origin_ssl_protocols`, each, (text) => {
        const version = protocolOf(text);
        return version !== undefined && atLeast(version, "TLSv1.2");
      }),
    ),
  ];
}

/** An address begins with its protocol; one that does not is of AWS's own, which speaks TLS. */
const byAddress = (resource: Resource, attribute: string): readonly Hop[] => {
  const address = resource.block.text(attribute);
  if (address === undefined) return [];
  const scheme = isUnknown(address) ? /^https?:\/\//i.exec(address.expression)?.[0] : address;
  // A function or a state machine, by reference: AWS's own.
  if (scheme === undefined && isUnknown(address) && /arn/.test(address.attribute ?? "")) return [];
  return [hop(placeOfResource(resource), attribute, scheme ?? address, (text) => !/^http:/i.test(text))];
};

/** Through a VPC link the address is a listener, and TLS is on where a name to verify is given. */
function hopsOfIntegration(resource: Resource): readonly Hop[] {
  const { block } = resource;
  if (block.text("connection_type") !== "VPC_LINK") return byAddress(resource, "integration_uri");
  const verified = block.block("tls_config")?.text("server_name_to_verify");
  const given = verified === undefined ? "clear text" : "TLS";
  const speaks = isUnknown(verified) ? verified : given;
  return [hop(placeOfResource(resource), "tls_config", speaks, (text) => text === "TLS")];
}
