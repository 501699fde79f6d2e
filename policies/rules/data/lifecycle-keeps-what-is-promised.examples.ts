import type { Examples } from "../../engine/example.ts";
import { type Loose, type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { backedUp, told, vault } from "./examples/backups.ts";

const lifecycle = (...rule: readonly JsonObject[]) => ({
  aws_s3_bucket_lifecycle_configuration: { dumps: { bucket: "dumps", rule } },
});
const expire = (days: number | string, prefix = "") => ({
  id: "expire",
  status: "Enabled",
  filter: { prefix },
  expiration: { days },
});
const old = (noncurrent_days: number, prefix = "") => ({
  id: "old",
  status: "Enabled",
  filter: { prefix },
  noncurrent_version_expiration: { noncurrent_days },
});
const open = { aws_s3_bucket: { dumps: { bucket: "dumps" } } };
const locked = vault({ mode: "COMPLIANCE", days: 31 });
const declared = { ...told("dumps"), declaration: backedUp() };
const at = (name: string) => `aws_s3_bucket_lifecycle_configuration.dumps rule.${name}`;
const EXPIRE = at("expire.expiration.days");
const OLD = at("old.noncurrent_version_expiration.noncurrent_days");

export const examples: Examples = {
  good: [
    {
      title: "dumps go after their lock, old versions as soon as it lets them",
      resources: { ...locked, ...lifecycle(expire(32, "dump/"), old(1, "dump/")) },
      ...declared,
    },
    { title: "what is not promised goes early", resources: { ...open, ...lifecycle(expire(1, "tmp/")) }, ...declared },
    { title: "a rule that is off", resources: { ...locked, ...lifecycle({ ...expire(1), status: "Disabled" }) } },
  ],
  bad: [
    {
      title: "dumps go before the declared days are over, by a rule for a part of them",
      resources: { ...open, ...lifecycle(expire(7, "dump/2026/"), old(1)) },
      ...declared,
      finds: [EXPIRE, OLD],
    },
    { title: "objects go before their lock", resources: { ...locked, ...lifecycle(expire(30)) }, finds: [EXPIRE] },
    {
      title: "a day of its own, which may be today",
      resources: { ...locked, ...lifecycle({ ...expire(1), expiration: { date: "2026-12-01T00:00:00Z" } }) },
      finds: [EXPIRE],
    },
    {
      title: "logs of a load balancer that go in a week, in the older spelling",
      resources: {
        aws_s3_bucket: {
          dumps: { bucket: "dumps", lifecycle_rule: [{ id: "expire", enabled: true, expiration: [{ days: 7 }] }] },
        },
        aws_lb: { web: { access_logs: { bucket: "dumps" } } },
      },
      finds: ["aws_s3_bucket.dumps rule.expire.expiration.days"],
    },
  ],
  unknown: [
    {
      title: "a variable says the days",
      resources: { ...locked, ...lifecycle(expire("${var.days}")) },
      finds: [EXPIRE],
    },
  ],
};

const type = "aws_s3_bucket_lifecycle_configuration";
const ofData = ({ name }: { readonly name: string }) => name.includes("-data");
const each = (change: (rule: Loose) => object) => (setting: Loose) => ({ ...setting, rule: setting.rule.map(change) });
const within = (days: number) =>
  each((rule) => (rule.expiration?.[0]?.days === undefined ? rule : { ...rule, expiration: [{ days }] }));

export const mutations: readonly Mutation[] = [
  onResource(type, "let dumps go after a day", within(1), ofData),
  onResource(type, "let dumps go a day before their lock", within(30), ofData),
  onResource(
    type,
    "add a rule for all that deletes at once",
    (setting) => ({ ...setting, rule: [...setting.rule, expire(1)] }),
    ofData,
  ),
  onResource(type, "let logs go after a week", within(7), ({ name }) => name.startsWith("access-logs")),
  onResource(type, "let the trail go before its lock", within(200), ({ name }) => name.startsWith("trail-logs")),
  onResource(
    type,
    "name a day",
    (setting) => ({ ...setting, rule: [{ ...expire(1), expiration: [{ date: "2026-12-01T00:00:00Z" }] }] }),
    ofData,
  ),
];
