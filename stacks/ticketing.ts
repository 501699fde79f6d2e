import type { App } from "cdktf";
import { ticketing } from "../services/products/ticketing.ts";
import type { Estate } from "../services/resolve.ts";
import type { ServiceInputs } from "./service/context.ts";
import { hostServiceStack } from "./service/host-service.ts";

/** Ticketing, whole. */
export function ticketingStack(app: App, { services }: Estate, inputs: ServiceInputs): void {
  const resolved = services.find(({ service }) => service.name === ticketing.name);
  if (resolved !== undefined) hostServiceStack(app, resolved, inputs);
}
