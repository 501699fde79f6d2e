import type { JsonObject } from "../../../../policies/model/json.ts";
import { identities } from "./identities.ts";
import { network } from "./network.ts";
import { programs } from "./programs.ts";
import { secret } from "./shared.ts";
import { stores } from "./stores.ts";

/**
 * Resources that a check of the public scanner is after, by its id: as small as the fault. What a check fails when nothing is
 * said stands in `unsaid.ts`.
 */
export const probes: Readonly<Record<string, JsonObject>> = { ...network, ...stores, ...identities, ...programs };

/** What checks are after outside of resources, by id. */
export const configurations: Readonly<Record<string, JsonObject>> = {
  CKV_AWS_41: { provider: { aws: [{ access_key: secret, secret_key: "wJalrXUtnFEMIK7MDENGbPxRfiCYzzREALKEY12" }] } },
  CKV_AWS_386: { data: { aws_ami: { one: { most_recent: true, filter: [{ name: "name", values: ["one-*"] }] } } } },
  CKV2_AWS_36: { data: { http: { one: { url: "http://example.org/?key=${aws_ssm_parameter.one.value}" } } } },
};

/** What our rules ask of declared backups alone: without a declaration nobody can say what has to be kept where. */
export const declaredOnly: ReadonlySet<string> = new Set([
  ...["CKV_AWS_143", "CKV_AWS_144", "CKV2_AWS_8", "CKV2_AWS_9", "CKV2_AWS_18"],
]);
