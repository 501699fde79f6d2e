import { type App, TerraformResource } from "cdktf";
import { catalogue } from "../services/catalogue.ts";
import { observability as observabilityService } from "../services/observability.ts";
import { type Estate, resolveEstate } from "../services/resolve.ts";
import { describeFault, validateCatalogue } from "../services/validate.ts";
import { newApp } from "./app.ts";
import { auditStack } from "./audit.ts";
import { bootstrapStack } from "./bootstrap.ts";
import { clusterStack } from "./cluster.ts";
import { networkStack } from "./network.ts";
import { observabilityStack } from "./observability.ts";
import { pkiStack } from "./pki.ts";
import { serviceStack } from "./service/service-stack.ts";
import { vaultStack } from "./vault.ts";

/** One synthesized Terraform state. */
export interface BuiltStack {
  /** Id for the command lines: `production-network`. */
  readonly id: string;
  readonly environment: string;
  readonly name: string;
  readonly resources: number;
}

/**
 * Every stack of an environment, in the order of deployment.
 * The typed output of one stack is the typed input of the next.
 */
export function buildEnvironment(app: App, estate: Estate): readonly BuiltStack[] {
  const { environment } = estate;
  const before = app.node.children.length;
  bootstrapStack(app, environment);
  const audit = auditStack(app, estate);
  const network = networkStack(app, estate, { audit });
  const vault = vaultStack(app, estate, { audit, network });
  const pki = pkiStack(app, estate, { audit });
  const platform = { audit, network, vault, pki };
  const observability = observabilityStack(app, estate, platform);
  const cluster = clusterStack(app, estate, { ...platform, observability });
  for (const resolved of estate.services) {
    if (resolved.service.name !== observabilityService.name) {
      serviceStack(app, resolved, { ...platform, observability, cluster });
    }
  }
  return app.node.children.slice(before).map((stack) => ({
    id: stack.node.id,
    environment: environment.name,
    name: stack.node.id.slice(environment.name.length + 1),
    resources: stack.node.findAll().filter(TerraformResource.isTerraformResource).length,
  }));
}

// The command lines of the engine run this file and say by CDKTF_OUTDIR where they want the output.
if (import.meta.main) {
  const faults = validateCatalogue(catalogue, new Date().toISOString().slice(0, 10));
  if (faults.length > 0) {
    process.stderr.write(`${faults.map(describeFault).join("\n")}\n`);
    process.exit(2);
  }
  const app = newApp();
  for (const environment of catalogue.environments) {
    buildEnvironment(app, resolveEstate(catalogue, environment));
  }
  app.synth();
}
