import type { Mutation } from "../../../engine/mutation.ts";
import { Estate } from "../../../model/estate.ts";
import type { JsonObject } from "../../../model/json.ts";

/** Adds a resource to the first state of the real estate. */
export const addResource = (title: string, type: string, attributes: JsonObject): Mutation => ({
  title,
  apply(estate) {
    const { terraform, environment, declaration, stalePlans, manifests, hosts } = estate;
    const [first, ...rest] = terraform.documents;
    if (first === undefined) return undefined;
    const added = { address: `${type}.added`, type, name: "added", module: "", provider: undefined, attributes };
    const documents = [{ ...first, resources: [...first.resources, added] }, ...rest];
    return {
      estate: new Estate({ environment, declaration, stalePlans, manifests, hosts, documents, stubs: terraform.stubs }),
      changed: added.address,
    };
  },
});
