import type { Context } from "./context.ts";
import { isReached, type NginxServer, within } from "./servers.ts";

/** A setting that does not do what it seems to. */
export interface Trap {
  readonly attribute: string;
  readonly got: string;
  readonly expected: string;
}

/** What `if` may hold without surprises: all else makes a location of its own that loses settings (NGINX: "If is Evil"). */
const SAFE_IN_IF: ReadonlySet<string> = new Set(["return", "rewrite", "set", "break"]);

export const trapsOf = (server: NginxServer): readonly Trap[] =>
  server.contexts.flatMap((context) => {
    const at = within(server, context);
    return [
      ...listing(context, at),
      ...figures(server, context, at),
      ...conditions(context, at),
      ...aliases(context, at),
      ...slashes(context, at),
      ...tools(context, at),
    ];
  });

function listing(context: Context, at: string): readonly Trap[] {
  const shown = context.own("autoindex").some(({ words }) => words[0] === "on");
  return shown ? [{ attribute: `${at}: autoindex`, got: "on", expected: "off: nobody lists folders" }] : [];
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
