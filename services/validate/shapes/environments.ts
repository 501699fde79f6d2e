import type { CdnKey, Environment, Zone } from "../../schema/environment.ts";
import type { Acceptance } from "../../schema/units.ts";
import { field, readable } from "../label.ts";
import {
  choice,
  flag,
  list,
  matching,
  optional,
  positive,
  record,
  type Shape,
  texts,
  time,
  whole,
  words,
} from "../shape.ts";
import { domain, name } from "./texts.ts";

/** Where services run. */

const letters = (letter: unknown) => (readable(letter) ? letter : undefined);
const GIB = 1024 ** 3;
const region = matching(/^[a-z]{2}(-[a-z]+)+-\d$/, "an AWS region such as eu-central-1");
/** Images are arm64, so machines must be: families whose generation is followed by a `g`. */
const machine = matching(/^[a-z]+\d+g[a-z]*\.[a-z0-9]+$/, "an arm64 instance type such as m7g.large");
/** RDS offers Multi-AZ DB clusters on classes with local disks only; db.c6gd, db.m6gd and db.r6gd are arm64. */
const database = matching(
  /^db\.[cmr]6gd\.[a-z0-9]+$/,
  "a class that RDS offers for Multi-AZ DB clusters on arm64 (db.c6gd, db.m6gd, db.r6gd)",
);
const mail = matching(/^[^\s@]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/, "a mail address");
const sizes = (shape: Shape) => record<Environment["machines"]>({ small: shape, medium: shape, large: shape });

export const environment: Shape = record<Environment>({
  name,
  short: matching(/^[a-z]{3}$/, "three lower-case letters"),
  account: matching(/^\d{12}$/, "an AWS account id of 12 digits"),
  repository: matching(
    /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(@\d+)?\/[A-Za-z0-9._-]+(@\d+)?$/,
    "a GitHub repository as owner/name, without wildcard",
  ),
  region,
  copyRegion: region,
  cidr: words,
  zones: list(
    record<Zone>({ letter: choice("a", "b", "c"), name: words }),
    (zone) => letters(field(zone, "letter")),
    3,
  ),
  gatewaysPerZone: flag,
  domain: record<Environment["domain"]>({ public: domain, private: domain }),
  ranges: record<Environment["ranges"]>({ clients: texts(), admins: texts() }),
  cloudFrontPrefixList: matching(/^pl-[0-9a-f]{8,17}$/, "the id of a prefix list: pl- and 8 to 17 hexadecimal digits"),
  packageKey: matching(
    /^-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n([A-Za-z0-9+/=]{1,76}\n)+-----END PGP PUBLIC KEY BLOCK-----\n$/,
    "an armoured public key of OpenPGP without headers, with a newline at its end",
  ),
  cdnKeys: list(
    record<CdnKey>({
      name: matching(/^[a-z0-9]+(-[a-z0-9]+)*$/, "lower-case letters, digits and inner hyphens"),
      publicKey: matching(
        /^-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/=]{1,64}\n)+-----END PUBLIC KEY-----\n$/,
        "a public key as PEM, with a newline at its end",
      ),
    }),
  ),
  machineImage: matching(/^ami-([0-9a-f]{8}|[0-9a-f]{17})$/, "an image id: ami- and 8 or 17 hexadecimal digits"),
  ssmAgent: record<Environment["ssmAgent"]>({
    version: matching(/^\d+\.\d+\.\d+\.\d+$/, "a version of four numbers"),
    sha256: matching(/^[0-9a-f]{64}$/, "a SHA-256 digest of 64 hexadecimal digits"),
  }),
  machines: sizes(machine),
  databases: sizes(database),
  rootVolume: positive(16_384 * GIB),
  volumeShare: positive(1),
  minimumReplicas: whole(1),
  logs: record<Environment["logs"]>({ keep: time, archive: time }),
  unprotected: optional(record<Acceptance>({ reason: words, until: words })),
  lock: choice("COMPLIANCE", "GOVERNANCE"),
  mailKeysZone: domain,
  alarmMail: mail,
  pagerMail: mail,
});
