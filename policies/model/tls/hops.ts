import { type ApiBody, apiBodies } from "../api-bodies.ts";
import { classicListeners } from "../classic-load-balancers.ts";
import { clusterBalancers } from "../cluster/balancers.ts";
import { distributions, type Origin } from "../distributions.ts";
import { type Estate, kind } from "../estate.ts";
import { listeners, type TargetGroup, targetGroups } from "../load-balancers.ts";
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
  ...hopsOfGroups(estate),
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
  ...estate.terraform
    .ofType("aws_api_gateway_integration")
    .flatMap((each) => [...byAddress(each, "uri"), ...unverified(each)]),
  ...estate.terraform.ofType("aws_apigatewayv2_integration").flatMap(hopsOfIntegration),
  ...estate.terraform.ofType("aws_apigatewayv2_api").flatMap((each) => byAddress(each, "target")),
  ...apiBodies(estate.terraform).flatMap(hopsOfBody),
  ...estate.terraform
    .ofType("aws_cloudwatch_event_api_destination")
    .flatMap((each) => byAddress(each, "invocation_endpoint")),
  ...estate.terraform
    .ofType("aws_sns_topic_subscription")
    .map((each) =>
      hop(placeOfResource(each), "protocol", each.block.text("protocol") ?? "nothing", (text) => text !== "http"),
    ),
  ...estate
    .of(clusterBalancers)
    .flatMap(({ at, hops: behind }) =>
      behind.map(({ attribute, speaks, isEncrypted }) => hop(at, attribute, speaks, () => isEncrypted)),
    ),
]);

const hop = (at: Place, attribute: string, speaks: Value<string>, encrypted: (text: string) => boolean): Hop => ({
  at,
  attribute,
  speaks,
  encrypted: !isUnknown(speaks) && encrypted(speaks),
});

function hopsOfGroups(estate: Estate): readonly Hop[] {
  const astray = leadAstray(estate);
  return estate.of(targetGroups).flatMap((group) => hopsOfGroup(group, astray));
}

/** Where a listener that ends TLS, or may, leads nobody knows where: it may be any group. */
const leadAstray = (estate: Estate): Unknown | undefined =>
  estate
    .of(listeners)
    .filter(({ protocol }) => endsTls(protocol) !== false)
    .flatMap(({ actions }) => actions.flatMap(({ targets }) => targets))
    .filter(({ group }) => group === undefined)
    .map(({ arn }) => arn)
    .find(isUnknown);

/** Whether a network load balancer's listener ends TLS; those that speak HTTP lead to groups that speak HTTP. */
const endsTls = (protocol: Value<string>): Value<boolean> => (isUnknown(protocol) ? protocol : /^TLS$/i.test(protocol));

/**
 * TCP behind a listener that ends TLS is clear text; behind one that passes everything through, it is what comes in, which
 * is for the listener to say. A health check by TCP sends nothing.
 */
function hopsOfGroup(
  { at, type, protocol, healthProtocol, listeners: leading }: TargetGroup,
  astray: Unknown | undefined,
): readonly Hop[] {
  if (type === "lambda" || type === "alb" || protocol === "GENEVE") return [];
  const spoken = protocol ?? new Unknown("no protocol");
  const isTcp = /^(?:TCP|TCP_QUIC)$/i.test(known(spoken) ?? "");
  const ended = leading.some((each) => /^(?:HTTPS|TLS)$/i.test(known(each.protocol) ?? ""));
  const perhaps = leading.map((each) => each.protocol).find(isUnknown) ?? astray;
  return [
    isTcp && !ended && perhaps !== undefined
      ? hop(at, "protocol", new Unknown(`${spoken}, perhaps behind a listener that ends TLS: ${perhaps}`), () => false)
      : hop(at, "protocol", spoken, (text) => /^(?:HTTPS|TLS|QUIC)$/i.test(text) || (isTcp && !ended)),
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

const byAddress = (resource: Resource, attribute: string): readonly Hop[] =>
  toAddress(placeOfResource(resource), attribute, resource.block.text(attribute));

/** An address begins with its protocol; one that does not is of AWS's own, which speaks TLS. */
function toAddress(at: Place, attribute: string, address: Value<string> | undefined): readonly Hop[] {
  if (address === undefined) return [];
  const scheme = isUnknown(address) ? /^https?:\/\//i.exec(address.expression)?.[0] : address;
  // A function or a state machine, by reference: AWS's own.
  if (scheme === undefined && isUnknown(address) && /arn/.test(address.attribute ?? "")) return [];
  return [hop(at, attribute, scheme ?? address, (text) => !/^http:/i.test(text))];
}

/** Whoever answers with whatever certificate may be the one that is called: TLS in form alone. */
const unverified = (resource: Resource): readonly Hop[] =>
  resource.block.blocks("tls_config").flatMap((each) => {
    const skips = each.flag("insecure_skip_verification") ?? false;
    if (skips === false) return [];
    const speaks = isUnknown(skips) ? skips : "TLS, with any certificate";
    return [hop(placeOfResource(resource), "tls_config.insecure_skip_verification", speaks, () => false)];
  });

function hopsOfIntegration(resource: Resource): readonly Hop[] {
  const { block } = resource;
  if (block.text("connection_type") !== "VPC_LINK") return byAddress(resource, "integration_uri");
  const verified = block.block("tls_config")?.text("server_name_to_verify");
  return [throughLink(placeOfResource(resource), "tls_config", verified)];
}

/** Through a VPC link the address is a listener, and TLS is on where a name to verify is given. */
function throughLink(at: Place, attribute: string, verified: Value<string> | undefined): Hop {
  const given = verified === undefined ? "clear text" : "TLS";
  return hop(at, attribute, isUnknown(verified) ? verified : given, (text) => text === "TLS");
}

/** Integrations of an OpenAPI document, in its own words. */
function hopsOfBody({ resource, operations }: ApiBody): readonly Hop[] {
  const at = placeOfResource(resource);
  if (isUnknown(operations)) return [hop(at, "body", operations, () => false)];
  return operations.flatMap(({ attribute, integration }): readonly Hop[] => {
    if (integration === undefined) return [];
    if (isUnknown(integration)) return [hop(at, attribute, integration, () => false)];
    // A REST API's link leads to an address with a protocol, another one's to a listener.
    if (integration.text("connectionType") === "VPC_LINK" && resource.type === "aws_apigatewayv2_api")
      return [throughLink(at, attribute, integration.block("tlsConfig")?.text("serverNameToVerify"))];
    return toAddress(at, attribute, integration.text("uri"));
  });
}
