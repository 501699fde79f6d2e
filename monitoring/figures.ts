import type { Condition } from "../services/schema/alert.ts";

/** How a signal is read from what hosts write of themselves for the node exporter. */
export interface Figure {
  readonly metric: string;
  /** Seconds until an end, or since a moment, of every host that the selector takes: `{service="...",component="..."}`. */
  seconds(selector: string): string;
  /** A host that has none is as bad as one beyond the threshold. */
  readonly everyHost: boolean;
}

const until = (moment: string): string => `${moment} - time()`;
const since = (moment: string): string => `time() - ${moment}`;

const crl = "broker_crl_next_update_timestamp_seconds";
const certificate = "broker_certificate_not_after_timestamp_seconds";
const updates = "platform_updates_last_success_timestamp_seconds";

/** Signals that hosts measure. All others are measured elsewhere, and no rule of them is made here. */
export const figures: Partial<Readonly<Record<Condition["signal"], Figure>>> = {
  "crl-remaining": { metric: crl, seconds: (of) => until(`${crl}${of}`), everyHost: true },
  "patch-age": { metric: updates, seconds: (of) => since(`${updates}${of}`), everyHost: true },
  // Of each name the newest: one that has been replaced, or is revoked, may run out. A host without any is `CertificateCheckLate`.
  "certificate-remaining": {
    metric: certificate,
    seconds: (of) =>
      until(`max without (serial, status, path) (${certificate}${of.replace("}", ',status!="revoked"}')})`),
    everyHost: false,
  },
};
