import { weakSetting } from "../hosts/weak-settings.ts";
import { Unknown, type Value } from "../value.ts";
import type { NginxConfiguration } from "./configurations.ts";
import type { Context } from "./context.ts";
import type { Directive } from "./parse.ts";

/** A setting by which NGINX runs what is not its own, or as whom it should not. */
export interface Foreign {
  readonly attribute: string;
  readonly got: Value<string>;
  readonly expected: string;
}

/** Folders of packages of NGINX: of root, and of nobody else. */
const FOLDER = /^(?:modules|\/usr\/(?:lib|lib64|share)\/nginx\/modules|\/etc\/nginx\/modules)\/([^/]+)$/;
/** Modules of Debian 13 and nginx.org that run no programs of others; Lua, Perl and njs do (packages.debian.org, read 2026-11-23). */
const MODULES: ReadonlySet<string> = new Set(
  [
    ...["stream", "mail", "http_geoip", "http_geoip2", "stream_geoip", "stream_geoip2", "http_image_filter"],
    ...["http_xslt_filter", "http_headers_more_filter", "http_brotli_filter", "http_brotli_static", "http_modsecurity"],
    ...["http_auth_pam", "http_cache_purge", "http_subs_filter", "http_upstream_fair", "otel"],
  ].map((name) => `ngx_${name}_module.so`),
);
/** Programs in or beside a configuration: of Lua, njs, Perl and Passenger. */
const CODE = /_by_lua(?:_block|_file)?$|^(?:lua_package_c?path|js_\w+|perl(?:_\w+)?|passenger_\w+)$/;
const ROOT = /^(?:root|0)$/;

/** What a configuration does beside serving, in its own block and in all others. */
export function foreignIn({ main }: NginxConfiguration): readonly Foreign[] {
  return [...ofMain(main), ...main.all.flatMap(codeIn)];
}

function ofMain(main: Context): readonly Foreign[] {
  const users = main.own("user").flatMap(({ words }) => words);
  return [
    ...users.filter((each) => ROOT.test(each)).map((got) => said("user", got, "an account of its own")),
    ...main
      .own("load_module")
      .map(({ words: [path = ""] }) => path)
      .filter((path) => !MODULES.has(FOLDER.exec(path)?.[1] ?? ""))
      .map((got) => said("load_module", got, "modules of the distribution that run no programs of others")),
    ...main.own("env").flatMap(environment),
    // Then what answers requests is root itself: for those who develop NGINX (ngx_core_module, read 2026-11-23).
    ...(main.isOn("master_process", true) ? [] : [said("master_process", "off", "on")]),
  ];
}

/** `env NAME=value`, or `env NAME`, which hands on what NGINX was started with. */
function environment({ words: [text = ""] }: Directive): readonly Foreign[] {
  const equals = text.indexOf("=");
  const name = equals < 0 ? text : text.slice(0, equals);
  const weak = weakSetting("", name, equals < 0 ? "inherited" : text.slice(equals + 1));
  return weak === undefined ? [] : [said("env", text, weak.expected)];
}

/** What a program does with a request, no setting says. */
const codeIn = (context: Context): readonly Foreign[] =>
  context.names
    .filter((name) => CODE.test(name))
    .map((name) => said(`${context.title}: ${name}`, new Unknown(name), "settings of NGINX, which can be judged"));

const said = (attribute: string, got: Value<string>, expected: string): Foreign => ({ attribute, got, expected });
