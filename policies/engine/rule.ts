import type { Estate, Kind } from "../model/estate.ts";
import type { Place } from "../model/place.ts";
import { isUnknown, shown, type Unknown, type Value } from "../model/value.ts";

export const severities = ["critical", "high", "medium", "low"] as const;
export type Severity = (typeof severities)[number];

/** Each is a folder of `rules/`. */
export const areas = ["firewall", "tls", "data", "identity", "cluster", "hosts", "governance", "contract"] as const;
export type Area = (typeof areas)[number];

/** What a check has to say against a subject. Nothing to say: it passes. */
export interface Objection {
  /** Path of what was judged, in the words of the output: `versioning_configuration.status`. */
  readonly attribute: string;
  readonly got: string;
  /** What `got` stands for where that shows but a part of it: see `Finding`. */
  readonly whole?: string;
  readonly expected: string;
  /** Absent: `fail`. `unknown`: outputs do not show it; it counts as a failure all the same. */
  readonly outcome?: "fail" | "unknown";
  /** Where, if not at the subject itself. */
  readonly at?: Place;
}

/** What a subject has at least: where it stands. */
export interface Subject {
  readonly at: Place;
}

/** A rule: one statement about all subjects of a kind. */
export interface Rule<Judged extends Subject = Subject> {
  /** `DATA-004`; never used again for another rule. */
  readonly id: string;
  /** Its file name: `bucket-is-versioned`. */
  readonly slug: string;
  readonly severity: Severity;
  /** A sentence that holds where the rule passes. */
  readonly title: string;
  /** What happens otherwise, to whom. */
  readonly why: string;
  /** What to change. */
  readonly fix: string;
  readonly appliesTo: Kind<Judged>;
  /** Ids of `requirements.yaml` that it proves, and public sources. */
  readonly requirements: readonly string[];
  /** Needs the catalogue's declaration: without one, the rule is not applicable. */
  readonly needsDeclaration?: true;
  /** Subjects that it is for; absent: all. */
  readonly concerns?: (subject: Judged, estate: Estate) => boolean;
  readonly check: (subject: Judged, estate: Estate) => readonly Objection[];
}

/** What reports say of a rule, and of whatever else finds something: waivers, reachability. */
export type RuleFacts = Pick<Rule, "id" | "slug" | "severity" | "title" | "why" | "fix" | "requirements">;

/** A rule whatever it judges, for lists of rules. */
// biome-ignore lint/suspicious/noExplicitAny: a list of rules holds rules of every kind of subject.
export type AnyRule = Rule<any>;

/** Types a rule. */
export const rule = <Judged extends Subject>(given: Rule<Judged>): Rule<Judged> => given;

/** How the area of an id is called: `DATA` of `DATA-004`. */
export const prefixes: Readonly<Record<Area, string>> = {
  firewall: "FW",
  tls: "TLS",
  data: "DATA",
  identity: "IAM",
  cluster: "K8S",
  hosts: "HOST",
  governance: "GOV",
  contract: "ONE",
};

/** Something that is not as it must be. */
export const objection = (attribute: string, got: unknown, expected: string, at?: Place): Objection => ({
  attribute,
  got: shown(got),
  expected,
  ...(isUnknown(got) ? { outcome: "unknown" } : {}),
  ...(at === undefined ? {} : { at }),
});

/** Objections to what is not there: unknown where outputs are but a part of an environment, for another file may hold it. */
export const missing = ({ isWhole }: Estate, objections: readonly Objection[]): readonly Objection[] =>
  isWhole ? objections : objections.map((each) => ({ ...each, outcome: "unknown" }));

/**
 * Demands something of a value: nothing to say where it holds. An unknown value is an objection of its own, unless
 * `proves` accepts what it refers to. Absent is judged like a value: hand in the documented default where there is one.
 */
export function demand<Type>(
  attribute: string,
  value: Value<Type>,
  expected: string,
  holds: (value: Type) => boolean,
  proves: (reference: Unknown) => boolean = () => false,
): readonly Objection[] {
  const fine = isUnknown(value) ? proves(value) : holds(value);
  return fine ? [] : [objection(attribute, value, expected)];
}
