import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matcher } from "../../../policies/model/literals/matcher.ts";
import { literalsIn } from "../../../policies/model/literals/scan.ts";
import { encoded, planted } from "../../../policies/rules/data/examples/planted.ts";

const shapes = (text: string) => literalsIn(text).map(({ shape }) => shape);

describe("secrets are found in any text", () => {
  test.each([
    ["an AWS access key", `id = ${planted.accessKey}`, ["an AWS access key"]],
    ["a private key in the middle of JSON", JSON.stringify({ pem: planted.privateKey }), ["a private key"]],
    ["a token of GitHub", `curl -H 'Authorization: token ${planted.gitHub}'`, ["a GitHub token"]],
    ["a token of Slack", planted.slack, ["a Slack token"]],
    ["a token of a Telegram bot", `https://api.telegram.org/bot${planted.telegram}/x`, ["a Telegram bot's token"]],
    ["a signed token", planted.jwt, ["a signed token (JWT)"]],
    ["a hash of a password", `admin:${planted.hash}`, ["a hash of a password"]],
    ["an address with a password", planted.address, ["an address with a password"]],
    ["a random key", `key ${planted.random}`, ["a random text such as a key"]],
    ["a password in YAML", "database:\n  password: hunter2\n", ["a literal password"]],
    ["a password in an INI file", "[client]\npassword = hunter2\n", ["a literal password"]],
    ["a password in JSON", '{"adminPassword":"hunter2"}', ["a literal adminPassword"]],
    ["a password in a shell script", "#!/bin/bash\nexport PGPASSWORD=hunter2\n", ["a literal PGPASSWORD"]],
    ["a quoted password in a program", '#!/usr/bin/python3\npassword = "hunter2"\n', ["a literal password"]],
    ["an option of a command", "mysqldump --password=hunter2 --all", ["a literal --password"]],
    ["a password under a placeholder's name", "SMTP_PASSWORD=password\n", ["a literal SMTP_PASSWORD"]],
    ["an empty password", "REDIS_PASSWORD=\nNEXT=1\n", ["an empty REDIS_PASSWORD"]],
    [
      "a text in base64 in a text in base64",
      encoded(encoded(planted.address)),
      ["an address with a password, in base64, in base64"],
    ],
  ])("%s", (_, text, expected) => {
    expect(shapes(text)).toEqual(expected);
  });

  test("each placeholder of the requirements", () => {
    // given: what BRK-SEC.2 lists
    const given = [
      "StrongPass123!",
      "SuperSecretJWTKey_ChangeInProduction",
      "change_this_session_secret_in_production",
      "NewPass123!",
    ];
    // then: it is found whatever it stands under
    expect(given.map((each) => shapes(`value=${each}`))).toEqual(
      given.map(() => ["a placeholder of the requirements"]),
    );
  });

  test("a finding never shows the secret", () => {
    const shown = Object.values(planted).flatMap((each) =>
      literalsIn(`secret_key = ${each}`).map((found) => found.shown),
    );
    expect(shown.length).toBeGreaterThan(5);
    for (const each of shown) expect(each).toMatch(/^.{0,4}\.\.\. \(\d+ characters\)$/);
  });
});

describe("what is no secret is left alone", () => {
  test.each([
    ["a marker", "PASSWORD='%%secret:production/app/db%%'"],
    ["a marker in an address", "postgresql://app:%%secret:production/app/db%%@db:5432/app"],
    ["a variable in an address", "postgresql://app:$(DB_PASSWORD)@db:5432/app"],
    ["a file", "password_file=/etc/app/password\nmaster_password: %d/password\n"],
    ["an ARN", "secret: arn:aws:secretsmanager:eu-central-1:111111111111:secret:app-AbCdEf"],
    ["an expression of Terraform", "password: ${random_password.db.result}"],
    ["prose", "the password: it is kept in the vault\n# secret: rotate it each quarter\n"],
    ["names", "secretName: api-secrets-b233dada\nsecretProviderClass: api\nserver_tokens off;\n"],
    ["how, not what", "password_encryption = scram-sha-256\npassword: true\n"],
    ["a digest", `sha256:${"0123456789abcdef".repeat(4)} sha512-${planted.random}${planted.random}`],
    ["a certificate", `-----BEGIN CERTIFICATE-----\n${planted.random}${planted.random}\n-----END CERTIFICATE-----`],
    ["a certificate in base64", encoded(`-----BEGIN CERTIFICATE-----\n${planted.random}\n-----END CERTIFICATE-----\n`)],
    ["a public key of SSH", `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${planted.random} admin`],
    [
      "names that change their letters",
      "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09 AWSManagedRulesKnownBadInputsRuleSet",
    ],
    ["paths", "/usr/local/lib/python-service/check-environment/etc/metrics-exporters/web.yml"],
    ["a program's own names", "#!/usr/bin/python3\ntoken = read(path)\npassword=token\n"],
  ])("%s", (_, text) => {
    expect(shapes(text)).toEqual([]);
  });

  test("any reference under any name", () => {
    const name = fc.constantFrom("PASSWORD", "db_password", "apiKey", "SESSION_SECRET", "token");
    const reference = fc.constantFrom("%%secret:a/b%%", "${var.x}", "$(X)", "{{ x }}", "/run/x", "arn:aws:x");
    fc.assert(
      fc.property(name, reference, (one, other) => {
        expect(shapes(`${one}=${other}\n`)).toEqual([]);
      }),
    );
  });
});

test("many words are found at once, as if each were searched for alone", () => {
  const letters = fc.stringMatching(/^[abK]{1,4}$/);
  fc.assert(
    fc.property(
      fc.uniqueArray(letters, { minLength: 1, maxLength: 6, selector: (each) => each.toLowerCase() }),
      fc.stringMatching(/^[abkABK é]{0,40}$/),
      (words, text) => {
        // given: each word at each place
        const expected = words.flatMap((word, index) =>
          Array.from({ length: text.length }, (_, at) => at).flatMap((at) =>
            text.slice(at, at + word.length).toLowerCase() === word.toLowerCase()
              ? [`${index}@${at + word.length}`]
              : [],
          ),
        );
        // when
        const found: string[] = [];
        matcher(words)(text, (word, end) => found.push(`${word}@${end}`));
        // then
        expect(found.sort()).toEqual(expected.sort());
      },
    ),
  );
});
