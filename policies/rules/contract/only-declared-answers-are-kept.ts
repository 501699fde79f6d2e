import { objection, rule } from "../../engine/rule.ts";
import { keptAnswers } from "../../model/kept-answers.ts";
import { isUnknown } from "../../model/value.ts";

/** What a content network keeps, it hands to whoever asks next. */
export const onlyDeclaredAnswersAreKept = rule({
  id: "ONE-017",
  slug: "only-declared-answers-are-kept",
  severity: "critical",
  title: "The content network keeps answers of declared paths only, and no longer than declared",
  why: "An answer that was made for one resident and is kept is shown to the next who asks for the same address.",
  fix: "Use the managed policy CachingDisabled for everything but the paths that the entrypoint has in cached.",
  appliesTo: keptAnswers,
  requirements: [],
  needsDeclaration: true,
  check: ({ attribute, pattern, seconds, declared }) =>
    !isUnknown(seconds) && seconds <= declared
      ? []
      : [
          objection(
            `${attribute}.cache_policy_id`,
            isUnknown(seconds) ? seconds : `${seconds} s for ${pattern}`,
            declared === 0 ? "nothing is kept" : `${declared} s at most`,
          ),
        ],
});
