import { describe, expect, test } from "vitest";
import { faultsAfter } from "./faults-after.ts";
import { change, type Fixture } from "./fixture.ts";

const DAY = 86_400;

const cases: readonly (readonly [title: string, edit: (parts: Fixture) => void, faults: readonly string[]])[] = [
  [
    "production may be deleted",
    ({ production }) => {
      change(production, { unprotected: { reason: "only for this one test", until: "2026-12-31" } });
    },
    ['environments/production/unprotected: must be absent in production, got "only for this one test"'],
  ],
  [
    "a key of the CDN is not as CloudFront gives it back",
    ({ staging }) => {
      const publicKey = "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----";
      change(staging, { cdnKeys: [{ name: "first", publicKey }] });
    },
    [
      'environments/staging/cdnKeys/first/publicKey: must be a public key as PEM, with a newline at its end, got "-----BEGIN PUBLIC KEY-----\\nMIIB\\n-----END PUBLIC KEY-----"',
    ],
  ],
  [
    "production's locks can be shortened",
    ({ production }) => {
      change(production, { lock: "GOVERNANCE" });
    },
    ['environments/production/lock: must be "COMPLIANCE" in production, got "GOVERNANCE"'],
  ],
  [
    "production's zones share one zone's gateways",
    ({ production }) => {
      change(production, { gatewaysPerZone: false });
    },
    [
      "environments/production/gatewaysPerZone: must be true in production: a zone must not depend on another, got false",
    ],
  ],
  [
    "production has one replica [MUN-4.8]",
    ({ production }) => {
      change(production, { minimumReplicas: 1 });
    },
    ["environments/production/minimumReplicas: must be >= 2 in production (MUN-4.8), got 1"],
  ],
  [
    "production's volumes are smaller than declared",
    ({ production }) => {
      change(production, { volumeShare: 0.5 });
    },
    ["environments/production/volumeShare: must be 1 in production: sizes are declared for it, got 0.5"],
  ],
  [
    "CloudWatch offers no such retention",
    ({ staging }) => {
      change(staging.logs, { keep: 31 * DAY });
    },
    [
      "environments/staging/logs/keep: must be a retention that CloudWatch Logs offers, in days: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, got 31 days",
    ],
  ],
  [
    "CloudWatch offers no such archive, in which sessions are recorded",
    ({ staging }) => {
      change(staging.logs, { archive: 100 * DAY });
    },
    [
      "environments/staging/logs/archive: must be a retention that CloudWatch Logs offers, in days: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, got 100 days",
    ],
  ],
  [
    "logs are archived for less than they are kept",
    ({ staging }) => {
      change(staging.logs, { archive: 14 * DAY });
    },
    ["environments/staging/logs/archive: must be >= keep (30 days), got 14 days"],
  ],
  [
    "copies stay in the region",
    ({ staging }) => {
      change(staging, { copyRegion: "eu-central-1" });
    },
    ['environments/staging/copyRegion: must be another region than region, got "eu-central-1"'],
  ],
  [
    "a zone is in another region",
    ({ staging }) => {
      change(staging.zones[1], { name: "eu-west-1b" });
    },
    ['environments/staging/zones/b/name: must be a zone of eu-central-1, got "eu-west-1b"'],
  ],
  [
    "two zones are one",
    ({ staging }) => {
      change(staging.zones[1], { name: "eu-central-1a" });
    },
    ["environments/staging/zones: must be three different zones, got eu-central-1a, eu-central-1a, eu-central-1c"],
  ],
  [
    "two zones have one letter",
    ({ staging }) => {
      change(staging.zones[1], { letter: "a" });
    },
    ["environments/staging/zones: must be three, with the letters a, b, c, got a, a, c"],
  ],
  [
    "an account is no account",
    ({ staging }) => {
      change(staging, { account: "12345678901" });
    },
    ['environments/staging/account: must be an AWS account id of 12 digits, got "12345678901"'],
  ],
  [
    "every repository of an owner would be trusted",
    ({ staging }) => {
      change(staging, { repository: "example-org/*" });
    },
    [
      'environments/staging/repository: must be a GitHub repository as owner/name, without wildcard, got "example-org/*"',
    ],
  ],
  [
    "an image is no image",
    ({ staging }) => {
      change(staging, { machineImage: "debian-13" });
    },
    ['environments/staging/machineImage: must be an image id: ami- and 8 or 17 hexadecimal digits, got "debian-13"'],
  ],
  [
    "a digest is no digest",
    ({ staging }) => {
      change(staging.ssmAgent, { sha256: "" });
    },
    ['environments/staging/ssmAgent/sha256: must be a SHA-256 digest of 64 hexadecimal digits, got ""'],
  ],
  [
    "a machine is not arm64",
    ({ staging }) => {
      change(staging.machines, { small: "t3.small" });
    },
    ['environments/staging/machines/small: must be an arm64 instance type such as m7g.large, got "t3.small"'],
  ],
  [
    "RDS offers no cluster on the class",
    ({ staging }) => {
      change(staging.databases, { small: "db.t4g.small" });
    },
    [
      'environments/staging/databases/small: must be a class that RDS offers for Multi-AZ DB clusters on arm64 (db.c6gd, db.m6gd, db.r6gd), got "db.t4g.small"',
    ],
  ],
  [
    "a domain is none",
    ({ staging }) => {
      change(staging.domain, { public: "localhost" });
    },
    ['environments/staging/domain/public: must be a domain of at least two lower-case labels, got "localhost"'],
  ],
  [
    "a mail address is none",
    ({ staging }) => {
      change(staging, { alarmMail: "alarms" });
    },
    ['environments/staging/alarmMail: must be a mail address, got "alarms"'],
  ],
  [
    "an unprotected environment gives no end",
    ({ staging }) => {
      change(staging, { unprotected: { reason: "torn down each night", until: "soon" } });
    },
    ['environments/staging/unprotected/until: must be a day, YYYY-MM-DD, got "soon"'],
  ],
];

describe("validateCatalogue: environments", () => {
  test.each(cases)("fails when %s", (_title, edit, faults) => {
    // When
    const found = faultsAfter(edit);
    // Then
    expect(found).toEqual(faults);
  });
});
