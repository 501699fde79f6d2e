import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { SigningKeys, type SigningKeysProps } from "../../../constructs/edge/signing-keys.ts";
import { synth } from "../../support/synth.ts";
import { publicKey } from "./signing-key.ts";

const synthWith = (keys: SigningKeysProps["keys"]) =>
  synth((scope) => void new SigningKeys(scope, "keys", { name: "shop-web", keys }));
const elliptic = generateKeyPairSync("ec", {
  namedCurve: "P-384",
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
}).publicKey;

describe("signing keys", () => {
  it("are trusted side by side while one takes over, and deleted only after their group has let go of them", () => {
    const stack = synthWith([
      { name: "old", publicKey },
      { name: "new", publicKey },
    ]);

    expect(stack.all("aws_cloudfront_public_key").map(({ name, args }) => [name, args])).toEqual(
      ["new", "old"].map((name) => [
        `keys_key-${name}`,
        {
          name: `shop-web-${name}`,
          comment: "shop-web",
          encoded_key: publicKey,
          lifecycle: { create_before_destroy: true },
        },
      ]),
    );
    expect(stack.one("aws_cloudfront_key_group").args).toEqual({
      name: "shop-web",
      items: ["${aws_cloudfront_public_key.keys_key-old.id}", "${aws_cloudfront_public_key.keys_key-new.id}"],
      lifecycle: { create_before_destroy: true },
    });
  });

  const wrong = "test/keys/one: publicKey must be RSA-2048 as PEM with a newline at its end";
  const one = (text: string) => [{ name: "one", publicKey: text }];
  it.each<[string, SigningKeysProps["keys"], string]>([
    ["none", [], "test/keys: keys must be 1 to 5, got 0"],
    ["more than a group holds", Array(6).fill({ name: "one", publicKey }), "test/keys: keys must be 1 to 5, got 6"],
    ["one of another kind", one(elliptic), wrong],
    ["one without newline at its end", one(publicKey.trimEnd()), wrong],
    ["no key", one("-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n"), wrong],
  ])("fails when given %s", (_, keys, message) => {
    expect(() => synthWith(keys)).toThrow(new Error(message));
  });
});
