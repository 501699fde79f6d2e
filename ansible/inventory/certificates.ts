import { groupDomain } from "../../services/names.ts";
import type { Certificate } from "../../services/schema/component.ts";
import type { HostedStore } from "../../services/schema/store.ts";
import type { GroupPlace } from "./role.ts";

/** Unix group that may read the keys of internal certificates; whoever serves TLS is in it. */
export const TLS_GROUP = "tls-keys";

/** A certificate of a group's hosts: where its files lie, and who may read its key. */
export interface CertificatePlace {
  readonly authority: Certificate["authority"];
  readonly certificate: string;
  readonly key: string;
  readonly authorityFile: string;
  /** Revocation list that peers are checked against. */
  readonly revoked?: string;
  /** Who reads the key besides root, unless it has an owner. */
  readonly group: string;
  /** Account whose own the key is, readable by nobody else (BRK-6.3, BRK-13.8). */
  readonly owner?: string;
}

const STORE_NAMES = { certificate: "tls.crt", key: "tls.key", authority: "ca.crt" } as const;

/** The folder below `/etc` where programs of a store look for certificates. */
const storeFolder = (kind: HostedStore["kind"]): string => {
  switch (kind) {
    case "patroni":
      return "/etc/patroni/tls";
    case "redis-sentinel":
      return "/etc/redis/tls";
    case "mongo":
      return "/etc/mongod/tls";
  }
};

/** The application itself shows the broker's certificate, with a key of its own; all that serve TLS show the internal one. */
function readers(
  { group }: GroupPlace,
  authority: Certificate["authority"],
): Pick<CertificatePlace, "group" | "owner"> {
  if (authority === "internal" || group.kind !== "hosts") return { group: TLS_GROUP };
  const user = group.units[0]?.user;
  return user === undefined ? { group: "root" } : { group: user, owner: user };
}

/** All certificates of a group: those a component declares, or the one of the internal authority that a store has. */
export function certificatePlaces(place: GroupPlace): readonly CertificatePlace[] {
  const { group } = place;
  const declared: readonly Certificate[] =
    group.kind === "hosts"
      ? group.certificates
      : [{ authority: "internal", directory: storeFolder(group.kind), names: STORE_NAMES }];
  return declared.map(({ authority, directory, names }) => ({
    authority,
    certificate: `${directory}/${names.certificate}`,
    key: `${directory}/${names.key}`,
    authorityFile: `${directory}/${names.authority}`,
    ...(names.revoked === undefined ? {} : { revoked: `${directory}/${names.revoked}` }),
    ...readers(place, authority),
  }));
}

/** The certificate of the internal authority, which every host has. Throws with the path for a group without one. */
export function internalCertificate(place: GroupPlace): CertificatePlace {
  const found = certificatePlaces(place).find(({ authority }) => authority === "internal");
  if (found === undefined) {
    const path = `${place.resolved.service.name}/components/${place.group.name}/certificates`;
    throw new Error(`${path}: must hold one of the authority internal, got none`);
  }
  return found;
}

/** Unit in the subject of certificates by which members of a store know each other: no other group has it. */
export const membersUnit = ({ resolved, group }: GroupPlace): string => `${resolved.service.name}/${group.name}`;

/** Names that all hosts of a group answer to, besides each its own; the public one where the load balancer opens nothing. */
export const sharedNames = ({ resolved, group }: GroupPlace): readonly string[] => [
  groupDomain(resolved.environment, resolved.service, group),
  ...resolved.entrypoints
    .filter(({ entrypoint: { kind, to } }) => kind === "pass-through" && to.owner === group.name)
    .map(({ hostName }) => hostName),
];
