import { objection, rule } from "../../engine/rule.ts";
import { staysBeforeQuery } from "../../model/nginx/captures.ts";
import { logFormats } from "../../model/nginx/log-formats.ts";

/** Headers, bodies and queries hold tokens, passwords and names of people: a log keeps and spreads them. */
const SECRET =
  /^(?:request|request_uri|args|query_string|request_body|http_authorization|http_cookie|http_referer|http_x_api_key|http_x_auth_token|arg_\w+|cookie_\w+|sent_http_set_cookie|upstream_http_set_cookie|ssl_client_(?:raw_|escaped_)?cert)$/;
/** Of these a part before the question mark holds none. */
const WITH_QUERY = /^request(?:_uri)?$/;

export const nginxLogsNoSecrets = rule({
  id: "HOST-011",
  slug: "nginx-logs-no-secrets",
  severity: "high",
  title: "NGINX writes no tokens, queries or bodies into its log",
  why: "Logs are kept for weeks and read by many: a token in a query or a header there opens the account of its owner.",
  fix: "A log_format of its own with the path before the question mark, and without cookies and authorization.",
  appliesTo: logFormats,
  requirements: ["MUN-2.12"],
  check: ({ where, name, origins }) => {
    if (origins === undefined) return [objection(`${where}: access_log`, name, "a log_format that is given")];
    const secret = origins.filter(
      ({ name: variable, upTo }) =>
        SECRET.test(variable) && !(upTo !== undefined && WITH_QUERY.test(variable) && staysBeforeQuery(upTo)),
    );
    const found = [...new Set(secret.map(({ name: variable }) => `$${variable}`))];
    return found.length === 0
      ? []
      : [
          objection(
            `${where}: log_format ${name}`,
            found,
            "paths without queries, no cookies, authorization or bodies",
          ),
        ];
  },
});
