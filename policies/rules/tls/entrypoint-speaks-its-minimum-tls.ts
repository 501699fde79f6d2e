import { objection, rule } from "../../engine/rule.ts";
import { entrypoints } from "../../model/tls/entrypoints.ts";
import { atLeast } from "../../model/tls/protocols.ts";
import { known } from "../../model/value.ts";

/** What the catalogue promises to clients is what each of its public doors does. */
export const entrypointSpeaksItsMinimumTls = rule({
  id: "TLS-003",
  slug: "entrypoint-speaks-its-minimum-tls",
  severity: "high",
  title: "Each declared entrypoint ends TLS at the version that it declares, or passes it through as declared",
  why: "An entrypoint that declares TLS 1.3 and accepts 1.2, or has no door at all, is not what its owner was told.",
  fix: "Give the listener or distribution a policy of the declared minimum, or declare what is meant (services/products).",
  appliesTo: entrypoints,
  requirements: ["BRK-3.1", "BRK-19.5"],
  needsDeclaration: true,
  check: ({ at, declared, doors, passes }) => {
    if (declared.kind === "pass-through") {
      const expected = `a listener of ${declared.loadBalancer} that passes TCP ${declared.port} through`;
      return passes.length > 0 ? [] : [objection(`entrypoint ${declared.name}`, undefined, expected, at)];
    }
    if (doors.length === 0) {
      const expected = `a listener of ${declared.loadBalancer} or a distribution for ${declared.host} that ends TLS`;
      return [objection(`entrypoint ${declared.name}`, undefined, expected, at)];
    }
    return doors.flatMap(({ at: door, attribute, policy, range }) => {
      const fine = range !== undefined && atLeast(range.lowest, `TLSv${declared.minimumTls}`);
      const expected = `TLS ${declared.minimumTls} or newer, as ${declared.host} declares`;
      const got = range === undefined ? policy : `${String(known(policy))} (from ${range.lowest})`;
      return fine ? [] : [objection(attribute, got, expected, door)];
    });
  },
});
