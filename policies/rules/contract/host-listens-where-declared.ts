import { objection, rule } from "../../engine/rule.ts";
import { declaredNames, declaredPorts, hostSockets } from "../../model/contract/host-sockets.ts";
import { Unknown } from "../../model/value.ts";

/** `server_name` of what answers to nobody's name: the rest of a socket. */
const NOBODY: readonly string[] = ["_", ""];

/** A door that the catalogue does not know is kept by no firewall rule, limit or certificate that is made from it. */
export const hostListensWhereDeclared = rule({
  id: "ONE-015",
  slug: "host-listens-where-declared",
  severity: "high",
  title: "Servers of a host listen on its declared ports, for names that are declared",
  why: "A second server behind a port that is open anyway hands on whatever it likes; one on a port of its own waits for the first rule that is too wide.",
  fix: "Declare the port in `listens` and the name in an entrypoint, or take the server away; what is for the host alone is bound to loopback.",
  appliesTo: hostSockets,
  requirements: [],
  needsDeclaration: true,
  check: ({ attribute, of, port, protocol, names }, { declaration }) => {
    if (declaration === undefined) return [];
    const ports = declaredPorts(of);
    const known = declaredNames(declaration, of);
    const strange = names.filter((name) => !known.has(name.toLowerCase()) && !NOBODY.includes(name));
    return [
      ...(ports.includes(`${port}/${protocol}`)
        ? []
        : [
            objection(
              attribute,
              Number.isNaN(port) ? new Unknown("a port that is no number") : `${port}/${protocol}`,
              `one of ${ports.join(", ")}, which are declared for ${of.party}`,
            ),
          ]),
      ...strange.map((name) => objection(`${attribute}: server_name`, name, `a name that is declared for ${of.party}`)),
    ];
  },
});
