import type { Listener } from "../../../services/schema/listener.ts";
import { certificatePlaces, internalCertificate } from "../certificates.ts";
import type { GroupPlace } from "../role.ts";
import type { TlsVars } from "./server.ts";

/** Keys and certificates of a listener. */
export type TlsOf = (listener: Listener, minimum?: TlsVars["minimum"]) => TlsVars;

/**
 * Keys and certificates of a group's listeners: where callers show a certificate, of the broker's authority if the group
 * has one, for only that can revoke; else of the internal one, which opens no port of the broker (BRK-26.5).
 */
export function tlsOf(place: GroupPlace): TlsOf {
  const internal = internalCertificate(place);
  const mutual = certificatePlaces(place).find(({ authority }) => authority === "broker") ?? internal;
  return (listener, minimum = "1.2") => {
    const { certificate, key, authorityFile, revoked } = listener.transport === "mtls" ? mutual : internal;
    return {
      minimum,
      certificate,
      key,
      ...(listener.transport === "mtls"
        ? { clients: { authority: authorityFile, ...(revoked === undefined ? {} : { revoked }) } }
        : {}),
    };
  };
}
