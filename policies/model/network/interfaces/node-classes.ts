import { nowhere, union } from "../../addresses.ts";
import type { Estate, Manifest } from "../../estate.ts";
import { type Json, type JsonObject, listOf, objectOf, textOf } from "../../json.ts";
import { placeOfManifest } from "../../place.ts";
import type { Resource } from "../../terraform/resource.ts";
import { isUnknown, known } from "../../value.ts";
import { groupOf, type SecurityGroup, securityGroups } from "../groups.ts";
import { type Subnet, subnets } from "../subnets.ts";
import type { Interface } from "./interface.ts";

const CLASSES = ["NodeClass", "EC2NodeClass"];

/** Nodes that a cluster starts by itself, and with them their pods: a class names subnets and groups by their tags. */
export const interfacesOfNodeClasses = (estate: Estate): readonly Interface[] =>
  estate.manifests.filter(({ kind }) => CLASSES.includes(kind)).flatMap((manifest) => interfacesOf(estate, manifest));

function interfacesOf(estate: Estate, manifest: Manifest): readonly Interface[] {
  const spec = objectOf(manifest.body["spec"]);
  const nodes = interfaceOf(estate, manifest, spec, "subnetSelectorTerms", "securityGroupSelectorTerms");
  // Amazon EKS user guide, "Create a Node Class": pods may have subnets and groups of their own.
  const own = spec["podSubnetSelectorTerms"] !== undefined || spec["podSecurityGroupSelectorTerms"] !== undefined;
  return own
    ? [nodes, interfaceOf(estate, manifest, spec, "podSubnetSelectorTerms", "podSecurityGroupSelectorTerms")]
    : [nodes];
}

function interfaceOf(
  estate: Estate,
  manifest: Manifest,
  spec: JsonObject,
  inSubnets: string,
  inGroups: string,
): Interface {
  const at = placeOfManifest(manifest);
  const own = estate.of(subnets).filter(({ resource }) => selects(spec[inSubnets], resource));
  const groups = estate.of(securityGroups).filter((group) => selectsGroup(spec[inGroups], group));
  const network = objectOf(spec["advancedNetworking"]);
  return {
    at,
    what: "nodes",
    name: manifest.name,
    resource: undefined,
    subnets: own,
    unknownSubnets: [],
    // A class whose groups are not among the outputs has some all the same: nobody knows which.
    groups: groups.length > 0 ? groups : [groupOf(estate, `groups of ${at.resource}`, at)],
    addresses: own.length === 0 ? nowhere : union(own.map(({ addresses }) => addresses)),
    fixed: false,
    publicAddress:
      (network["associatePublicIPAddress"] ?? spec["associatePublicIPAddress"]) === true
        ? true
        : mapped(network["associatePublicIPAddress"] ?? spec["associatePublicIPAddress"], own),
    publicBy: "spec.advancedNetworking.associatePublicIPAddress",
  };
}

/** Without a word of it, nodes have what their subnets give. */
const mapped = (said: Json | undefined, own: readonly Subnet[]): boolean =>
  said === undefined && own.some(({ mapsPublicAddress }) => isUnknown(mapsPublicAddress) || mapsPublicAddress);

const selectsGroup = (terms: Json | undefined, { resource }: SecurityGroup): boolean =>
  resource !== undefined && selects(terms, resource);

/** Whether any of the terms names a resource: by its id, its name, or tags that it all has. */
function selects(terms: Json | undefined, { block }: Resource): boolean {
  const tags = block.map("tags");
  return listOf(terms)
    .map(objectOf)
    .some((term) => {
      const id = textOf(term["id"]);
      if (id !== undefined) return known(block.text("id")) === id;
      const name = textOf(term["name"]);
      if (name !== undefined) return known(block.text("name")) === name;
      const asked = Object.entries(objectOf(term["tags"]));
      return asked.length > 0 && !isUnknown(tags) && asked.every(([key, value]) => tags.get(key) === value);
    });
}
