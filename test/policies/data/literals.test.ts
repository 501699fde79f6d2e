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
    ["a bearer's token in a header", "Authorization: Bearer 9f86d081884c7d659a2feaa0c55ad015", ["a bearer's token"]],
    ["a bearer's token that has a shape", `Bearer ${planted.jwt}`, ["a signed token (JWT)"]],
    ["a login in a header", `H: "basic ${encoded("admin:hunter2")}"`, ["a login of HTTP"]],
    ["a random name of a Secret", `K8S_SECRET=${planted.random}`, ["a literal K8S_SECRET"]],
    ["a Secret's name that is none", "K8S_SECRET=Hunter2!", ["a literal K8S_SECRET"]],
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
    ["a password of a few letters", "DB_PASS=hunter2\n", ["a literal DB_PASS"]],
    ["a password in camel case", '{"dbPass":"hunter2"}', ["a literal dbPass"]],
    ["a password with a dollar in it", "SMTP_PASSWORD='P4$sword'\n", ["a literal SMTP_PASSWORD"]],
    ["a password that Terraform forgets", '{"password_wo":"hunter2"}', ["a literal password_wo"]],
    ["a weak token that is a password", 'auth_token = "hunter2"\n', ["a literal auth_token"]],
    ["one of several passwords", JSON.stringify({ passwords: ["hunter2"] }, null, 1), ["a literal passwords"]],
    ["a number in JSON", '{"DB_PASSWORD": 12345678}', ["a literal DB_PASSWORD"]],
    ["escaped JSON in a script", 'curl -d "{\\"password\\":\\"hunter2\\"}" host', ["a literal password"]],
    ["a password before a command", "PGPASSWORD=hunter2 psql -h db\n", ["a literal PGPASSWORD"]],
    ["a password after a command", "cd /opt; DB_PASSWORD=hunter2 ./run now\n", ["a literal DB_PASSWORD"]],
    ["a password among settings", "host=db user=app password=hunter2 sslmode=require", ["a literal password"]],
    ["a password of digits", "DB_PASSWORD=12345\n", ["a literal DB_PASSWORD"]],
    [
      "one of several names",
      "DB_PASSWORD_1=hunter2\nDB_PASS2: hunter2\n",
      ["a literal DB_PASSWORD_1", "a literal DB_PASS2"],
    ],
    ["the name of an environment", "DATABASE_PASSWORD_PROD=hunter2\n", ["a literal DATABASE_PASSWORD_PROD"]],
    ["a number behind a name in a pair", "- name: DB_PASSWORD_1\n  value: hunter2\n", ["a literal DB_PASSWORD_1"]],
    ["an element of XML", "<db><user>app</user><db.password>hunter2</db.password></db>", ["a literal db.password"]],
    ["an element of a numbered name", "<password2> hunter 2 </password2>", ["a literal password2"]],
    ["an option of mysql", "mysqldump -u root -p'hunter2' --all | gzip\n", ["a password handed to mysql"]],
    ["an option of sshpass", "sshpass -p hunter2 ssh host\n", ["a password handed to sshpass"]],
    ["an option of mongosh", "mongosh -u app -p hunter2 db\n", ["a password handed to mongo"]],
    ["an option of redis-cli", "redis-cli -h db -a hunter2 ping\n", ["a password handed to redis-cli"]],
    ["an option of curl", "curl -sf -u admin:hunter2 https://example.org\n", ["a password handed to curl"]],
    ["a login that is piped", "echo 'root:hunter2' | sudo chpasswd\n", ["a password handed to chpasswd"]],
    ["a login for cloud-init", "chpasswd:\n  list: |\n    root:hunter2\n", ["a password handed to chpasswd"]],
    ["a password that begins like a variable", "SMTP_PASSWORD='$ecretPass1word'\n", ["a literal SMTP_PASSWORD"]],
    ["a password that begins like a path", "SMTP_PASSWORD=/kX9w2mQ8vT7bZ3n\n", ["a literal SMTP_PASSWORD"]],
    ["a password in angle brackets", "SMTP_PASSWORD=<Kx9-2mQ8>\n", ["a literal SMTP_PASSWORD"]],
    ["a password behind a scheme", "SMTP_PASSWORD=file:kx92mq8vt7\n", ["a literal SMTP_PASSWORD"]],
    [
      "JSON in JSON",
      JSON.stringify({ spec: JSON.stringify({ db: JSON.stringify({ password: "hunter2" }) }) }),
      ["a literal password"],
    ],
    [
      "a name and a value in JSON",
      JSON.stringify([{ name: "DB_PASSWORD", value: "hunter2" }]),
      ["a literal DB_PASSWORD"],
    ],
    ["a default in JSON", JSON.stringify({ parameters: { DbPass: { default: "hunter2" } } }), ["a literal DbPass"]],
    ["a value and its name in JSON", JSON.stringify({ a: [{ Value: "hunter2", Key: "pw" }] }), ["a literal pw"]],
    [
      "a name and a value in JSON in base64",
      encoded(JSON.stringify([{ value: "hunter2", name: "DB_PASSWORD" }])),
      ["a literal DB_PASSWORD, in base64"],
    ],
    ["a name and a value in YAML", "env:\n  - name: DB_PASSWORD\n    value: hunter2\n", ["a literal DB_PASSWORD"]],
    [
      "a name and a value in a script",
      'cat > task.json <<EOF\n[{"name": "DB_PASSWORD", "value": "hunter2"}]\nEOF\n',
      ["a literal DB_PASSWORD"],
    ],
    [
      "a name and a value in an expression",
      '${jsonencode([{"name" = "DB_PASSWORD", "value" = "hunter2"}, {"name" = "A", "value" = aws_x.a.arn}])}',
      ["a literal DB_PASSWORD"],
    ],
    ["an option in JSON", JSON.stringify({ command: ["run", "--password", "hunter2"] }), ["a literal password"]],
    ["a name that JSON has twice", '{"password":"hunter2","password":"%%secret:a/b%%"}', ["a literal password"]],
    [
      "JSON in base64 in lines, as mail and base64(1) have it",
      encoded(JSON.stringify({ a: "x".repeat(70), b: [{ value: "hunter2", name: "DB_PASSWORD" }] })).replaceAll(
        /.{76}/g,
        "$&\n",
      ),
      ["a literal DB_PASSWORD, in base64"],
    ],
    [
      "whatever is encoded over and over",
      [1, 2, 3, 4, 5].reduce(encoded, "nothing to see here"),
      [`a text in more than 3 others${", in base64".repeat(3)}`],
    ],
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
    ["a name whose value is elsewhere", '[{"name":"DB_PASSWORD","valueFrom":"arn:aws:x"},{"name":"A","value":"b"}]'],
    ["a name and a variable", "- name: DB_PASSWORD\n  value: $(PASSWORD)\n- name: x\n  value: y\n"],
    ["a place to fill", JSON.stringify({ user: "app", password: "{password}", other: { password: "<password>" } })],
    ["words that end alike", "bypass=true\ncompass: north\nproxy_pass http://app;\nauth: basic\n"],
    ["names", "secretName: api-secrets-b233dada\nsecretProviderClass: api\nserver_tokens off;\n"],
    ["names of Secrets", "K8S_SECRET=orders-db\nexistingSecret: orders.db-2\nIMAGE_PULL_SECRET: registry\n"],
    ["rules of sudo", "app ALL=(ALL) NOPASSWD: ALL\n%admins ALL=NOPASSWD: SERVICES\n"],
    [
      "headers that are handed a reference, and prose of them",
      "Authorization: Bearer ${TOKEN}\nAuthorization: Basic $(base64 login)\nTOKEN_TYPE=Bearer\nBasic authentication, Bearer authentication-of-services, Bearer /run/secrets/token-1\n",
    ],
    ["how, not what", "password_encryption = scram-sha-256\npassword: true\n"],
    ["a digest", `sha256:${"0123456789abcdef".repeat(4)} sha512-${planted.random}${planted.random}`],
    ["a certificate", `-----BEGIN CERTIFICATE-----\n${planted.random}${planted.random}\n-----END CERTIFICATE-----`],
    ["a certificate in base64", encoded(`-----BEGIN CERTIFICATE-----\n${planted.random}\n-----END CERTIFICATE-----\n`)],
    ["a public key of SSH", `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${planted.random} admin`],
    [
      "names that change their letters",
      "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09 AWSManagedRulesKnownBadInputsRuleSet",
    ],
    [
      "commands that are handed a reference, or ask",
      'mysql -u root -p db\nmysql -p"$DB_PASS" db\nmkdir -p x\ncurl -u "admin:$PASS" host\nredis-cli -a $(cat x) ping\n',
    ],
    ["elements that are no assignment", "<password/><password></password><label>Password</label><p>password</p>"],
    ["a remark with an example", "# password=example of what stands here\n"],
    ["variables and files", "A_PASSWORD=$db_pass\nB_PASSWORD=$1\nC_PASSWORD=./x\nD_PASSWORD=file:///run/x\n"],
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
