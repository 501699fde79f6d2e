/** A CloudWatch metric of one resource. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: "Average" | "Maximum" | "Minimum" | "Sum";
}

/** Share of one metric in another, in percent; 0 while the whole is below `atLeast`, so that one request is no storm. */
export interface Ratio {
  readonly part: Metric;
  readonly whole: Metric;
  readonly atLeast: number;
}

/** One alarm as plain data; `MetricAlarm` makes it. */
export interface Alarm {
  /** Unique in the account and region. */
  readonly name: string;
  /** What is wrong, for the person who is woken. */
  readonly summary: string;
  readonly metric: Metric | Ratio;
  readonly comparison: "above" | "at-least" | "below";
  readonly threshold: { readonly value: number; readonly unit: "count" | "percent" };
  readonly periodSeconds: number;
  /** Periods looked at; the alarm fires when `datapoints` of them are over the threshold. */
  readonly periods: number;
  readonly datapoints: number;
  /** What silence of the metric means. */
  readonly missing: "breaching" | "notBreaching";
}
