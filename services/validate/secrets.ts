import type { Secret } from "../schema/secret.ts";
import type { Service } from "../schema/service.ts";
import { type Check, type Fault, unless } from "./fault.ts";
import { namedValues, piecesOf } from "./named-values.ts";
import { show, showTime } from "./show.ts";

/** Every secret is renewed in time, and somebody reads it. */

const DAY = 86_400;
/** NOD-2.7 */
const LONGEST = 90 * DAY;
/** A key that old data still needs may stay longer, but not for ever; ours. */
const LONGEST_VERSION = 365 * DAY;

function renewed(path: string, { rotation }: Secret): readonly Fault[] {
  const every = `${path}/rotation/every`;
  switch (rotation.by) {
    case "platform":
      return [
        ...unless(rotation.every <= LONGEST, every, "must be <= 90 days (NOD-2.7)", showTime(rotation.every)),
        ...unless(
          rotation.overlap < rotation.every,
          `${path}/rotation/overlap`,
          `must be shorter than every (${showTime(rotation.every)})`,
          showTime(rotation.overlap),
        ),
      ];
    case "runbook":
      return unless(rotation.every <= LONGEST, every, "must be <= 90 days (NOD-2.7)", showTime(rotation.every));
    case "versioning":
      return unless(rotation.every <= LONGEST_VERSION, every, "must be <= 365 days", showTime(rotation.every));
  }
}

/** Secrets that a value, a login or a file hands to somebody. */
const consumed = (service: Service): ReadonlySet<unknown> =>
  new Set([
    ...namedValues(service).flatMap(({ value }) => piecesOf(value)),
    ...service.stores.flatMap((store) =>
      "accounts" in store ? Object.values(store.accounts).map(({ password }) => password) : [],
    ),
  ]);

export const secrets: Check = ({ services }) => {
  const parties = new Set(
    services.flatMap((service) => service.components.map((component) => `${service.name}/${component.name}`)),
  );
  return services.flatMap((service) => {
    const read = consumed(service);
    return service.secrets.flatMap((secret) => {
      const path = `${service.name}/secrets/${secret.name}`;
      return [
        ...renewed(path, secret),
        ...unless(read.has(secret) || (secret.readers ?? []).length > 0, path, "must have a consumer", "none"),
        ...(secret.readers ?? []).flatMap((reader, index) =>
          unless(
            parties.has(reader),
            `${path}/readers/#${index}`,
            "must be a component of a service: <service>/<component>",
            show(reader),
          ),
        ),
      ];
    });
  });
};
