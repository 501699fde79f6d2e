import { Unknown, type Value } from "../value.ts";
import type { Context } from "./context.ts";
import { type Lead, leadOf } from "./leads.ts";
import type { NginxServer } from "./servers.ts";

/** An `error_page` that may lead past what it is the answer of. */
export interface LeadingError {
  readonly where: Context;
  /** `error_page 495 496`. */
  readonly attribute: string;
  /** Where it leads to; unknown where nobody can follow it. */
  readonly got: Value<string>;
}

/**
 * Answered while the header is read, before NGINX looks whether TLS was spoken and a certificate shown: no host, TRACE, a
 * long path or header, another name than that of TLS, an odd encoding or version (ngx_http_request.c and 1.22.1 itself, tried
 * 2026-11-23).
 */
const EARLY = ["400", "405", "414", "421", "494", "501", "505"];

/** Of callers whose certificate is bad or absent, or was not looked at yet. */
export const withoutCertificate: readonly string[] = [...EARLY, "495", "496"];
/** Of clear text at a socket of TLS. */
export const withoutTls: readonly string[] = [...EARLY, "497"];

/**
 * Those of a server whose answer is another program's. Statuses that come before a location is found are looked up in the
 * server and around it; without statuses, all that it and its locations say counts.
 */
export function leadingErrors({ context }: NginxServer, statuses?: readonly string[]): readonly LeadingError[] {
  const inside = statuses === undefined ? context.all.filter((each) => each !== context) : [];
  return [
    ...leadingIn(context, context.inForce("error_page"), context, statuses),
    ...inside.flatMap((each) => leadingIn(each, each.own("error_page"), context, statuses)),
  ];
}

/** The first that names a status counts for it. */
function leadingIn(
  where: Context,
  pages: ReturnType<Context["own"]>,
  server: Context,
  statuses: readonly string[] | undefined,
): readonly LeadingError[] {
  const seen = new Set<string>();
  return pages.flatMap(({ words }) => {
    const named = words.slice(0, -1).filter((word) => /^\d+$/.test(word) && !seen.has(word));
    for (const status of named) seen.add(status);
    const judged = named.filter((status) => statuses?.includes(status) ?? true);
    const target = words.at(-1) ?? "";
    const lead: Lead = judged.length === 0 ? "answers" : leadOf(server, target);
    if (lead === "answers") return [];
    const got = lead === "unknown" ? new Unknown(target) : `${target}, which hands on`;
    return [{ where, attribute: `error_page ${judged.join(" ")}`, got }];
  });
}
