import { type ApiBody, apiBodies } from "../api-bodies.ts";
import { type Estate, kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, type Value } from "../value.ts";
import { strangeAddresses } from "./addresses.ts";
import { strangeBuckets } from "./buckets.ts";
import { endsOf } from "./ends.ts";
import { sentToAddress, writtenInto } from "./ways.ts";

/** Where something sends data to that has no account in its name: a bucket, a host, a mailbox. */
export interface Destination {
  readonly at: Place;
  readonly attribute: string;
  /** What a destination of ours would be. */
  readonly expected: string;
  /** Those that are others', or may be. */
  readonly strange: (estate: Estate) => readonly Value<string>[];
}

/** Every bucket, host and mailbox that something sends data to. */
export const destinations = kind<Destination>("destination", (estate) => [
  ...named(estate),
  ...apiBodies(estate.terraform).flatMap(handedOn),
]);

const named = ({ terraform }: Estate): readonly Destination[] => [
  ...Object.entries(writtenInto).flatMap(([type, ways]) =>
    terraform.ofType(type).flatMap((resource) =>
      ways.flatMap(([way, owner]) =>
        endsOf(resource.block, way).map(({ holder, name, attribute }) => ({
          ...{ at: placeOfResource(resource), attribute, expected: "a bucket of these outputs" },
          strange: (estate: Estate) => strangeBuckets(holder, name, owner, estate),
        })),
      ),
    ),
  ),
  ...Object.entries(sentToAddress).flatMap(([type, ways]) =>
    terraform
      .ofType(type)
      .filter((resource) => !isSource(resource))
      .flatMap((resource) =>
        ways.flatMap((way) =>
          endsOf(resource.block, way).map(({ holder, name, attribute }) => ({
            ...{ at: placeOfResource(resource), attribute, expected: OURS },
            strange: (estate: Estate) => holder.texts(name).flatMap((each) => strangeAddresses(each, estate)),
          })),
        ),
      ),
  ),
];

const OURS = "a domain of ours, or one that is declared";

/** An endpoint that data are only read from, and an interface that hands requests on to something without a host. */
function isSource({ type, block }: Resource): boolean {
  switch (type) {
    case "aws_dms_endpoint":
      return block.text("endpoint_type") === "source";
    case "aws_api_gateway_integration":
      return !callsHost(block.text("type"), block.text("connection_type"));
    case "aws_apigatewayv2_integration":
      return !callsHost(block.text("integration_type"), block.text("connection_type"));
    default:
      return false;
  }
}

/** Through a link requests come to a load balancer of the network, whatever the address says. */
const callsHost = (type: Value<string> | undefined, connection: Value<string> | undefined): boolean =>
  (isUnknown(type) || /^http/i.test(type ?? "")) && connection !== "VPC_LINK";

/** Where operations of an OpenAPI document hand requests on to; one that nobody can read is told by the rule of hops. */
function handedOn({ resource, operations }: ApiBody): readonly Destination[] {
  if (isUnknown(operations)) return [];
  return operations.flatMap(({ attribute, integration }): readonly Destination[] => {
    if (integration === undefined || isUnknown(integration)) return [];
    if (!callsHost(integration.text("type"), integration.text("connectionType"))) return [];
    return [
      {
        ...{ at: placeOfResource(resource), attribute, expected: OURS },
        strange: (estate) => integration.texts("uri").flatMap((each) => strangeAddresses(each, estate)),
      },
    ];
  });
}
