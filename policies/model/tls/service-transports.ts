import { kind } from "../estate.ts";
import { type Json, objectOf } from "../json.ts";
import { type Place, placeOfResource } from "../place.ts";
import { templatedJson } from "../templated-json.ts";
import type { Block } from "../terraform/block.ts";
import type { Graph } from "../terraform/graph.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, known, shown, Unknown, type Value } from "../value.ts";
import { type ServiceSetting, serviceSettings } from "./service-settings.ts";

/** A setting that decides whether a service speaks clear text, or to whom. */
export interface ServiceTransport {
  readonly at: Place;
  readonly attribute: string;
  readonly value: Value<string>;
  readonly fine: boolean;
  readonly expected: string;
}

/** Settings inside a JSON text. */
interface DocumentSetting {
  readonly type: string;
  readonly attribute: string;
  readonly path: readonly string[];
  readonly fine: (value: Json | undefined) => boolean;
  readonly expected: string;
  /** Only documents of this kind. */
  readonly concerns: (block: Block, json: Json | undefined) => boolean;
}

const DOCUMENTS: readonly DocumentSetting[] = [
  {
    type: "aws_ssm_document",
    attribute: "content",
    path: ["inputs", "kmsKeyId"],
    fine: (value) => typeof value === "string" && value !== "",
    expected: "a key, so that sessions are encrypted from end to end",
    // Documents for ports and commands have no such setting; they follow the one that has.
    concerns: (block, json) =>
      known(block.text("document_type")) === "Session" &&
      (json === undefined ||
        !["Port", "InteractiveCommands", "NonInteractiveCommands"].includes(String(objectOf(json)["sessionType"]))),
  },
  {
    type: "aws_emr_security_configuration",
    attribute: "configuration",
    path: ["EncryptionConfiguration", "EnableInTransitEncryption"],
    fine: (value) => value === true,
    expected: "true",
    concerns: () => true,
  },
];

/** Settings of caches, streams, search, mail, proxies, file systems of tasks and the like. */
export const serviceTransports = kind<ServiceTransport>("service transport", ({ terraform }) => [
  ...serviceSettings.flatMap((setting) =>
    terraform.ofType(...setting.types).flatMap((resource) => settingsOf(resource, setting)),
  ),
  ...DOCUMENTS.flatMap((each) => terraform.ofType(each.type).flatMap((resource) => documentOf(resource, each))),
  ...groupsOfCaches(terraform),
  ...serverlessCaches(terraform),
  ...brokers(terraform),
  ...connectedServices(terraform),
]);

const groupsOfCaches = (terraform: Graph): readonly ServiceTransport[] =>
  terraform
    .ofType("aws_elasticache_replication_group")
    // A member of a global datastore takes its clients' passwords from there.
    .filter(({ block }) => !block.has("global_replication_group_id"))
    .map((resource) => ({
      at: placeOfResource(resource),
      attribute: "auth_token",
      value: "no password and no users",
      fine: resource.block.has("auth_token") || resource.block.texts("user_group_ids").length > 0,
      expected: "auth_token or user_group_ids",
    }));

/** They speak nothing but TLS; who may call is a group of users, which memcached does not have. */
const serverlessCaches = (terraform: Graph): readonly ServiceTransport[] =>
  terraform.ofType("aws_elasticache_serverless_cache").flatMap((resource) => {
    const engine = resource.block.text("engine") ?? "nothing";
    if (engine === "memcached") return [];
    const value = isUnknown(engine) ? engine : "no users";
    const fine = resource.block.has("user_group_id");
    return [{ at: placeOfResource(resource), attribute: "user_group_id", value, fine, expected: "a group of users" }];
  });

/** Brokers of Kafka let everybody in where they ask in no way, or are told to let those in too who cannot be asked. */
const brokers = (terraform: Graph): readonly ServiceTransport[] =>
  terraform.ofType("aws_msk_cluster").map((resource) => {
    const ways = resource.block.blocks("client_authentication");
    const open = ways.map((each) => each.flag("unauthenticated") ?? false).find((each) => each !== false);
    const asks = ways.some(
      (each) =>
        each.blocks("tls").some((tls) => tls.has("certificate_authority_arns")) ||
        each.blocks("sasl").some((sasl) => ["iam", "scram"].some((way) => (sasl.flag(way) ?? false) !== false)),
    );
    return {
      at: placeOfResource(resource),
      attribute: "client_authentication",
      value: isUnknown(open) ? open : "everybody is let in",
      fine: asks && open === undefined,
      expected: "sasl.iam, sasl.scram or tls, and not unauthenticated",
    };
  });

/** What a service of ECS offers to others by Service Connect: in clear text, unless it has certificates of an authority. */
const connectedServices = (terraform: Graph): readonly ServiceTransport[] =>
  terraform.ofType("aws_ecs_service").flatMap((resource) =>
    resource.block.blocks("service_connect_configuration").flatMap((connect) => {
      const enabled = connect.flag("enabled") ?? false;
      if (enabled === false) return [];
      return connect.blocks("service").map((service) => ({
        at: placeOfResource(resource),
        attribute: "service_connect_configuration.service.tls",
        value: [enabled, service.text("port_name")].find(isUnknown) ?? "clear text",
        fine: service.has("tls") && !service.isUnknown,
        expected: "tls with an authority of ACM PCA",
      }));
    }),
  );

function documentOf(resource: Resource, setting: DocumentSetting): readonly ServiceTransport[] {
  const raw = resource.block.raw[setting.attribute];
  const json = typeof raw === "string" ? templatedJson(raw) : undefined;
  if (!setting.concerns(resource.block, json)) return [];
  const found = setting.path.reduce<Json | undefined>((value, name) => objectOf(value)[name], json);
  return [
    {
      at: placeOfResource(resource),
      attribute: [setting.attribute, ...setting.path].join("."),
      value: json === undefined ? new Unknown(String(raw)) : shown(found),
      fine: json !== undefined && setting.fine(found),
      expected: setting.expected,
    },
  ];
}

function settingsOf(resource: Resource, setting: ServiceSetting): readonly ServiceTransport[] {
  if (!concerns(resource.block, setting)) return [];
  const names = setting.path.split(".");
  const attribute = names.at(-1) ?? setting.path;
  const values = blocksUnder(resource.block, names.slice(0, -1), setting.within).flatMap((block) => {
    const given = block === undefined ? [] : block.texts(attribute);
    return given.length > 0 || setting.byDefault === undefined ? given : [setting.byDefault];
  });
  return values.map((value) => ({
    at: placeOfResource(resource),
    attribute: setting.path,
    value,
    fine: !isUnknown(value) && setting.accepted(value),
    expected: setting.expected,
  }));
}

function concerns(block: Block, { when }: ServiceSetting): boolean {
  if (when === undefined) return true;
  const given = known(block.text(when.attribute)) ?? (block.has(when.attribute) ? "unknown" : "nothing");
  return (when.is === undefined || when.is.includes(given)) && !when.isNot?.includes(given);
}

/** Blocks at the end of a path, nothing for a place where there is none; none at all outside of what they must stand in. */
function blocksUnder(
  block: Block,
  names: readonly string[],
  within: string | undefined,
): readonly (Block | undefined)[] {
  const [name, ...rest] = names;
  if (name === undefined) return [block];
  const blocks = block.blocks(name);
  if (blocks.length === 0) return within === name || rest.includes(within ?? "") ? [] : [undefined];
  return blocks.flatMap((each) => blocksUnder(each, rest, within));
}
