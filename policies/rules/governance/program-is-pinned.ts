import { objection, rule } from "../../engine/rule.ts";
import { pinnedPrograms } from "../../model/governance/pinned-programs.ts";
import { isOfOwnRegistry, isPinned } from "../../model/images.ts";
import { isUnknown, type Value } from "../../model/value.ts";

/** A repository of the outputs with a digest behind it, and what is looked up there, which is named by its digest. */
const PROVEN = /^\$\{(?:aws_ecr_repository\.[^{}]+\}@sha256:[0-9a-f]{64}|data\.aws_ecr_image\.[^{}]+\.image_uri\})$/;

/** Images of pods have a rule of their own, K8S-006. */
export const programIsPinned = rule({
  id: "GOV-028",
  slug: "program-is-pinned",
  severity: "high",
  title: "What runs outside of a cluster is one image or one archive, of the account",
  why: "Behind a tag, a key of a bucket or the name of an image stands tomorrow whatever somebody puts there: a stranger with a machine image of the same name runs in our network.",
  fix: "Name images of the account's ECR by digest; give source_code_hash, s3_object_version or code signing; give owners where images of machines are looked up.",
  appliesTo: pinnedPrograms,
  requirements: [],
  check: (program, { declaration }) => {
    const { attribute, form } = program;
    switch (form) {
      case "archive":
        return program.says
          ? []
          : [objection(attribute, undefined, "what says which archive it is: its hash or version")];
      case "search":
        return program.says ? [] : [objection(attribute, undefined, "whose images: self, amazon, an account")];
      case "layer": {
        const account = accountOf(program.value);
        const isStrange = declaration !== undefined && account !== undefined && account !== declaration.account;
        return isStrange ? [objection(attribute, program.value, `a layer of ${declaration.account}`)] : [];
      }
      default: {
        const { value } = program;
        if (isUnknown(value) && PROVEN.test(value.expression)) return [];
        const fine = typeof value === "string" && isPinned(value) && isOfOwnRegistry(value, declaration);
        return fine ? [] : [objection(attribute, value, "an image of the account's own registry, by its digest")];
      }
    }
  },
});

const accountOf = (layer: Value<string> | undefined): string | undefined =>
  typeof layer === "string" ? layer.split(":")[4] : undefined;
