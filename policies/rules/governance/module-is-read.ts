import { objection, rule } from "../../engine/rule.ts";
import { isLocal, moduleCalls } from "../../model/governance/modules.ts";
import { Unknown } from "../../model/value.ts";

/** A configuration shows the call of a module, and not what it makes. */
export const moduleIsRead = rule({
  id: "GOV-017",
  slug: "module-is-read",
  severity: "high",
  title: "What modules make is judged like everything else",
  why: "The resources of a module that nobody reads stand in no output: a bucket in it may be open to everybody.",
  fix: "Judge the plan, which shows them; or write the module as *.tf.json in a folder beside its caller.",
  appliesTo: moduleCalls,
  requirements: [],
  check(call) {
    if (call.isRead) return [];
    const got = isLocal(call) ? `${call.source}, which holds no *.tf.json alone` : new Unknown(call.source);
    return [objection("source", got, "a module in *.tf.json beside its caller, or a plan")];
  },
});
