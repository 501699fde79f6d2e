import { describe, expect, test } from "vitest";
import { backup, everyMinutes } from "../../../services/define.ts";
import { faultsAfter } from "./faults-after.ts";
import { change, type Fixture } from "./fixture.ts";

/** What AWS Backup asks of a snapshot, beyond what every backup must be. */

const picturesCopy = ({ service }: Fixture) => service.backups.find(({ name }) => name === "pictures-copy") ?? {};

const cases: readonly (readonly [title: string, edit: (parts: Fixture) => void, faults: readonly string[]])[] = [
  [
    "is made more often than each hour",
    (parts) => {
      change(picturesCopy(parts), { by: "snapshot", schedule: everyMinutes(30), limit: 1_800 });
    },
    [
      "shop-system/backups/pictures-copy/schedule/count: must be whole hours for a snapshot, got 30 minutes",
      "shop-system/backups/pictures-copy/limit: must be >= 1 hour for a snapshot, got 30 minutes",
    ],
  ],
  [
    "is the second of its store",
    (parts) => {
      change(picturesCopy(parts), { by: "snapshot", limit: 3_600 });
      const { service } = parts;
      const [first] = service.backups.filter(({ name }) => name === "pictures-copy");
      change(service, { backups: first === undefined ? [] : [...service.backups, backup("pictures-again", first)] });
    },
    ["shop-system/stores/pictures: must have at most one backup by snapshot, got pictures-copy, pictures-again"],
  ],
  [
    "has a name too long for its plan",
    (parts) => {
      change(picturesCopy(parts), { by: "snapshot", limit: 3_600, name: "p".repeat(45) });
    },
    [
      `shop-system/backups/${"p".repeat(45)}: must make a name of a backup plan with at most 50 characters, got "prd-shp-${"p".repeat(45)}" with 53`,
    ],
  ],
];

describe("validateCatalogue: snapshots", () => {
  test.each(cases)("fails when a snapshot %s", (_title, edit, faults) => {
    expect(faultsAfter(edit)).toEqual(faults);
  });

  test("takes hourly snapshots that may take an hour", () => {
    expect(
      faultsAfter((parts) => {
        change(picturesCopy(parts), { by: "snapshot", schedule: everyMinutes(60), limit: 3_600 });
      }),
    ).toEqual([]);
  });
});
