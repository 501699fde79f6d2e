/** Versions of the protocol, the oldest first. */
export const protocols = ["SSLv2", "SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"] as const;
export type Protocol = (typeof protocols)[number];

/** What a named policy lets a client and a server agree on. */
export interface ProtocolRange {
  readonly lowest: Protocol;
  readonly highest: Protocol;
  /** Whether every key exchange that it offers keeps recorded traffic safe when the server's key is stolen later. */
  readonly forwardSecret: boolean;
  /** Whether it offers a key exchange that a quantum computer does not break. */
  readonly postQuantum: boolean;
}

/** Whether a version is at least another. */
export const atLeast = (version: Protocol, least: Protocol): boolean =>
  protocols.indexOf(version) >= protocols.indexOf(least);

/** A version in any of its spellings: `TLSv1.0`, `TLS1.2`, `TLS_1_2`, `1.2`. Absent: none. */
export function protocolOf(text: string): Protocol | undefined {
  const version = /^(?:tls|ssl)?[v_ -]*(\d(?:[._]\d)?)$/i.exec(text.trim())?.[1]?.replace("_", ".");
  if (version === undefined) return undefined;
  const name = /^ssl/i.test(text.trim()) ? `SSLv${version.replace(/\.0$/, "")}` : `TLSv${version.replace(/\.0$/, "")}`;
  return protocols.find((each) => each === name);
}

/** The oldest of a list such as `TLSv1.2,TLSv1.3`. Absent: one of them is none, or there are none. */
export function lowestOf(texts: readonly string[]): Protocol | undefined {
  const found = texts.map(protocolOf);
  return found.includes(undefined) ? undefined : protocols.find((each) => found.includes(each));
}
