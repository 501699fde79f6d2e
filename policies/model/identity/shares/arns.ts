import type { Estate } from "../../estate.ts";
import { isObject, type Json } from "../../json.ts";
import { placeOfResource } from "../../place.ts";
import { isTemplate } from "../../terraform/expression.ts";
import type { Resource } from "../../terraform/resource.ts";
import { accountOf, isForeign } from "../accounts.ts";
import type { Share } from "../shares.ts";
import { sentTo, sharedWith } from "./named.ts";
import { switchOf } from "./switches.ts";

/** Types of which other rules judge whom they name, or that only take in what others share and what others found. */
const ELSEWHERE =
  /^aws_(?:cloudformation_|cloudwatch_event_permission|iam_|inspector_|lambda_\w*permission|organizations_|ram_resource_share_accepter|securityhub_|ssoadmin_)/;

/**
 * Names under which something is taken in, or is only spoken of: code of vendors, things restored from others' snapshots,
 * sources that are read, tags, settings of programs.
 */
const TAKEN_IN =
  /^(?:tags|tags_all|environment|environment_variables|layers|source\w*|event_source_arn|origin\w*|restore\w*|snapshot\w*|model_package_name|description)$/;

/** Names of texts that say in JSON where something goes on to. */
const TEXTS = /^(?:definition|input|policy_document|redrive_policy)$/;
const TYPES_OF_TEXTS = new Set([
  "aws_cloudwatch_log_account_policy",
  "aws_scheduler_schedule",
  "aws_sfn_state_machine",
  "aws_sqs_queue",
  "aws_sqs_queue_redrive_policy",
]);

/**
 * Whatever else names something by an ARN with an account: keys, functions, topics, streams, networks, whatever comes next. It
 * needs no list of types, and judges only what is written down: what is not shown, rules of the types say.
 */
export const sharesByArn = ({ terraform }: Estate): readonly Share[] =>
  terraform.resources.flatMap((resource) => {
    const { type, raw } = resource;
    const written: Written[] = [];
    collect(raw.attributes, undefined, written, TYPES_OF_TEXTS.has(type) ? anyText : mayName);
    if (written.length === 0 || !type.startsWith("aws_") || ELSEWHERE.test(type)) return [];
    const judged = [...(sharedWith[type] ?? []), ...(sentTo[type] ?? []), switchOf(type)];
    return written.flatMap(({ at, text }) => {
      const way = namesOf(at);
      const attribute = way.join(".");
      if (judged.includes(attribute) || way.some((name) => isTakenIn(name, type))) return [];
      const arns = arnsOf(text, way.at(-1) ?? "", resource);
      if (arns.length === 0) return [];
      const whom = (estate: Estate) => arns.filter((each) => isForeign(estate, each));
      return [{ at: placeOfResource(resource), attribute, whom }];
    });
  });

/** The way to a text, from its end; its names are put together only of what is taken. */
interface Way {
  readonly name: string;
  readonly before: Way | undefined;
}

const namesOf = (way: Way | undefined): readonly string[] =>
  way === undefined ? [] : [...namesOf(way.before), way.name];

interface Written {
  readonly at: Way | undefined;
  readonly text: string;
}

/** Texts that may name something by an ARN, and their ways. Every text of every resource is looked at: few are taken. */
function collect(
  json: Json | undefined,
  at: Way | undefined,
  found: Written[],
  takes: (text: string) => boolean,
): void {
  if (typeof json === "string") {
    if (takes(json)) found.push({ at, text: json });
  } else if (Array.isArray(json)) {
    for (const each of json as readonly Json[]) collect(each, at, found, takes);
  } else if (isObject(json)) {
    for (const name of Object.keys(json)) {
      const inner = json[name];
      const isTaken = typeof inner === "string" ? takes(inner) : typeof inner === "object";
      if (isTaken) collect(inner, { name, before: at }, found, takes);
    }
  }
}

const mayName = (text: string): boolean => text.startsWith("arn:") || text.startsWith("${");
const anyText = (): boolean => true;

/** Topics of others are heard, not told. */
const isTakenIn = (name: string, type: string): boolean =>
  TAKEN_IN.test(name) || (name === "topic_arn" && type === "aws_sns_topic_subscription");

/** ARNs of a text that is one, has one in it as addresses of functions do, or leads to one; and those in JSON. */
function arnsOf(text: string, name: string, { type, block: { scope } }: Resource): readonly string[] {
  if (TYPES_OF_TEXTS.has(type) && TEXTS.test(name))
    return [...(text.match(ARN) ?? []), ...[...text.matchAll(QUEUE)].map(([, account = ""]) => account)];
  if (!/^(?:arn:|\$\{(?:local|var|module)\.)/.test(text)) return [];
  const value = isTemplate(text) ? scope.graph.evaluate(text, scope) : text;
  const known = typeof value === "string" ? value : text;
  return known.startsWith("arn:") ? (known.match(ARN) ?? []).filter((each) => accountOf(each) !== undefined) : [];
}

/** One ARN after another, also where one stands in another: of an interface, and of the function that it calls. */
const ARN = /arn:[\w-]+:[\w-]+:(?:(?!arn:)[^:"\\])*:\d{12}:(?:(?!arn:)[^"\\\s])*/g;

/** The account in a queue's address. */
const QUEUE = /https:\/\/(?:sqs\.[\w-]+|queue)\.amazonaws\.com\/(\d{12})\//g;
