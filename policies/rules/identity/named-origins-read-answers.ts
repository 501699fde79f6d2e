import { objection, rule } from "../../engine/rule.ts";
import { sharedOrigins } from "../../model/identity/shared-origins.ts";
import { isUnknown } from "../../model/value.ts";

/** Everybody's page, a scheme with everybody's names, and files and frames that have no origin. */
const ANYBODY = /^(?:\*|https?:\/\/\*(?:\.[a-z]+)?|null)$/i;

/** Answers for who is signed in are read by pages of named origins. */
export const namedOriginsReadAnswers = rule({
  id: "IAM-030",
  slug: "named-origins-read-answers",
  severity: "high",
  title: "No page of anybody reads answers as the person who is signed in",
  why: "Whoever opens a stranger's page hands it all that he may read here: his browser asks with his cookies, and is told to show the answer.",
  fix: "Name the origins, with https; or leave credentials out.",
  appliesTo: sharedOrigins,
  requirements: [],
  check: ({ attribute, origins, credentials }) =>
    credentials === false
      ? []
      : origins
          .filter((each) => isUnknown(each) || ANYBODY.test(each))
          .map((each) => objection(attribute, each, "named origins, for cookies go along")),
});
