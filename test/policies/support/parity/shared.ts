import type { JsonObject } from "../../../../policies/model/json.ts";

/** A document of one statement, which allows unless it says otherwise. */
export const policy = (statement: JsonObject): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
/** A document that allows everybody to do something. */
export const anyone = (action: string): string => policy({ Principal: "*", Action: action, Resource: "*" });
/** A bucket, and what else is said of it. */
export const bucket = (more: JsonObject): JsonObject => ({ aws_s3_bucket: { one: { bucket: "one" } }, ...more });
/** In the shape of an access key of AWS. */
export const secret = "AKIAIOSFODNN7REALKEY";
