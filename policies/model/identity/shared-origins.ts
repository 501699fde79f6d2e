import { kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Block } from "../terraform/block.ts";
import type { Value } from "../value.ts";

/** What an interface tells browsers: pages of which origins may read its answers, and whether as the person who is signed in. */
export interface SharedOrigins {
  readonly at: Place;
  readonly attribute: string;
  /** `https://shop.example.org`, `*`. */
  readonly origins: readonly Value<string>[];
  /** Whether cookies and logins go along. */
  readonly credentials: Value<boolean>;
}

interface Reads {
  /** The block, and in it the list and the flag. */
  readonly block: string;
  readonly origins: (block: Block) => readonly Value<string>[];
  readonly credentials: string;
  readonly attribute: string;
}

/** Names and defaults are those of the provider's documentation, version 6.66. */
const READS: Readonly<Record<string, Reads>> = {
  aws_apigatewayv2_api: {
    ...{ block: "cors_configuration", credentials: "allow_credentials", attribute: "allow_origins" },
    origins: (block) => block.texts("allow_origins"),
  },
  aws_cloudfront_response_headers_policy: {
    ...{ block: "cors_config", credentials: "access_control_allow_credentials" },
    attribute: "access_control_allow_origins",
    origins: (block) => block.blocks("access_control_allow_origins").flatMap((each) => each.texts("items")),
  },
  aws_lambda_function_url: {
    ...{ block: "cors", credentials: "allow_credentials", attribute: "allow_origins" },
    origins: (block) => block.texts("allow_origins"),
  },
};

/** Such settings of CloudFront, API Gateway and addresses of functions. */
export const sharedOrigins = kind<SharedOrigins>("origins that may read answers", ({ terraform }) =>
  terraform.ofType(...Object.keys(READS)).flatMap((resource) => {
    const reads = READS[resource.type];
    if (reads === undefined) return [];
    const block = resource.block.block(reads.block);
    return [
      {
        at: placeOfResource(resource),
        attribute: `${reads.block}.${reads.attribute}`,
        // Who says nothing shares with nobody.
        origins: block === undefined ? [] : reads.origins(block),
        credentials: block?.flag(reads.credentials) ?? false,
      },
    ];
  }),
);
