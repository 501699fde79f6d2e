import { textOf } from "./json.ts";
import { isTemplate } from "./terraform/expression.ts";
import type { Resource } from "./terraform/resource.ts";

/** The region of a resource: its own, or its provider's. Nothing where outputs do not say. */
export function regionOf({ raw, document }: Resource): string | undefined {
  const own = textOf(raw.attributes["region"]);
  const region = own ?? textOf(document.providers.get(raw.provider ?? "aws")?.["region"]);
  return region === undefined || isTemplate(region) ? undefined : region;
}
