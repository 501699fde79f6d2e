import { type AddressSet, nowhere, union } from "../addresses.ts";
import type { Estate } from "../estate.ts";
import { textOf } from "../json.ts";
import type { Scope } from "../terraform/block.ts";
import { dataAt } from "../terraform/document.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, Unknown, type Value } from "../value.ts";
import { addressesOf } from "./cidr-texts.ts";

/** What a prefix list holds, as far as outputs say. */
export interface ListAddresses {
  readonly addresses: AddressSet;
  readonly services: readonly string[];
  readonly unknown: readonly Unknown[];
}

const LIST = "aws_ec2_managed_prefix_list";
const entriesKey = {};

/** The entries of a prefix list: of the list itself and of separate entries. A list of AWS is known by its service only. */
export function addressesOfList(estate: Estate, id: Value<string>, scope: Scope): ListAddresses {
  const list = estate.terraform.find(id, LIST);
  if (list !== undefined) return entriesOf(estate).get(list) ?? { addresses: nowhere, services: [], unknown: [] };
  const service = serviceOf(id, scope);
  if (service !== undefined) return { addresses: nowhere, services: [service], unknown: [] };
  return { addresses: nowhere, services: [], unknown: [isUnknown(id) ? id : new Unknown(id)] };
}

/** CloudFront's addresses towards origins. */
export const CLOUDFRONT = "com.amazonaws.global.cloudfront.origin-facing";

/**
 * Its list in each region (AWS blog "Limit access to your origins using the AWS-managed prefix list for Amazon CloudFront",
 * and public configurations of each region, which agree; read 2026-11-22). A list that is not here is unknown.
 */
const CLOUDFRONT_LISTS: Readonly<Record<string, string>> = {
  "pl-22a6434b": "ap-northeast-2",
  "pl-31a14458": "ap-northeast-3",
  "pl-31a34658": "ap-southeast-1",
  "pl-38a64351": "ca-central-1",
  "pl-3b927c52": "us-east-1",
  "pl-4ea04527": "us-west-1",
  "pl-4fa04526": "eu-west-1",
  "pl-58a04531": "ap-northeast-1",
  "pl-5da64334": "sa-east-1",
  "pl-75b1541c": "eu-west-3",
  "pl-82a045eb": "us-west-2",
  "pl-93a247fa": "eu-west-2",
  "pl-9aa247f3": "ap-south-1",
  "pl-a3a144ca": "eu-central-1",
  "pl-b6a144df": "us-east-2",
  "pl-b8a742d1": "ap-southeast-2",
  "pl-fab65393": "eu-north-1",
};

/** The service whose list an id is, or a reference leads to: by an endpoint, or by a data source that names the list. */
function serviceOf(id: Value<string>, scope: Scope): string | undefined {
  if (!isUnknown(id)) return Object.hasOwn(CLOUDFRONT_LISTS, id) ? CLOUDFRONT : undefined;
  if (id.resource?.type === "aws_vpc_endpoint")
    return textOf(id.resource.raw.attributes["service_name"]) ?? "an endpoint";
  const data = /data\.(?:aws_prefix_list|aws_ec2_managed_prefix_list)\.[\w-]+/.exec(id.expression)?.[0];
  const name = data === undefined ? undefined : textOf(dataAt(scope.document, scope.module, data)?.["name"]);
  return name?.startsWith("com.amazonaws.") ? name : undefined;
}

function entriesOf(estate: Estate): ReadonlyMap<Resource, ListAddresses> {
  return estate.once(entriesKey, () => {
    const { terraform } = estate;
    const separate = Map.groupBy(terraform.ofType("aws_ec2_managed_prefix_list_entry"), ({ block }) =>
      terraform.find(block.text("prefix_list_id"), LIST),
    );
    return new Map(
      terraform.ofType(LIST).map((list) => {
        const blocks = [...list.block.blocks("entry"), ...(separate.get(list) ?? []).map(({ block }) => block)];
        const { addresses, unknown } = addressesOf(blocks.map((each) => each.text("cidr") ?? ""));
        return [list, { addresses: union([addresses]), services: [], unknown }] as const;
      }),
    );
  });
}
