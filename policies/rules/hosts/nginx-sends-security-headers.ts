import { objection, rule } from "../../engine/rule.ts";
import { within } from "../../model/nginx/servers.ts";
import { answering, headersAdded, securityHeaders, webServers } from "../../model/nginx/web-servers.ts";

/** Browsers are told on every answer, errors too, to come by TLS alone and to run nothing foreign. */
export const nginxSendsSecurityHeaders = rule({
  id: "HOST-008",
  slug: "nginx-sends-security-headers",
  severity: "high",
  title: "Every answer to browsers carries the security headers, errors too",
  why: "One answer without them is enough: the first visit goes by clear text, or a page of errors is framed or sniffed.",
  fix: "add_header ... always in the server, and again in each location that adds a header of its own.",
  appliesTo: webServers,
  requirements: ["BRK-SEC.19"],
  concerns: ({ forBrowsers }) => forBrowsers,
  check: ({ server }) =>
    answering(server).flatMap((context) => {
      const added = headersAdded(context);
      const lacking = securityHeaders.filter(({ name, holds }) => {
        const header = added.get(name.toLowerCase());
        return header === undefined || !header.always || !holds(header.value);
      });
      if (lacking.length === 0) return [];
      const got = lacking.map(({ name }) => said(name, added.get(name.toLowerCase())));
      return [
        objection(`${within(server, context)}: add_header`, got, lacking.map(({ expected }) => expected).join(", ")),
      ];
    }),
});

function said(name: string, header: { readonly value: string; readonly always: boolean } | undefined): string {
  if (header === undefined) return `no ${name}`;
  return `${name} ${header.value}${header.always ? "" : " on successes only"}`;
}
