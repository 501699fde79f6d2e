/**
 * Response headers a listener sets on every answer, its own included; a header of the same name from the target
 * is replaced. Absent values are the strictest of NOD-1.5..1.7.
 */
export interface ResponseHeaders {
  /** Strict-Transport-Security max-age, subdomains included; default and minimum one year. */
  readonly hstsMaxAgeSeconds?: number;
  /** X-Frame-Options; default DENY. */
  readonly frameOptions?: "DENY" | "SAMEORIGIN";
  /**
   * Content-Security-Policy; default `default-src 'self'; frame-ancestors 'none'`. Must state both directives.
   * `by-application`: the target's own goes through.
   */
  readonly contentSecurityPolicy?: string;
}

const year = 31_536_000;
/** The target sends its own policy. */
export const BY_APPLICATION = "by-application";
const needed: readonly string[] = ["default-src", "frame-ancestors"];

/** The headers with their defaults. Throws on what is weaker than the requirements allow. */
export function checkedHeaders(headers: ResponseHeaders): Required<ResponseHeaders> {
  const maxAge = headers.hstsMaxAgeSeconds ?? year;
  if (!Number.isInteger(maxAge) || maxAge < year) {
    throw new Error(`hstsMaxAgeSeconds: must be a whole number >= ${year}, got ${maxAge}`);
  }
  const policy = headers.contentSecurityPolicy ?? "default-src 'self'; frame-ancestors 'none'";
  const directives =
    policy === BY_APPLICATION ? needed : policy.split(";").map((directive) => directive.trim().split(/\s+/)[0]);
  for (const directive of needed) {
    if (!directives.includes(directive)) {
      throw new Error(`contentSecurityPolicy: must state ${directive}, got "${policy}"`);
    }
  }
  if (policy.length > 1024 || /[\r\n]/.test(policy)) {
    throw new Error(`contentSecurityPolicy: must be one line of at most 1024 characters, got ${policy.length}`);
  }
  return {
    hstsMaxAgeSeconds: maxAge,
    frameOptions: headers.frameOptions ?? "DENY",
    contentSecurityPolicy: policy,
  };
}

/** The listener arguments that set the headers, `nosniff`, and remove `Server`. */
export function responseHeaderArguments(headers: ResponseHeaders = {}) {
  const { hstsMaxAgeSeconds, frameOptions, contentSecurityPolicy } = checkedHeaders(headers);
  return {
    routingHttpResponseStrictTransportSecurityHeaderValue: `max-age=${hstsMaxAgeSeconds}; includeSubDomains`,
    routingHttpResponseXFrameOptionsHeaderValue: frameOptions,
    ...(contentSecurityPolicy === BY_APPLICATION
      ? {}
      : { routingHttpResponseContentSecurityPolicyHeaderValue: contentSecurityPolicy }),
    routingHttpResponseXContentTypeOptionsHeaderValue: "nosniff",
    routingHttpResponseServerEnabled: false,
  };
}
