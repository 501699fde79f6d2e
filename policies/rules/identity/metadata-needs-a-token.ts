import { demand, rule } from "../../engine/rule.ts";
import { machines } from "../../model/identity/machines.ts";
import { isUnknown } from "../../model/value.ts";

/** The metadata service hands out a host's credentials: only to who holds a token, and not through a relay. */
export const metadataNeedsAToken = rule({
  id: "IAM-017",
  slug: "metadata-needs-a-token",
  severity: "high",
  title: "A machine's metadata service wants a token and answers one hop away, or is off",
  why: "Without tokens, one request that an application can be talked into reads the role's credentials; a second hop lets containers read them.",
  fix: 'Set metadata_options: http_tokens = "required", http_put_response_hop_limit = 1.',
  appliesTo: machines,
  requirements: ["TKT-5.4"],
  check: ({ metadata: { endpoint, tokens, hops } }) =>
    !isUnknown(endpoint) && endpoint === "disabled"
      ? []
      : [
          ...demand("metadata_options.http_tokens", tokens, "required", (each) => each === "required"),
          ...demand("metadata_options.http_put_response_hop_limit", hops, "1", (each) => each <= 1),
        ],
});
