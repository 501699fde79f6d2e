import type { Place } from "../../model/place.ts";

/**
 * How a connection's far end speaks: `tls`; `clear`; `passes`: it hands on what it gets, and the next hop says;
 * `redirect`: it answers nothing but where to ask by TLS; `machine`: it never leaves the machine; `unknown`.
 */
export type Speaks = "tls" | "clear" | "passes" | "redirect" | "machine" | "unknown";

/** The end of a hop. */
export interface End {
  readonly speaks: Speaks;
  /** What says so. */
  readonly by: string;
  readonly at: Place | undefined;
}

export const end = (speaks: Speaks, by: string, at?: Place): End => ({ speaks, by, at });

/** The worst of several: what one of them says in clear is in clear. */
export function worst(ends: readonly End[]): End | undefined {
  const order: readonly Speaks[] = ["clear", "unknown", "passes", "redirect", "machine", "tls"];
  return [...ends].sort((a, b) => order.indexOf(a.speaks) - order.indexOf(b.speaks))[0];
}
