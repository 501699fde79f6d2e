import { objection, rule } from "../../engine/rule.ts";
import { authorityKeys } from "../../model/hosts/authority-keys.ts";

/** Who holds the key of an authority is every client and every server that it vouches for. */
export const hostHoldsNoAuthority = rule({
  id: "HOST-041",
  slug: "host-holds-no-authority",
  severity: "critical",
  title: "No host holds, makes or backs up the private key of a certificate authority",
  why: "One break-in into the host that has it, or one look into its backup, makes certificates for everybody.",
  fix: "AWS Private CA issues; hosts make their own keys and send requests.",
  appliesTo: authorityKeys,
  requirements: ["BRK-SEC.4", "BRK-SEC.27"],
  check: ({ said }) => said.map((text) => objection("key of an authority", text, "none on any host")),
});
