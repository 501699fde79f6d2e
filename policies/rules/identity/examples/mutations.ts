import { type Loose, type Mutation, onResource } from "../../../engine/mutation.ts";
import type { RawResource } from "../../../model/terraform/document.ts";

/** Where a policy stands in the real estate: a type of resource, and its attribute. */
type Place = readonly [type: string, attribute: string];
type Where = (resource: RawResource) => boolean;

/** Changes the document of a policy. */
const onDocument = (
  [type, attribute]: Place,
  title: string,
  change: (document: Loose) => Loose,
  where?: Where,
): Mutation =>
  onResource(
    type,
    title,
    (resource) => {
      const given = resource[attribute];
      return typeof given === "string"
        ? { ...resource, [attribute]: JSON.stringify(change(JSON.parse(given))) }
        : resource;
    },
    where,
  );

/** Changes the first policy in the real estate in which the change of its statements changes something. */
export const onStatement = (place: Place, title: string, change: (statement: Loose) => void, where?: Where): Mutation =>
  onDocument(
    place,
    title,
    (document) => {
      for (const statement of document.Statement) change(statement);
      return document;
    },
    where,
  );

/** Adds a statement to a policy in the real estate. */
export const withStatement = (place: Place, title: string, statement: Loose, where?: Where): Mutation =>
  onDocument(place, title, (document) => ({ ...document, Statement: [...document.Statement, statement] }), where);

export const ROLE_POLICY = ["aws_iam_role_policy", "policy"] as const;
export const TRUST = ["aws_iam_role", "assume_role_policy"] as const;
