import { dirname } from "node:path";
import type { JsonObject } from "../model/json.ts";
import { type Document, isConfiguration, type Origin, readConfiguration } from "../model/terraform/document.ts";
import { isPlan, isState, readPlan } from "../model/terraform/plan.ts";
import { refuseOddConfiguration } from "./configuration-shape.ts";
import { ArtefactError } from "./fault.ts";
import { withLocalModules } from "./local-modules.ts";
import { refuseOddPlan } from "./plan-shape.ts";

/** How a plan comes to be. */
const PLAN = "what terraform show -json prints of a plan";

/** A plan in a file. Throws ArtefactError. */
export function planOf(json: JsonObject, origin: Origin): Document {
  const { source } = origin;
  if (isState(json)) throw new ArtefactError(`${source}: is a state, which says what was; must be ${PLAN}`);
  if (!isPlan(json)) throw new ArtefactError(`${source}: is no plan, must be ${PLAN}`);
  if (isConfiguration(json)) throw new ArtefactError(`${source}: is a plan and a configuration at once, must be one`);
  refuseOddPlan(json, source);
  return readPlan(json, origin);
}

/** A configuration or a plan in one file. Throws ArtefactError. */
export function terraformOf(json: JsonObject, source: string): Document {
  const origin = { environment: undefined, stack: undefined, source };
  if (isPlan(json) || isState(json)) return planOf(json, origin);
  if (!isConfiguration(json)) {
    throw new ArtefactError(
      `${source}: is neither a Terraform configuration (terraform, resource, data, module, ...) nor a plan (format_version, planned_values, resource_changes) nor a manifest (apiVersion, kind)`,
    );
  }
  refuseOddConfiguration([{ path: source, json }]);
  const read = { document: readConfiguration(json, origin), texts: [], folders: [] };
  return withLocalModules(read, dirname(source)).document;
}
