import { type EndpointGroup, endpoints } from "../services/platform.ts";

/** Security groups of the interface endpoints, by the party that flows name: `platform/endpoint-secrets`. */
export const endpointParties = (groupIds: Readonly<Record<EndpointGroup, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(endpoints).map(([group, { owner }]) => [owner, groupIds[group as EndpointGroup]]));
