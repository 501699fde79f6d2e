import type { Duration } from "./units.ts";

/** How a secret is renewed. */
export type Rotation =
  /** Made anew by the platform; the old value stays valid for `overlap`. */
  | { readonly by: "platform"; readonly every: Duration; readonly overlap: Duration }
  /** Reissued at a third party by the runbook of that name; an age alert reminds. */
  | { readonly by: "runbook"; readonly every: Duration; readonly runbook: string }
  /** A new version encrypts, old versions still decrypt: never replaced blindly. */
  | { readonly by: "versioning"; readonly every: Duration };

/** A secret of one service. Its value never stands in code, state or values; consumers are those who name it. */
export interface Secret {
  readonly kind: "secret";
  readonly name: string;
  readonly why: string;
  readonly rotation: Rotation;
  /** Parties of the platform that read it besides the service itself. */
  readonly readers?: readonly string[];
}

/** Declares a secret: `secret("jwt-signing-key", "signs access tokens (ALC-1.3)", rotated(days(90)))`. */
export const secret = (name: string, why: string, rotation: Rotation): Secret => ({
  kind: "secret",
  name,
  why,
  rotation,
});

const OVERLAP = 86_400 as Duration;

/** Rotated by the platform. Overlap defaults to one day. */
export const rotated = (every: Duration, overlap: Duration = OVERLAP): Rotation => ({
  by: "platform",
  every,
  overlap,
});
/** Reissued by hand at its issuer. */
export const reissued = (every: Duration, runbook: string): Rotation => ({ by: "runbook", every, runbook });
/** A key that old data still needs: new version, old ones kept for reading. */
export const versioned = (every: Duration): Rotation => ({ by: "versioning", every });

/** The token with which Prometheus reads application metrics: a second lock behind the network limit (ALC-6.8, ALC-SEC.2). */
export const scrapeToken = (): Secret => ({
  ...secret("metrics-token", "Prometheus reads application metrics (ALC-6.8)", rotated((80 * 86_400) as Duration)),
  readers: ["observability/prometheus"],
});
