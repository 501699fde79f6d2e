import { hash } from "node:crypto";

/** One resource whose values exist only after apply, with what its stand-in values are made from. */
export interface Subject {
  readonly type: string;
  /** `<environment>/<stack>/<address>`: equal seeds give equal values, different seeds different ones. */
  readonly seed: string;
  readonly region: string;
  readonly account: string;
  /** The resource's name as its arguments give it, or one made from its address. */
  readonly name: string;
  /** For a resource that is internal or of a special kind: its literal arguments. */
  readonly args: Readonly<Record<string, unknown>>;
}

/** Makes one value of a resource. */
export type Shape = (subject: Subject) => unknown;
/** What a type's values look like, by attribute. */
export type Attributes = Readonly<Record<string, Shape>>;

/** 64 hexadecimal digits, the same for the same text. */
export const digest = (text: string) => hash("sha256", text);
/** Hexadecimal digits; another salt gives others. */
export const hex = (length: number, salt = ""): Shape => {
  return ({ seed }) => digest(`${seed}${salt}`).slice(0, length);
};
/** Capital letters and digits, as in ids of IAM and CloudFront. */
export const letters = (subject: Subject, length: number) =>
  BigInt(`0x${digest(subject.seed)}`)
    .toString(36)
    .toUpperCase()
    .slice(0, length);
/** A version 4 UUID. */
export const uuid: Shape = ({ seed }) =>
  digest(seed).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-a$4-$5");
/** The resource's own name. */
export const name: Shape = (subject) => subject.name;

/** An ARN; IAM and its like have no region, S3 has neither region nor account. */
export function arn(service: string, resource: Shape, scope: "regional" | "global" | "bare" = "regional"): Shape {
  return (subject) => {
    const region = scope === "regional" ? subject.region : "";
    const account = scope === "bare" ? "" : subject.account;
    return `arn:aws:${service}:${region}:${account}:${resource(subject)}`;
  };
}

/** An EC2 resource: `vpc-0123456789abcdef0`. */
export function ec2(kind: string, prefix: string, salt = ""): Attributes {
  const id: Shape = (subject) => `${prefix}-0${hex(16, salt)(subject)}`;
  return { id, arn: arn("ec2", (subject) => `${kind}/${id(subject)}`), owner_id: (subject) => subject.account };
}

/** A resource known by its name; `resource` is the last part of its ARN. */
export function named(
  service: string,
  resource: Shape,
  scope: "regional" | "global" | "bare" = "regional",
): Attributes {
  return { id: name, name, arn: arn(service, resource, scope) };
}

/** A resource known by its ARN. */
export function arned(service: string, resource: Shape, scope: "regional" | "global" = "regional"): Attributes {
  const itself = arn(service, resource, scope);
  return { id: itself, arn: itself, name };
}

/** A resource known by a generated id; `resource` makes the last part of its ARN of that id. */
export function identified(
  service: string,
  id: Shape,
  resource: (id: unknown, subject: Subject) => string,
): Attributes {
  return { id, arn: arn(service, (subject) => resource(id(subject), subject)) };
}
