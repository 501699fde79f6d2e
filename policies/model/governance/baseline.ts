import { type Estate, kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import { regionOf } from "../region.ts";
import type { Block } from "../terraform/block.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, type Value } from "../value.ts";

/** A setting of a whole account, or of a region of it. */
export interface AccountSetting {
  readonly at: Place;
  /** `aws_ebs_encryption_by_default.enabled`. */
  readonly attribute: string;
  /** Absent: no resource says it, and what AWS does by itself is too little. */
  readonly value: Value<string> | undefined;
  readonly expected: string;
  readonly holds: (value: string) => boolean;
}

interface Wanted {
  readonly expected: string;
  readonly holds: (value: string) => boolean;
  /** What the provider sets where the attribute is left out. */
  readonly given?: string;
}

const is = (...values: readonly string[]): Pick<Wanted, "expected" | "holds"> => ({
  expected: values.join(" or "),
  holds: (value) => values.includes(value),
});
const atLeast = (least: number): Pick<Wanted, "expected" | "holds"> => ({
  expected: `${least} or more`,
  holds: (value) => Number(value) >= least,
});

/** Defaults are those of the provider's documentation, version 6.34; figures of passwords those of the CIS benchmark 3.0. */
const WANTED: Readonly<Record<string, Readonly<Record<string, Wanted>>>> = {
  aws_ebs_encryption_by_default: { enabled: { ...is("true"), given: "true" } },
  aws_ebs_snapshot_block_public_access: { state: is("block-all-sharing") },
  aws_ec2_image_block_public_access: { state: is("block-new-sharing") },
  aws_ec2_instance_metadata_defaults: {
    http_tokens: { ...is("required"), given: "no-preference" },
    http_put_response_hop_limit: { ...is("1"), given: "no preference" },
  },
  aws_iam_account_password_policy: {
    minimum_password_length: { ...atLeast(14), given: "6" },
    password_reuse_prevention: { ...atLeast(24), given: "0" },
    require_lowercase_characters: { ...is("true"), given: "false" },
    require_numbers: { ...is("true"), given: "false" },
    require_symbols: { ...is("true"), given: "false" },
    require_uppercase_characters: { ...is("true"), given: "false" },
  },
  aws_s3_account_public_access_block: {
    block_public_acls: { ...is("true"), given: "false" },
    block_public_policy: { ...is("true"), given: "false" },
    ignore_public_acls: { ...is("true"), given: "false" },
    restrict_public_buckets: { ...is("true"), given: "false" },
  },
};

/** What is off in a new account, and must only not be turned on. */
const UNTOUCHED: Readonly<Record<string, Readonly<Record<string, Wanted>>>> = {
  aws_ec2_serial_console_access: { enabled: { ...is("false"), given: "true" } },
  aws_emr_block_public_access_configuration: { block_public_security_group_rules: is("true") },
  aws_ssm_service_setting: { setting_value: is("Disable") },
};

/** Settings of the account, those of a region for the declared one. What no output says is asked of declared estates alone. */
export const accountSettings = kind<AccountSetting>("setting of the account", (estate) =>
  Object.entries({ ...WANTED, ...UNTOUCHED }).flatMap(([type, attributes]) => {
    const found = estate.terraform.ofType(type).filter((each) => isAtHome(each, estate) && isAboutSharing(each));
    if (found.length === 0) return type in WANTED ? missing(type, attributes, estate) : [];
    return found.flatMap((resource) =>
      Object.entries(attributes).map(([name, wanted]) => settingOf(resource, name, wanted)),
    );
  }),
);

/** Of the many settings of Systems Manager that one by which its documents may be everybody's. */
const isAboutSharing = ({ type, block }: Resource): boolean =>
  type !== "aws_ssm_service_setting" || String(block.text("setting_id")).endsWith("/public-sharing-permission");

const settingOf = (resource: Resource, name: string, { expected, holds, given }: Wanted): AccountSetting => ({
  at: placeOfResource(resource),
  attribute: name,
  value: textOf(resource.block, name) ?? given,
  expected,
  holds,
});

/** A number that stands for no preference is one. */
function textOf(block: Block, name: string): Value<string> | undefined {
  const text = block.text(name);
  return !isUnknown(text) && text === "-1" ? undefined : text;
}

const missing = (type: string, attributes: Readonly<Record<string, Wanted>>, { declaration, terraform }: Estate) =>
  declaration === undefined
    ? []
    : Object.entries(attributes).map(([name, { expected, holds }]) => ({
        at: placeOfAccount(declaration.account, terraform.documents[0]?.source ?? ""),
        ...{ attribute: `${type}.${name}`, value: undefined, expected, holds },
      }));

/** Where a finding about something that is not there stands. */
export const placeOfAccount = (account: string, source: string): Place => ({
  resource: `account ${account}`,
  stack: undefined,
  source,
});

/** Whether a resource stands in the declared region; where nothing is declared, any is as good. */
export const isAtHome = (resource: Resource, { declaration }: Estate): boolean => {
  const region = regionOf(resource);
  return declaration === undefined || region === undefined || region === declaration.region;
};
