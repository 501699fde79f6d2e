import { type Bucket, bucketOf } from "./buckets/buckets.ts";
import { type Estate, kind } from "./estate.ts";
import { type Place, placeOfResource } from "./place.ts";
import type { Block } from "./terraform/block.ts";
import type { Resource } from "./terraform/resource.ts";
import { isUnknown, type Value } from "./value.ts";

/** A record of calls to AWS. */
export interface Trail {
  readonly at: Place;
  readonly resource: Resource;
  readonly on: Value<boolean>;
  /** Of all regions, or of its own. */
  readonly everywhere: Value<boolean>;
  /** Of services that have no region, such as IAM. */
  readonly global: Value<boolean>;
  /** Whether a changed or missing file shows. */
  readonly validated: Value<boolean>;
  /** Whether it records all calls that manage: of readers and of writers, of every service. */
  readonly manages: boolean;
  /** Where it goes, if to a bucket of the estate. */
  readonly bucket: Bucket | undefined;
  /** Also to a log group, where alarms see it. */
  readonly logGroup: Value<string> | undefined;
  /** ARNs of objects that it records the reading and the changing of, by how they begin. */
  readonly objects: readonly string[];
}

/** Every trail. */
export const trails = kind<Trail>("trail", (estate) =>
  estate.terraform.ofType("aws_cloudtrail").map((resource) => {
    const { block } = resource;
    return {
      at: placeOfResource(resource),
      resource,
      on: block.flag("enable_logging") ?? true,
      everywhere: block.flag("is_multi_region_trail") ?? false,
      global: block.flag("include_global_service_events") ?? true,
      validated: block.flag("enable_log_file_validation") ?? false,
      manages: managesOf(block),
      bucket: bucketOf(block.text("s3_bucket_name"), estate),
      logGroup: block.text("cloud_watch_logs_group_arn"),
      objects: [...basicObjects(block), ...advancedObjects(block)],
    };
  }),
);

/** Trails that record what is done with objects of a bucket. */
export function trailsOver({ name, resource }: Bucket, estate: Estate): readonly Trail[] {
  const arns = [typeof name === "string" ? `arn:aws:s3:::${name}/` : `\${aws_s3_bucket.${resource.raw.name}.arn}/`];
  return estate
    .of(trails)
    .filter(({ on, objects }) => on === true && objects.some((start) => arns.some((arn) => arn.startsWith(start))));
}

/** All calls that manage, unless selectors say less. */
function managesOf(block: Block): boolean {
  const advanced = block.blocks("advanced_event_selector");
  if (advanced.length > 0) {
    return advanced.some((selector) => {
      const fields = selector.blocks("field_selector");
      return fields.length === 1 && fields[0]?.text("field") === "eventCategory" && equals(fields[0], "Management");
    });
  }
  const basic = block.blocks("event_selector");
  return (
    basic.length === 0 ||
    basic.some(
      (selector) =>
        (selector.flag("include_management_events") ?? true) === true &&
        (selector.text("read_write_type") ?? "All") === "All" &&
        selector.texts("exclude_management_event_sources").length === 0,
    )
  );
}

const equals = (field: Block | undefined, text: string): boolean => field?.texts("equals").includes(text) === true;

function basicObjects(block: Block): readonly string[] {
  return block
    .blocks("event_selector")
    .filter((selector) => (selector.text("read_write_type") ?? "All") === "All")
    .flatMap((selector) => selector.blocks("data_resource"))
    .filter((data) => data.text("type") === "AWS::S3::Object")
    .flatMap((data) => data.texts("values").map(textOrExpression));
}

function advancedObjects(block: Block): readonly string[] {
  return block.blocks("advanced_event_selector").flatMap((selector) => {
    const fields = new Map(selector.blocks("field_selector").map((field) => [field.text("field"), field]));
    if (!equals(fields.get("eventCategory"), "Data") || !equals(fields.get("resources.type"), "AWS::S3::Object")) {
      return [];
    }
    const arn = fields.get("resources.ARN");
    const narrowed = [...fields.keys()].some(
      (name) => !["eventCategory", "resources.type", "resources.ARN"].includes(String(name)),
    );
    if (narrowed) return [];
    return arn === undefined
      ? ["arn:aws:s3"]
      : [...arn.texts("starts_with"), ...arn.texts("equals")].map(textOrExpression);
  });
}

const textOrExpression = (value: Value<string>): string => (isUnknown(value) ? value.expression : value);
