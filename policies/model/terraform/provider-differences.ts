import { type Json, type JsonObject, listOf, objectOf, textOf } from "../json.ts";
import { type Difference, differenceOf, literals } from "./difference.ts";
import type { Document } from "./document.ts";
import { fits, namesIn } from "./same-value.ts";

/** What a plan without a cloud is made with, in place of what the configuration has. */
const OFFLINE =
  /^(?:access_key|secret_key|token|profile|skip_.*|max_retries|allowed_account_ids|shared_.*_files|alias|version)$/;
/** Where a plan has other providers than its configuration, of another publisher, or lets another one make something. */
export function providerDifferences(json: JsonObject, plan: Document, configuration: Document): readonly Difference[] {
  const required = objectOf(listOf(configuration.settings["required_providers"])[0]);
  const configs = Object.values(objectOf(objectOf(json["configuration"])["provider_config"])).map(objectOf);
  const sources = configs.flatMap(({ name, full_name: full, version_constraint: version, module_address: module }) => {
    const given = objectOf(required[textOf(name) ?? ""]);
    if (module !== undefined || textOf(full) === undefined) return [];
    const tail = (source: Json | undefined) => textOf(source)?.split("/").slice(-2).join("/");
    return literals(
      `provider.${name}`,
      { source: tail(given["source"]), version: given["version"] },
      { source: tail(full), version },
    );
  });
  const settings = [...configuration.providers].flatMap(([name, body]) => {
    const planned = plan.providers.get(name);
    if (planned === undefined)
      return configs.length === 0 ? [] : [differenceOf(`provider.${name}`, "provider", undefined, "configured")];
    return namesIn(body)
      .filter((each) => !OFFLINE.test(each) && planned[each] !== undefined && !fits(each, body, planned))
      .map((each) => differenceOf(`provider.${name}`, each, planned[each], body[each]));
  });
  const used = new Map(plan.resources.map((each) => [each.address, each.provider]));
  const others = configuration.resources.flatMap(({ address, provider, type, module }) => {
    const [planned, own] = [used.get(address), provider ?? type.replace(/_.*$/, "")];
    return module !== "" || planned === undefined || planned === own
      ? []
      : [differenceOf(address, "provider", planned, own)];
  });
  return [...sources, ...settings, ...others];
}
