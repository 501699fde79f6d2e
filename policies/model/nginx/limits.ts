import { Unknown, type Value } from "../value.ts";
import type { Context } from "./context.ts";
import type { Directive } from "./parse.ts";
import { isChosen, Variables, variablesIn } from "./variables.ts";

/** A limit in force, and why it does not limit a caller; nothing where it does. */
export interface Limit {
  /** `zone=api burst=20`. */
  readonly text: string;
  readonly fault: Value<string> | undefined;
}

/**
 * At most, of requests at once, and of requests a second: NGINX counts by the millisecond (ngx_http_limit_req_module, read
 * 2026-11-23), so that more than one in each is no limit for one caller.
 */
const MOST = 1000;
/** Who a caller is, told by what he cannot choose for each request; and what all callers of a server have in common. */
const SURE =
  /^(?:binary_remote_addr|remote_addr|realip_remote_addr|proxy_protocol_addr|ssl_client_(?:s_dn|i_dn|serial|fingerprint|cert|raw_cert|escaped_cert|s_dn_legacy|i_dn_legacy)|geoip2?_\w+|server_(?:name|addr|port|protocol)|hostname|host|scheme|request_method)$/;

/** Limits of requests that are in force in a block. */
export const requestLimits = (server: Context, context: Context): readonly Limit[] =>
  context.inForce("limit_req").map(({ words }) => {
    const zone = zoneOf(server, "limit_req_zone", optionOf(words, "zone"));
    const burst = Number(optionOf(words, "burst") ?? 0);
    return {
      text: words.join(" "),
      fault:
        keyFault(server, zone) ??
        rateFault(optionOf(zone?.words ?? [], "rate") ?? "") ??
        (burst <= MOST ? undefined : `a burst of ${burst}`),
    };
  });

/** Limits of connections that are in force in a block. */
export const connectionLimits = (server: Context, context: Context): readonly Limit[] =>
  context.inForce("limit_conn").map(({ words }) => {
    const [name, most = ""] = words;
    const fault = Number(most) <= MOST ? undefined : `${most} at once`;
    return { text: words.join(" "), fault: keyFault(server, zoneOf(server, "limit_conn_zone", name)) ?? fault };
  });

const optionOf = (words: readonly string[], name: string): string | undefined =>
  words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);

const zoneOf = (server: Context, kind: string, name: string | undefined): Directive | undefined =>
  server.parent?.own(kind).find(({ words }) => (optionOf(words, "zone") ?? "").split(":")[0] === name);

function rateFault(rate: string): string | undefined {
  const [, figure, unit] = /^(\d+)r\/([sm])$/.exec(rate) ?? [];
  const perSecond = Number(figure) / (unit === "m" ? 60 : 1);
  return perSecond <= MOST ? undefined : `rate=${rate}`;
}

/** Nobody is counted whose key is empty; who chooses his key is a new caller each time. */
function keyFault(server: Context, zone: Directive | undefined): Value<string> | undefined {
  if (zone === undefined) return new Unknown("a zone that is given elsewhere");
  const key = zone.words[0] ?? "";
  const variables = new Variables(server.parent, server);
  const values = variables.valuesOf(key, "anything");
  if (values.includes("")) return `counted by ${key}, which may be empty`;
  const open = values.flatMap(variablesIn).flatMap((name) => openIn(variables, name, 0));
  const chosen = open.find(isChosen);
  if (chosen !== undefined) return `counted by $${chosen}, which the client chooses`;
  return open[0] === undefined ? undefined : new Unknown(`$${open[0]}`);
}

/** Variables behind one that do not say who a caller is. */
function openIn(variables: Variables, name: string, depth: number): readonly string[] {
  if (SURE.test(name)) return [];
  const values = variables.valuesOf(`$${name}`, "anything");
  if (depth > 8 || values.includes(`$${name}`)) return [name];
  return values.flatMap(variablesIn).flatMap((each) => openIn(variables, each, depth + 1));
}
