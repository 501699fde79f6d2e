import { expect, test } from "vitest";
import { catalogue } from "../../../services/catalogue.ts";
import { hostRoles, partyRole } from "../../../services/resolve/roles.ts";
import { resolve, resolveEstate } from "../../../services/resolve.ts";
import { machines, shop, small } from "./small.ts";

test("a party acts in the role that is named like it, by the code of the service that owns it", () => {
  expect([partyRole(small, shop(), "shop/api"), partyRole(small, shop(), "observability/prometheus")]).toEqual([
    "arn:aws:iam::444444444444:role/tst-shp-api",
    "arn:aws:iam::444444444444:role/tst-obs-prometheus",
  ]);
});

test.each(["other/api", "platform/backup", "api"])(
  "fails when %s is no party of the service or of observability",
  (party) => {
    expect(() => partyRole(small, shop(), party)).toThrow(`${party}: a role belongs to shop or observability`);
  },
);

test("hosts of one component or store share a role", () => {
  const service = shop({ components: [machines("api"), machines("worker", { address: 8 })] });

  expect(hostRoles([resolve(service, small)])).toEqual([
    "arn:aws:iam::444444444444:role/tst-shp-api",
    "arn:aws:iam::444444444444:role/tst-shp-worker",
  ]);
});

test.each(catalogue.environments)(
  "every reader of a secret in $name has a role of its own service or of observability",
  (environment) => {
    const { services } = resolveEstate(catalogue, environment);
    const roles = services.flatMap(({ service, secrets }) =>
      secrets.flatMap(({ consumers }) => consumers.map((party) => partyRole(environment, service, party))),
    );

    expect(roles.length).toBeGreaterThan(60);
    expect(roles.filter((role) => !/^arn:aws:iam::\d{12}:role\/[\w-]{1,64}$/.test(role))).toEqual([]);
  },
);
