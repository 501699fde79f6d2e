import type { Place } from "../place.ts";
import type { Block } from "../terraform/block.ts";
import type { Value } from "../value.ts";

/** A rule of what becomes of objects of a bucket as they age. Days count from when an object, or a version, came to be so. */
export interface LifecycleRule {
  readonly at: Place;
  /** For a reader: its id, or its number. */
  readonly name: string;
  readonly enabled: Value<boolean>;
  /** Objects that it is for: empty is all. */
  readonly prefix: Value<string>;
  /** Whether tags or sizes narrow it further. */
  readonly narrowed: boolean;
  /** Current objects expire: on a day of its own, it may be any. */
  readonly expires: Value<number> | undefined;
  /** Markers of what was deleted go once nothing is behind them. */
  readonly cleansMarkers: Value<boolean>;
  /** Versions that are no longer current are deleted. */
  readonly noncurrent: Value<number> | undefined;
  /** Parts of uploads that were never finished are deleted. */
  readonly abandoned: Value<number> | undefined;
}

/** The rules of a lifecycle configuration, or of the blocks in a bucket that were its older spelling. */
export const lifecycleOf = (rules: readonly Block[], at: Place): readonly LifecycleRule[] =>
  rules.map((rule, index) => {
    const filter = rule.block("filter");
    const and = filter?.block("and");
    const expiration = rule.block("expiration");
    const noncurrent = rule.block("noncurrent_version_expiration");
    const upload = rule.block("abort_incomplete_multipart_upload");
    return {
      at,
      name: String(rule.text("id") ?? `rule ${index + 1}`),
      enabled: enabledOf(rule),
      prefix: and?.text("prefix") ?? filter?.text("prefix") ?? rule.text("prefix") ?? "",
      narrowed: [filter, and].some((each) => each !== undefined && NARROWER.some((name) => each.has(name))),
      // A date may be past: it deletes at once.
      expires: daysOf(expiration) ?? (expiration?.has("date") === true ? 0 : undefined),
      cleansMarkers: expiration?.flag("expired_object_delete_marker") ?? false,
      noncurrent: noncurrent?.number("noncurrent_days") ?? noncurrent?.number("days"),
      abandoned: upload?.number("days_after_initiation") ?? rule.number("abort_incomplete_multipart_upload_days"),
    };
  });

/** S3 takes no 0: in a plan it says that there are none. */
function daysOf(expiration: Block | undefined): Value<number> | undefined {
  const days = expiration?.number("days");
  return days === 0 ? undefined : days;
}

const NARROWER = ["tag", "tags", "object_size_greater_than", "object_size_less_than"];

function enabledOf(rule: Block): Value<boolean> {
  const status = rule.text("status");
  if (typeof status === "string") return status === "Enabled";
  return status ?? rule.flag("enabled") ?? false;
}
