import { snake } from "./loose-trust.ts";

/** A setting by which a program does what its file does not say, or guards less than it was made to. */
export interface WeakSetting {
  readonly text: string;
  readonly expected: string;
}

const ON = /^(?:true|yes|on|1|enabled?|\*)$/i;
const OFF = /^(?:false|no|off|0|none|disabled?)$/i;
const ANY = /(?:^|[\s,])(?:\*|0\.0\.0\.0\/0|::\/0)(?:$|[\s,])/;
const GIVEN = /\S/;

/** Names in one spelling, values, and what is wanted instead (manuals of ld.so, CPython, Node.js, Gunicorn and Uvicorn, 2026). */
const WEAK: readonly (readonly [name: RegExp, value: RegExp, expected: string])[] = [
  [
    /^(?:ld_(?:preload|audit|library_path)|gconv_path|python(?:path|startup|home|inspect)|bash_env|prompt_command|perl5(?:lib|opt)|ruby(?:opt|lib)|_?(?:jdk_)?java_(?:tool_)?options|openssl_(?:conf|modules|engines))$/,
    GIVEN,
    "nothing that is loaded into a program",
  ],
  [
    /^node_options$/,
    /(?:^|\s)-(?:r\b|-(?:require|import|loader|experimental-loader|inspect\S*|tls-min\S*|openssl\S*))/,
    "no code and no debugger",
  ],
  // A name is looked up in the folder of the package; a path leads anywhere (PostgreSQL 17, 19.11.4).
  [/^(?:shared|session|local)_preload_libraries$/, /(?<!\$libdir|plugins)\//, "libraries of the package, by name"],
  [/^dynamic_library_path$/, /^(?!\$libdir$)./, "$libdir"],
  [
    /^(?:archive|restore|archive_cleanup|recovery_end|ssl_passphrase)_command$/,
    /[;|`<>]|\$\(|(?:^|[\s/&])(?:curl|wget|nc|ncat|socat|ssh|scp|(?:ba|da|z)?sh|python[\d.]*|perl)\s/,
    "one program that copies segments, and no shell or network of its own",
  ],
  // They run as PostgreSQL's own account, past the unit that rules judge (Patroni 4, YAML configuration, 2026-11-23).
  [
    /^(?:callbacks_on_(?:start|stop|restart|reload|role_change)|pre_promote|before_stop|post_(?:bootstrap|init))$/,
    GIVEN,
    "no program beside those of units",
  ],
  [/^(?:https?|all|ftp|socks)_proxy$/, GIVEN, "no proxy: ways out are declared"],
  [/^sslkeylogfile$/, GIVEN, "keys of sessions are written nowhere"],
  [/(?:^|_)(?:jwt|token|signing|jws)_alg(?:orithms?)?$/, /^(?:none)?$/i, "an algorithm that signs"],
  [/(?:^|_)debug(?:_mode|_enabled)?$|(?:^|_)(?:auto_?)?reload$/, ON, "no debugging"],
  [/(?:^|_)log_?level$|^log_level$/, /^(?:debug|trace|all|silly)$/i, "INFO or less: secrets are debugged, too"],
  [/^(?:node|flask|django|rails|rack|app|go)_env$/, /^(?:dev\w*|test\w*|local)$/i, "production"],
  [
    /(?:forwarded_allow_ips|trust(?:ed)?_(?:proxy|proxies|hosts?)|proxy_trusted\w*|allowed_(?:hosts|origins?)|cors(?:_\w+)?_origins?|cors_origins?|allow_origins?)$/,
    ANY,
    "names of those who are meant",
  ],
  [
    /(?:^|_)(?:auth|authn|authz|authentication|authorization|rate_?limit(?:s|ing)?|throttling|csrf(?:_protection)?|mfa|audit(?:_log)?)(?:_enabled?)?$/,
    OFF,
    "on",
  ],
];
/** Nothing of the above is without one of these. */
const HINT =
  /preload|_command|_audit|library_path|gconv|python|bash_env|prompt_command|perl5|ruby|java_|openssl|node_|proxy|keylog|alg|debug|reload|level|_env\b|forwarded|trust|allow|cors|origin|auth|rate|throttl|csrf|mfa|audit|callbacks|pre_promote|before_stop|post_(?:boot|init)/i;

/** What is weak about a setting, judged with the name that it stands below: `rate_limiting: { enabled: false }`. */
export function weakSetting(parent: string, name: string, value: string): WeakSetting | undefined {
  if (!HINT.test(name) && !HINT.test(parent)) return undefined;
  const names = [snake(name), ...(parent === "" ? [] : [`${snake(parent)}_${snake(name)}`])];
  const found = WEAK.find(([pattern, bad]) => bad.test(value) && names.some((each) => pattern.test(each)));
  return found === undefined ? undefined : { text: `${name}: ${value}`, expected: found[2] };
}
