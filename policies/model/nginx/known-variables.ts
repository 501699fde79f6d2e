import type { Context } from "./context.ts";
import type { Directive } from "./parse.ts";
import { variablesIn } from "./variables.ts";

/** Variables that a client, an upstream or an answer names the rest of. */
const FAMILIES =
  /^(?:arg|cookie|http|sent_http|sent_trailer|upstream_http|upstream_trailer|upstream_cookie|proxy_protocol_tlv|jwt_header|jwt_claim|geoip|geoip2|otel|acme|oidc)_/;

/** Variables of modules that log formats of http may name (nginx.org, alphabetical index of variables, 2026-11-23). */
const KNOWN: ReadonlySet<string> = new Set(
  `ancient_browser api_key binary_remote_addr body_bytes_sent bytes_sent connection connection_requests connection_time
  connections_active connections_reading connections_waiting connections_writing content_length content_type date_gmt
  date_local document_root document_uri fastcgi_path_info fastcgi_script_name gzip_ratio host hostname http2 http3 https
  invalid_referer is_args is_request_port jwt_payload limit_conn_status limit_rate limit_rate_after limit_req_status
  memcached_key modern_browser msec msie nginx_version pid pipe proxy_add_x_forwarded_for proxy_host
  proxy_internal_body_length proxy_internal_chunked proxy_port proxy_protocol_addr proxy_protocol_port
  proxy_protocol_server_addr proxy_protocol_server_port query_string quic_connection realip_remote_addr
  realip_remote_port realpath_root remote_addr remote_port remote_user request request_body request_body_file
  request_completion request_filename request_id request_length request_method request_port request_time request_uri
  scheme secure_link secure_link_expires server_addr server_name server_port server_protocol session_log_binary_id
  session_log_id slice_range spdy spdy_request_priority ssl_alpn_protocol ssl_cipher ssl_ciphers ssl_client_cert
  ssl_client_escaped_cert ssl_client_fingerprint ssl_client_i_dn ssl_client_i_dn_legacy ssl_client_raw_cert
  ssl_client_s_dn ssl_client_s_dn_legacy ssl_client_serial ssl_client_sigalg ssl_client_v_end ssl_client_v_remain
  ssl_client_v_start ssl_client_verify ssl_curve ssl_curves ssl_early_data ssl_ech_outer_server_name ssl_ech_status
  ssl_protocol ssl_server_name ssl_session_id ssl_session_reused ssl_sigalg status tcpinfo_rcv_space tcpinfo_rtt
  tcpinfo_rttvar tcpinfo_snd_cwnd time_iso8601 time_local uid_got uid_reset uid_set upstream_addr upstream_bytes_received
  upstream_bytes_sent upstream_cache_age upstream_cache_etag upstream_cache_key upstream_cache_last_modified
  upstream_cache_status upstream_connect_time upstream_first_byte_time upstream_header_time upstream_last_addr
  upstream_last_server_name upstream_queue_time upstream_response_length upstream_response_time upstream_status uri
  userid`.split(/\s+/),
);

const TABLES: readonly string[] = ["map", "geo", "split_clients"];
/** `set`, `auth_request_set`, `js_var`: what gives a variable its name. */
const GIVES = /(?:^|_)(?:set|var)(?:_|$)/;
const CAPTURES = /\(\?(?:P?<|')([a-z_]\w*)[>']/gi;

/**
 * Variables of formats of requests, used ones and others, that neither NGINX nor this configuration makes: it does not
 * start with one. What a module of others makes nobody knows.
 */
export function undefinedIn(main: Context): readonly { readonly format: string; readonly names: readonly string[] }[] {
  if (main.own("load_module").length > 0) return [];
  return main.children.flatMap((http) => {
    if (http.kind !== "http") return [];
    const formats = http.own("log_format").map(({ words: [format = "", ...text] }) => ({
      format,
      names: [...new Set(text.flatMap(variablesIn))].filter((name) => !isKnown(name)),
    }));
    if (formats.every(({ names }) => names.length === 0)) return [];
    const made = madeIn(http);
    return formats
      .map(({ format, names }) => ({ format, names: names.filter((name) => !made.has(name.toLowerCase())) }))
      .filter(({ names }) => names.length > 0);
  });
}

const isKnown = (name: string): boolean => KNOWN.has(name.toLowerCase()) || FAMILIES.test(name.toLowerCase());

/** Variables that directives make, and parts that expressions name, wherever they stand: NGINX knows them everywhere. */
function madeIn(http: Context): ReadonlySet<string> {
  const directives = http.all.flatMap((context) => context.names.flatMap((name) => context.own(name)));
  const titles = http.all.flatMap(({ directive }) => directive?.words ?? []);
  const made = [...capturedIn(titles), ...directives.flatMap(madeBy)];
  return new Set(made.map((word) => word.replace(/^\$/, "").toLowerCase()));
}

const madeBy = ({ name, words, block = [] }: Directive): readonly string[] => {
  const entries = block.map((entry) => entry.name);
  return [
    ...capturedIn([...words, ...entries]),
    ...(TABLES.includes(name) ? words.slice(-1) : []),
    ...(GIVES.test(name) ? words.slice(0, 1) : []),
    ...entries.filter((entry) => entry.startsWith("$")),
  ];
};

const capturedIn = (words: readonly string[]): readonly string[] =>
  words.flatMap((word) => (word.includes("(?") ? [...word.matchAll(CAPTURES)].map(([, name = ""]) => name) : []));
