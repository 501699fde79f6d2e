import { groupDomain } from "../../../services/names.ts";
import type { Patroni } from "../../../services/schema/databases.ts";
import { internalCertificate } from "../certificates.ts";
import type { GroupPlace, HostRole } from "../role.ts";

/** A PostgreSQL whose members agree by etcd on who is primary. */
export const patroniOf = ({ group }: GroupPlace): Patroni | undefined => (group.kind === "patroni" ? group : undefined);

/** The hosts of a store, as they name each other. */
export const membersOf = ({ hosts }: GroupPlace) =>
  hosts.map(({ name, address, domain }) => ({ name, address, domain }));

/** Agreement on who is primary, on the hosts of each PostgreSQL of ours: mutual TLS, members of the same store alone. */
export const etcd: HostRole = {
  name: "etcd",
  groupVars: (place) => {
    const store = patroniOf(place);
    if (store === undefined) return undefined;
    const { environment, service } = place.resolved;
    const { certificate, key, authorityFile } = internalCertificate(place);
    return {
      etcd_token: `${environment.name}-${service.name}-${store.name}`,
      etcd_members: membersOf(place),
      etcd_client_port: store.listens.etcdClient.port,
      etcd_peer_port: store.listens.etcdPeer.port,
      // Every member's certificate has this name, and no other host's should.
      etcd_allowed_name: groupDomain(environment, service, store),
      etcd_certificate: certificate,
      etcd_key: key,
      etcd_authority: authorityFile,
    };
  },
  // Certificate and key are read anew at each handshake; nothing is to be reloaded.
  handOver: () => ["/usr/local/sbin/etcd-member handover"],
  ready: () => ["/usr/local/sbin/etcd-member ready 120"],
};
