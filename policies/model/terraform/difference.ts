import { type Json, type JsonObject, textOf } from "../json.ts";
import { shown } from "../value.ts";
import { isTemplate } from "./expression.ts";

/** Something that a plan says otherwise than the configuration beside it. */
export interface Difference {
  /** As Terraform prints it; a provider as `provider.aws`. */
  readonly resource: string;
  readonly attribute: string;
  readonly planned: string;
  readonly configured: string;
}

/** Names of what no report may show. */
const SECRET = /password|secret|token|private_key|user_data|credential/;

/** A difference in words. */
export function differenceOf(
  resource: string,
  attribute: string,
  planned: Json | undefined,
  configured: Json | undefined,
) {
  const said = (value: Json | undefined) =>
    SECRET.test(attribute) ? "a value that is not shown" : shown(value).slice(0, 200);
  return { resource, attribute, planned: said(planned), configured: said(configured) };
}

/** Literal texts on both sides that differ. */
export const literals = (resource: string, configured: JsonObject, planned: JsonObject): readonly Difference[] =>
  Object.keys(planned).flatMap((name) => {
    const [one, other] = [textOf(configured[name]), textOf(planned[name])];
    return one === undefined || other === undefined || isTemplate(one) || one === other
      ? []
      : [differenceOf(resource, name, other, one)];
  });
