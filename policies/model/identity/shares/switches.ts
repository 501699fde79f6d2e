import type { Estate } from "../../estate.ts";
import { isObject, type Json, listOf } from "../../json.ts";
import { placeOfResource } from "../../place.ts";
import { policyText } from "../../policy-text.ts";
import { templatedJson } from "../../templated-json.ts";
import type { Block } from "../../terraform/block.ts";
import { textsAt } from "../../terraform/ways.ts";
import { isUnknown, Unknown, type Value } from "../../value.ts";
import type { Share } from "../shares.ts";
import { strangersAmong } from "./named.ts";

/** What opens something to others in a way of its own, by type: where, and to whom. */
interface Switch {
  readonly attribute: string;
  readonly whom: (block: Block, estate: Estate) => readonly Value<string>[];
}

/** A flag that lets somebody in. Absent: off. */
const flag = (attribute: string, whom: string): Switch => ({
  attribute,
  whom: (block) => {
    const open = block.flag(attribute) ?? false;
    if (isUnknown(open)) return [open];
    return open ? [whom] : [];
  },
});

/** Commands of a chat: without users of their own, all of its members share one role. */
const channel: Switch = {
  attribute: "user_authorization_required",
  whom: (block) => {
    const own = block.flag("user_authorization_required") ?? false;
    if (isUnknown(own)) return [own];
    return own ? [] : ["everyone in the channel, with the channel's role"];
  },
};

const SWITCHES: Readonly<Record<string, Switch>> = {
  aws_chatbot_slack_channel_configuration: channel,
  aws_chatbot_teams_channel_configuration: channel,
  aws_codebuild_project: {
    attribute: "project_visibility",
    whom: (block) => {
      const seen = block.text("project_visibility") ?? "PRIVATE";
      if (isUnknown(seen)) return [seen];
      return seen === "PRIVATE" ? [] : ["anyone: its logs and what it builds"];
    },
  },
  aws_cognito_identity_pool: flag("allow_unauthenticated_identities", "anyone, without signing in"),
  aws_cognito_identity_pool_roles_attachment: {
    attribute: "roles.unauthenticated",
    whom: (block) =>
      block.blocks("roles").some((each) => each.has("unauthenticated")) ? ["anyone, without signing in"] : [],
  },
  aws_ecrpublic_repository: { attribute: "repository_name", whom: () => ["anyone: it is no private repository"] },
  aws_opensearchserverless_access_policy: { attribute: "policy", whom: principalsOfSearch },
  // Whose authority signs is shown where it is a resource of the outputs, and nowhere else.
  aws_rolesanywhere_trust_anchor: {
    attribute: "source.source_data.x509_certificate_data",
    whom: (block) =>
      textsAt(block, "source.source_data.x509_certificate_data").flatMap((each) => {
        if (isUnknown(each)) return each.resource === undefined ? [each] : [];
        return [new Unknown("whoever has a certificate of an authority that outputs do not show")];
      }),
  },
  aws_s3control_access_grant: {
    attribute: "grantee.grantee_identifier",
    // Users and groups of the directory are those of the account's own IAM Identity Center.
    whom: (block, estate) =>
      block
        .blocks("grantee")
        .filter((each) => !["DIRECTORY_GROUP", "DIRECTORY_USER"].some((type) => each.text("grantee_type") === type))
        .flatMap((each) => strangersAmong(each.texts("grantee_identifier"), estate)),
  },
  aws_ram_resource_share: flag("allow_external_principals", "accounts outside the organization"),
  // Permissions of a document are a map in the provider: { type = "Share", account_ids = "All" }.
  aws_ssm_document: {
    attribute: "permissions.account_ids",
    whom: (block, estate) =>
      block
        .blocks("permissions")
        .flatMap((each) => each.texts("account_ids"))
        .flatMap((each): readonly Value<string>[] => (isUnknown(each) ? [each] : each.split(",")))
        .flatMap((each) => (each === "" ? [] : strangersAmong([each], estate))),
  },
};

/** Where the switch of a type stands. */
export const switchOf = (type: string): string | undefined => SWITCHES[type]?.attribute;

export const sharesBySwitch = ({ terraform }: Estate): readonly Share[] =>
  Object.entries(SWITCHES).flatMap(([type, { attribute, whom }]) =>
    terraform.ofType(type).map((resource) => ({
      ...{ at: placeOfResource(resource), attribute },
      whom: (estate: Estate) => whom(resource.block, estate),
    })),
  );

/** A policy of OpenSearch Serverless is a list of rules, each with the ARNs of those it is for. */
function principalsOfSearch(block: Block, estate: Estate): readonly Value<string>[] {
  const text = block.raw["policy"];
  const json = typeof text === "string" ? templatedJson(text) : text;
  if (!Array.isArray(json)) return [new Unknown(String(text))];
  const named = json.flatMap((each: Json) => (isObject(each) ? listOf(each["Principal"]) : []));
  // Who signs in by the account's own provider is no stranger.
  const others = named.map(String).filter((each) => !/^(?:saml|iamidentitycenter)\//.test(each));
  return strangersAmong(
    others.map((each) => policyText(each, block.scope)),
    estate,
  );
}
