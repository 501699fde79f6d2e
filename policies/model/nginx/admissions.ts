import { type Estate, kind } from "../estate.ts";
import type { Place } from "../place.ts";
import { refuses } from "./answers.ts";
import { callersOf, Lists } from "./caller-lists.ts";
import { certificateServers } from "./client-certificates.ts";
import type { Context } from "./context.ts";
import { gatesOf, isShut, leadsNowhere } from "./gates.ts";
import { ledTo } from "./leads.ts";
import { type NginxServer, nginxServers, within } from "./servers.ts";
import { type StrangeCaller, strangeCallers } from "./strange-callers.ts";
import { Variables, variablesIn } from "./variables.ts";
import { webServers } from "./web-servers.ts";

/** A server, and where it admits somebody whom nobody named. */
export interface Admission {
  readonly at: Place;
  /** Blocks that hand on what anybody asks, though the catalogue says who calls here. */
  readonly open: readonly string[];
  /** Conditions on lists of callers that do not refuse those who stand in none of them. */
  readonly turned: readonly { readonly where: string; readonly condition: string }[];
  /** Whom its lists let in though nobody declares them. */
  readonly strange: readonly StrangeCaller[];
  /** Lists of declared callers that no condition of its configuration asks. */
  readonly idle: readonly string[];
}

const PASSES = ["proxy_pass", "grpc_pass", "fastcgi_pass", "uwsgi_pass", "scgi_pass", "root", "alias"];

/** Every server of an environment that is declared. */
export const admissions = kind<Admission>("NGINX server with declared callers", (estate) => {
  const { declaration } = estate;
  if (declaration === undefined) return [];
  const callers = callersOf(declaration);
  const closed = closedServers(estate);
  const seen = new Set<Context>();
  return estate.of(nginxServers).map((server) => {
    const { context } = server;
    const variables = new Variables(context.parent, context);
    const lists = new Lists(variables, callers);
    const block = context.parent;
    // Told once for a block, with its first server.
    const first = block !== undefined && !seen.has(block);
    if (block !== undefined) seen.add(block);
    return {
      at: server.at,
      open: closed.has(server) ? openIn(server, variables) : [],
      turned: server.contexts.flatMap((each) =>
        gatesOf(each)
          .filter((gate) => variablesIn(gate.variable).some((name) => lists.names(name)))
          .filter((gate) => !isShut(gate, variables))
          .map(({ text }) => ({ where: within(server, each), condition: text })),
      ),
      strange: first ? strangeCallers(block, callers) : [],
      idle: first ? idleIn(block, lists) : [],
    };
  });
});

/** Servers that only certain callers are declared for: those with client certificates, and hosts behind load balancers. */
function closedServers(estate: Estate): ReadonlySet<NginxServer> {
  const behind = estate
    .of(webServers)
    .map(({ server }) => server)
    .filter(({ configuration, names }) => !("release" in configuration.of) && names.some((name) => name !== "_"));
  return new Set([...estate.of(certificateServers).map(({ server }) => server), ...behind]);
}

/** Blocks that hand on, and neither they nor those around them refuse a caller whom nobody named. */
function openIn(server: NginxServer, variables: Variables): readonly string[] {
  // What is internal is reached by errors all the same: those of a refusal, too.
  const pages = server.contexts.flatMap((each) => each.inForce("error_page"));
  const led = new Set([...new Set(pages)].flatMap(({ words }) => ledTo(server.context, words.at(-1) ?? "")));
  return (
    server.contexts
      .filter((each) => PASSES.some((name) => each.own(name).length > 0))
      .filter((each) => each.own("internal").length === 0 || led.has(each))
      // Load balancers ask one exact path, with no certificate.
      .filter(
        (each) => each.directive?.words[0] !== "=" && !isClosed(each, variables) && !isLedNowhere(each, variables),
      )
      .map((each) => within(server, each))
  );
}

function isClosed(context: Context, variables: Variables): boolean {
  if (gatesOf(context).some((gate) => isShut(gate, variables)) || refuses(context) || denies(context)) return true;
  return context.parent !== undefined && isClosed(context.parent, variables);
}

/** `deny all` behind what is allowed. */
const denies = (context: Context): boolean =>
  context.own("deny").some(({ words }) => words[0] === "all") &&
  !context.own("allow").some(({ words }) => words[0] === "all");

const isLedNowhere = (context: Context, variables: Variables): boolean =>
  context.own("proxy_pass").some(({ words: [target = ""] }) => leadsNowhere(context, target, variables));

/** Lists of a block that nothing in it asks: not a condition, not another list, not where something is handed on. */
function idleIn(block: Context, lists: Lists): readonly string[] {
  const makers = ["map", "geo"].flatMap((name) => block.own(name));
  const asked = new Set(
    [
      ...makers.flatMap(({ words }) => words.slice(0, -1)),
      ...block.all.flatMap((each) => [
        ...(each.kind === "if" ? (each.directive?.words ?? []) : []),
        ...PASSES.flatMap((name) => each.own(name).flatMap(({ words }) => words)),
      ]),
    ].flatMap(variablesIn),
  );
  const made = makers.flatMap(({ words }) => variablesIn(words.at(-1) ?? ""));
  return made.filter((name) => lists.own(name) && !asked.has(name)).map((name) => `$${name}`);
}
