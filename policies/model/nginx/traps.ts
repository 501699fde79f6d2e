import { kind } from "../estate.ts";
import type { Place } from "../place.ts";
import { nginxConfigurations } from "./configurations.ts";
import type { Context } from "./context.ts";
import { type Foreign, foreignIn } from "./program.ts";
import { redirects } from "./redirects.ts";
import { isReached, type NginxServer, nginxServers, within } from "./servers.ts";

/** A setting that does not do what it seems to. */
export interface Trap {
  readonly attribute: string;
  readonly got: string;
  readonly expected: string;
}

/** A configuration or one of its servers, and what of it is a trap or none of NGINX' own. */
export interface Trapped {
  readonly at: Place;
  readonly traps: readonly (Trap | Foreign)[];
}

/** Every configuration and every server. */
export const trappedNginx = kind<Trapped>("NGINX configuration or server", (estate) => [
  ...estate.of(nginxConfigurations).map((each) => ({ at: each.at, traps: foreignIn(each) })),
  ...estate.of(nginxServers).map((each) => ({ at: each.at, traps: trapsOf(each) })),
]);

/** What `if` may hold without surprises: all else makes a location of its own that loses settings (NGINX: "If is Evil"). */
const SAFE_IN_IF: ReadonlySet<string> = new Set(["return", "rewrite", "set", "break"]);

const trapsOf = (server: NginxServer): readonly Trap[] =>
  server.contexts.flatMap((context) => {
    const at = within(server, context);
    return [
      ...listing(context, at),
      ...writing(context, at),
      ...keeping(context, at),
      ...figures(server, context, at),
      ...conditions(context, at),
      ...aliases(context, at),
      ...slashes(context, at),
      ...underscores(context, at),
      ...tools(context, at),
      ...redirects(context, at, server.context),
    ];
  });

/** What a block says itself; a server also what it has from the blocks around it. */
const saidOf = (context: Context, name: string) =>
  (context.kind === "server" ? context.inForce(name) : context.own(name)).flatMap(({ words }) => words);

function listing(context: Context, at: string): readonly Trap[] {
  const shown = ["autoindex", "fancyindex"].filter((name) => saidOf(context, name)[0]?.toLowerCase() === "on");
  return shown.map((name) => ({ attribute: `${at}: ${name}`, got: "on", expected: "off: nobody lists folders" }));
}

/** WebDAV: whoever asks puts files where others are served from, or takes them away. */
function writing(context: Context, at: string): readonly Trap[] {
  const methods = ["dav_methods", "dav_ext_methods"].map(
    (name) => [name, saidOf(context, name).filter((each) => each.toLowerCase() !== "off")] as const,
  );
  return methods
    .filter(([, found]) => found.length > 0)
    .map(([name, found]) => ({ attribute: `${at}: ${name}`, got: found.join(" "), expected: "off: files are read" }));
}

/** By their modules, what of an application's answers NGINX keeps. */
const ANSWERS = ["proxy", "fastcgi", "uwsgi", "scgi"] as const;
/** Files by how their names end: styles, scripts and pictures are nobody's. */
const FILES = /^~\*?.*\\\.[\w|()?:]+(?:\$|\\z)$/;

/** Bodies and answers hold personal data, which backups and retention know nothing of in a folder of NGINX' own. */
function keeping(context: Context, at: string): readonly Trap[] {
  const modules = ANSWERS.filter((module) => context.own(`${module}_pass`).length > 0);
  const isOfFiles = FILES.test(context.directive?.words.join("") ?? "");
  const kept = isOfFiles ? [] : modules.flatMap((module) => [`${module}_cache`, `${module}_store`]);
  const bodies = modules.length > 0 && context.word("client_body_in_file_only", "off") === "on";
  return [
    ...kept
      .map((name) => ({ name, got: context.word(name, "off") }))
      .filter(({ got }) => got !== "off")
      .map(({ name, got }) => ({ attribute: `${at}: ${name}`, got, expected: "off: answers stay on no disk" })),
    ...(bodies
      ? [{ attribute: `${at}: client_body_in_file_only`, got: "on", expected: "off or clean: bodies stay on no disk" }]
      : []),
  ];
}

function figures(server: NginxServer, context: Context, at: string): readonly Trap[] {
  return isReached(server) && context.own("stub_status").length > 0
    ? [{ attribute: `${at}: stub_status`, got: "beyond loopback", expected: "at a socket of loopback" }]
    : [];
}

function conditions(context: Context, at: string): readonly Trap[] {
  if (context.kind !== "if" || context.parent?.kind !== "location") return [];
  const unsafe = context.names.filter((name) => !SAFE_IN_IF.has(name));
  return unsafe.length === 0
    ? []
    : [
        {
          attribute: at,
          got: unsafe.join(", "),
          expected: "only return, rewrite, set and break in an if of a location",
        },
      ];
}

/** `location /files { alias /srv/files/; }` serves `/srv/files/../x` for `/files../x`. */
function aliases(context: Context, at: string): readonly Trap[] {
  const [path = "", ...more] = (context.directive?.words ?? []).filter((word) => word !== "^~");
  const isPrefix = context.kind === "location" && more.length === 0 && path.startsWith("/") && !path.endsWith("/");
  const alias = context.own("alias")[0]?.words[0];
  return isPrefix && alias?.endsWith("/")
    ? [{ attribute: `${at}: alias`, got: alias, expected: `location ${path}/, or the folder above is served too` }]
    : [];
}

/** Paths that are compared one way and handed on another let requests past the locations that refuse them. */
function slashes(context: Context, at: string): readonly Trap[] {
  const merged = context.isOn("merge_slashes", true);
  return !merged && context.kind === "server"
    ? [{ attribute: `${at}: merge_slashes`, got: "off", expected: "on: //admin is /admin" }]
    : [];
}

/** Programs read `X_Verified` and `X-Verified` as one name, of which NGINX overwrites but one. */
function underscores(context: Context, at: string): readonly Trap[] {
  return context.kind === "server" && context.isOn("underscores_in_headers", false)
    ? [{ attribute: `${at}: underscores_in_headers`, got: "on", expected: "off: no header looks like another" }]
    : [];
}

const TOOLS = /phpmyadmin|adminer|phppgadmin|pgadmin|mongo-express|redis-?commander/i;

/** Consoles of databases, by the path that leads there or by what answers it. */
function tools(context: Context, at: string): readonly Trap[] {
  const words = [
    context.directive,
    ...["root", "alias", "proxy_pass", "fastcgi_pass"].flatMap((name) => context.own(name)),
  ];
  const said = words.flatMap((each) => each?.words ?? []).find((word) => TOOLS.test(word));
  return said === undefined || context.kind === "server"
    ? []
    : [{ attribute: `${at}: console`, got: said, expected: "no console of a database behind NGINX" }];
}
