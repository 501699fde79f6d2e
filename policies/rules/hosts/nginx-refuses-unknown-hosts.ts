import { objection, rule } from "../../engine/rule.ts";
import { refuses } from "../../model/nginx/answers.ts";
import { catchAllSockets } from "../../model/nginx/catch-all.ts";
import { within } from "../../model/nginx/servers.ts";

/** A name that nobody gave this host opens nothing but a probe's path. */
export const nginxRefusesUnknownHosts = rule({
  id: "HOST-010",
  slug: "nginx-refuses-unknown-hosts",
  severity: "medium",
  title: "Requests for a name that is not the server's own are refused",
  why: "Links in mails and redirects are built from the name that is asked for: who may choose it sends people to his own site.",
  fix: "A default_server for the socket that returns 421 or 444, or ssl_reject_handshake on.",
  appliesTo: catchAllSockets,
  requirements: [],
  check: ({ server, socket }) => {
    const { context } = server;
    if (context.isOn("ssl_reject_handshake", false) || refuses(context)) return [];
    const open = context
      .below("location")
      .filter((each) => each.directive?.words[0] !== "=" && each.own("internal").length === 0 && !refuses(each));
    const hasRoot = context.children.some((each) => each.directive?.words.join(" ") === "/");
    return [
      ...open.map((each) =>
        objection(
          `${socket}: ${within(server, each)}`,
          "answers whatever name is asked for",
          "a refusal for unknown names",
        ),
      ),
      ...(hasRoot || open.length > 0
        ? []
        : [objection(`${socket}: ${server.title}`, "answers whatever name is asked for", "a location / that refuses")]),
    ];
  },
});
