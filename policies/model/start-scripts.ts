import { gunzipSync } from "node:zlib";
import { kind } from "./estate.ts";
import { decoded, isText, longWords } from "./literals/words.ts";
import { type Place, placeOfResource } from "./place.ts";
import { SENT, sentCommands } from "./sent-commands.ts";
import type { Block } from "./terraform/block.ts";
import { isTemplate } from "./terraform/expression.ts";
import { holdersOf } from "./terraform/ways.ts";
import { isUnknown, known, Unknown, type Value } from "./value.ts";

/** What a machine runs as root when it starts for the first time, or when Systems Manager tells it to. */
export interface StartScript {
  readonly at: Place;
  /** `user_data`. */
  readonly attribute: string;
  /** The text, and whatever is encoded or packed in it. Unknown: outputs do not show it. */
  readonly texts: Value<readonly string[]>;
}

const BOTH = ["user_data", "user_data_base64"];
/** By type: blocks down to the attributes with user data. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  aws_imagebuilder_image_recipe: ["user_data_base64"],
  aws_instance: BOTH,
  aws_launch_configuration: BOTH,
  aws_launch_template: ["user_data"],
  aws_lightsail_instance: ["user_data"],
  aws_spot_fleet_request: ["launch_specification.user_data"],
  aws_spot_instance_request: BOTH,
};

const READ = {};
/** What scripts may hold that nobody encodes more often. */
const DEEPEST = 3;
const LARGEST = 1 << 20;

/** User data of machines and of what they are made from, in whatever it is wrapped (base64, gzip, parts of mail), and commands that are sent to them. */
export const startScripts = kind<StartScript>("start script", ({ terraform, memory }) => {
  const read = memory.once(READ, () => new Map<string, readonly string[]>());
  const textsOf = (text: string): readonly string[] => {
    const texts = read.get(text) ?? unwrapped(text, 0);
    read.set(text, texts);
    return texts;
  };
  const sent = Object.entries(SENT).flatMap(([type, attribute]) =>
    terraform.ofType(type).map((resource) => {
      const text = sentCommands(resource.block, attribute);
      return { at: placeOfResource(resource), attribute, texts: isUnknown(text) ? text : textsOf(text) };
    }),
  );
  const first = Object.entries(TYPES).flatMap(([type, attributes]) =>
    terraform.ofType(type).flatMap((resource) =>
      attributes.flatMap((attribute) => {
        const [holders, name] = holdersOf(resource.block, attribute);
        const given = holders.filter((each) => each.has(name)).map((each) => textAt(each, name));
        return given.map((text) => ({
          ...{ at: placeOfResource(resource), attribute },
          texts: typeof text === "string" ? textsOf(text) : text,
        }));
      }),
    ),
  );
  return [...first, ...sent];
});

/** Version 5 of the provider shows a digest in its place. */
const DIGEST = /^[0-9a-f]{40}$/;
const BEGINNING = /#!|#cloud-config|#include|Content-Type:/;

/** The text, with expressions where it stands around them. */
function textAt(block: Block, name: string): string | Unknown {
  const raw = block.raw[name];
  const text = known(block.text(name)) ?? raw;
  if (typeof text !== "string" || DIGEST.test(text)) return new Unknown(String(raw));
  return isTemplate(text) && !BEGINNING.test(text) ? new Unknown(text) : text;
}

const unwrapped = (text: string, depth: number): readonly string[] => [
  text,
  ...(depth < DEEPEST ? longWords(text).flatMap(({ word }) => innerOf(word, depth + 1)) : []),
];

function innerOf(word: string, depth: number): readonly string[] {
  const bytes = decoded(word);
  const inner = bytes === undefined ? undefined : unpacked(bytes);
  return inner !== undefined && isText(inner) ? unwrapped(inner.toString("utf8"), depth) : [];
}

/** What cannot be unpacked is nothing that runs. */
function unpacked(bytes: Buffer): Buffer | undefined {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: LARGEST });
  } catch {
    return undefined;
  }
}
