import { describe, expect, test } from "vitest";
import { membersOf, text } from "../../../services/define.ts";
import { faultsAfter } from "./faults-after.ts";
import { change, type Fixture } from "./fixture.ts";

const cases: readonly (readonly [title: string, edit: (parts: Fixture) => void, faults: readonly string[]])[] = [
  [
    "a password is text [NOD-2.1]",
    ({ shop }) => {
      change(shop.environment, { DB_PASSWORD: "hunter2 and more" });
    },
    [
      "shop-system/components/shop/environment/DB_PASSWORD: must be a secret, not text (NOD-2.1), got a text of 16 characters",
    ],
  ],
  [
    "a camel-case token is text [NOD-2.1]",
    ({ shop }) => {
      change(shop.environment, { authToken: "abc" });
    },
    [
      "shop-system/components/shop/environment/authToken: must be a secret, not text (NOD-2.1), got a text of 3 characters",
    ],
  ],
  [
    "an address holds a password [NOD-2.1]",
    ({ shop }) => {
      change(shop.environment, { LEDGER_URL: "https://app:hunter2@ledger.example.org/" });
    },
    [
      "shop-system/components/shop/environment/LEDGER_URL: must take the password in its address from a secret (NOD-2.1), got a text of 39 characters",
    ],
  ],
  [
    "a Redis password is empty [BRK-SEC.2]",
    ({ secrets, shop }) => {
      change(shop.environment, { REDIS_PASSWORD: "", OTHER: secrets.redis });
    },
    [
      "shop-system/components/shop/environment/REDIS_PASSWORD: must be a secret, not text (NOD-2.1), got a text of 0 characters",
    ],
  ],
  [
    "a value is a known placeholder [BRK-SEC.2]",
    ({ shop }) => {
      change(shop.environment, { SESSION: "change_this_session_secret_in_production" });
    },
    [
      "shop-system/components/shop/environment/SESSION: must not be a placeholder (BRK-SEC.2), got a text of 40 characters",
    ],
  ],
  [
    "a static administrator's key exists [MUN-SEC.1]",
    ({ secrets, shop }) => {
      change(shop.environment, { ADMIN_API_KEY: secrets.carrier });
    },
    [
      "shop-system/components/shop/environment/ADMIN_API_KEY: must not exist: nobody gets in by a static key (MUN-1.1, NOD-SEC.1), got ADMIN_API_KEY",
    ],
  ],
  [
    "static AWS keys exist [NOD-SEC.1]",
    ({ secrets, shop }) => {
      change(shop.environment, { AWS_ACCESS_KEY_ID: secrets.carrier });
    },
    [
      "shop-system/components/shop/environment/AWS_ACCESS_KEY_ID: must not exist: nobody gets in by a static key (MUN-1.1, NOD-SEC.1), got AWS_ACCESS_KEY_ID",
    ],
  ],
  [
    "certificates are not verified [BRK-SEC.1]",
    ({ shop }) => {
      change(shop.environment, { MAIN_SERVER_VERIFY_SSL: false });
    },
    [
      'shop-system/components/shop/environment/MAIN_SERVER_VERIFY_SSL: must not switch off the check of certificates (BRK-SEC.1, BRK-SEC.3), got "false"',
    ],
  ],
  [
    "client certificates are optional [BRK-SEC.3]",
    ({ shop }) => {
      change(shop.environment, { verify_client: "optional" });
    },
    [
      'shop-system/components/shop/environment/verify_client: must not switch off the check of certificates (BRK-SEC.1, BRK-SEC.3), got "optional"',
    ],
  ],
  [
    "the database's certificate is not verified",
    ({ database, shop }) => {
      change(shop.environment, { DB: text`postgresql://${membersOf(database.listens.sql)}/shop?sslmode=require` });
    },
    ["shop-system/components/shop/environment/DB: must be sslmode=verify-full (MUN-2.3), got sslmode=require"],
  ],
  [
    "clear text leaves the host by a URL",
    ({ shop }) => {
      change(shop.environment, { LEDGER_URL: "http://ledger.example.org:8000" });
    },
    [
      "shop-system/components/shop/environment/LEDGER_URL: must not speak in clear text beyond the host (MUN-2.3), got http://",
    ],
  ],
  [
    "a public address is named [BRK-SEC.16]",
    ({ shop }) => {
      change(shop.environment, { LEDGER_URL: "https://173.32.115.223:8000" });
    },
    [
      "shop-system/components/shop/environment/LEDGER_URL: must not name a public address (BRK-SEC.16), got 173.32.115.223",
    ],
  ],
  [
    "a value listens on every address [BRK-SEC.11]",
    ({ shop }) => {
      change(shop.environment, { PORTAL_HOST: "0.0.0.0" });
    },
    [
      'shop-system/components/shop/environment/PORTAL_HOST: must not listen on every address (BRK-SEC.11, BRK-SEC.24), got "0.0.0.0"',
    ],
  ],
  [
    "a command listens on every address [BRK-SEC.24]",
    ({ gate }) => {
      change(gate.units[0] ?? {}, { exec: "/opt/gate/bin/serve --host 0.0.0.0" });
    },
    [
      'shop-system/components/gate/units/gate/exec: must not listen on every address (BRK-SEC.11, BRK-SEC.24), got "/opt/gate/bin/serve --host 0.0.0.0"',
    ],
  ],
  [
    "origins are any or in clear text [NOD-1.8]",
    ({ shop }) => {
      change(shop.environment, { ALLOWED_ORIGINS: "*" });
    },
    [
      'shop-system/components/shop/environment/ALLOWED_ORIGINS: must list origins with https and without * (NOD-1.8, ALC-7.5), got "*"',
    ],
  ],
  [
    "mutual TLS is not enforced [BRK-SEC.6]",
    ({ gate }) => {
      change(gate.units[0] ?? {}, { exec: "uvicorn app:app --ssl-ca-certs certs/ca.crt" });
    },
    [
      'shop-system/components/gate/units/gate/exec: must demand client certificates: --ssl-cert-reqs 2 beside --ssl-ca-certs (BRK-SEC.6), got "uvicorn app:app --ssl-ca-certs certs/ca.crt"',
    ],
  ],
  [
    "a scheduled command asks for a password [BRK-SEC.12]",
    ({ purge }) => {
      change(purge, { command: ["mysql", "-u", "app", "-p", "books"] });
    },
    [
      "shop-system/jobs/purge/command: must not take a password on the command line or ask for one (BRK-SEC.12, BRK-SEC.13), got a password option",
    ],
  ],
  [
    "a password is on the command line [BRK-SEC.13]",
    ({ purge }) => {
      change(purge, { command: ["admin", "--password=NewPass"] });
    },
    [
      "shop-system/jobs/purge/command: must not take a password on the command line or ask for one (BRK-SEC.12, BRK-SEC.13), got a password option",
    ],
  ],
];

describe("validateCatalogue: literals", () => {
  test.each(cases)("fails when %s", (_title, edit, faults) => {
    // When
    const found = faultsAfter(edit);
    // Then
    expect(found).toEqual(faults);
  });
});
