import { isZone } from "../schedule.ts";
import { matching, type Shape } from "../shape.ts";
import { show } from "../show.ts";

/** Forms that texts of the catalogue must have to become what they are for. */

/** A name of ours: part of host names, resource names and Kubernetes objects. */
export const name: Shape = matching(
  /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
  "a name of lower-case letters, digits and single hyphens that starts with a letter",
);
/** One label of a DNS name (RFC 1035). */
export const dnsLabel: Shape = matching(
  /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
  "a DNS label: 1 to 63 lower-case letters, digits and inner hyphens",
);
/** A DNS name of at least two labels. */
export const domain: Shape = matching(
  /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/,
  "a domain of at least two lower-case labels",
);
/** An absolute path without space. */
export const path: Shape = matching(/^\/[\w.@:+/-]*$/, "an absolute path without spaces");
/** Name of an environment variable or configuration key. */
export const key: Shape = matching(/^[A-Za-z_][\w.-]*$/, "a key of letters, digits and _.- that starts with a letter");
/** Linux user (useradd takes 32 characters). */
export const user: Shape = matching(/^[a-z_][a-z0-9_-]{0,31}$/, "a Linux user of at most 32 characters");
/** systemd unit, without suffix. */
export const unit: Shape = matching(/^[A-Za-z0-9][A-Za-z0-9:_.-]{0,127}$/, "a systemd unit name without suffix");
/** Database; PostgreSQL and MongoDB take 63 characters and no hyphen unquoted. */
export const database: Shape = matching(
  /^[a-z][a-z0-9_]{0,62}$/,
  "a database name of at most 63 lower-case letters, digits and underscores that starts with a letter",
);
/** Login of a store; MySQL takes 32 characters. */
export const login: Shape = matching(
  /^[a-z][a-z0-9_-]{0,31}$/,
  "a login of at most 32 characters that starts with a letter",
);
/** Repository in ECR. */
export const image: Shape = matching(
  /^(?=.{2,200}$)[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/,
  "a repository of our registry, without host, tag or digest",
);
/** Alert in Prometheus. */
export const alert: Shape = matching(/^[A-Z][A-Za-z0-9]*$/, "an alert name in CamelCase");
/** Id of a requirement. */
export const source: Shape = matching(/^(TKT|NOD|MUN|BRK|ALC)-(SEC\.)?\d+(\.\d+)?$/, "the id of a requirement");
/** HH:MM of a day. */
export const clock: Shape = matching(/^([01]\d|2[0-3]):[0-5]\d$/, "a time of day from 00:00 to 23:59");
/** IANA time zone that this machine's tables know. */
export const zone: Shape = (value, where) =>
  typeof value === "string" && isZone(value)
    ? []
    : [{ path: where, rule: "must be an IANA time zone", got: show(value), unsound: typeof value !== "string" }];
