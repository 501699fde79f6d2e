import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { inventoryOf } from "../../ansible/inventory.ts";
import { catalogue } from "../../services/catalogue.ts";
import { resolveEstate } from "../../services/resolve.ts";
import { type Cloud, startCloud } from "./support/cloud.ts";

const collections = join(import.meta.dirname, "../../ansible/collections");
const modules = join(collections, "ansible_collections/platform/hosts/plugins/modules");
let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());

let name: string;
let number = 0;
beforeEach(() => {
  number += 1;
  name = `dev/broker/secret-${number}`;
});

/** Functions of a module, beside a client and the secret of this test. */
const withModule = (file: string, program: string) =>
  cloud.python(
    `
import boto3, importlib.util, sys
sys.path.insert(0, "${collections}")
spec = importlib.util.spec_from_file_location("module", "${join(modules, file)}")
module = importlib.util.module_from_spec(spec); spec.loader.exec_module(module)
client = boto3.client("secretsmanager", region_name="eu-central-1")
name = sys.argv[1]
params = lambda rotation="platform", overlap=0: {"full_name": name, "rotation": rotation, "overlap_seconds": overlap}
try:
${program
  .trim()
  .split("\n")
  .map((line) => `    ${line}`)
  .join("\n")}
except module.Refused as refused:
    sys.exit(str(refused))`,
    [name],
  );
const rotate = (program: string) => withModule("secret_values.py", program);

describe("a rotation", () => {
  test("makes values that an address can hold, and none twice [BRK-SEC.5]", async () => {
    const { out, err } = await rotate(`
client.create_secret(Name=name, SecretString="old")
print(module.new_value(client, params()))
print(module.new_value(client, params()))`);

    const [one = "", other = ""] = out.trim().split("\n");
    expect(err).toBe("");
    expect(one).toMatch(/^[A-Za-z0-9_-]{48}$/);
    expect(other).not.toBe(one);
  });

  test("puts a new key before those that old data still needs", async () => {
    const { out } = await rotate(`
client.create_secret(Name=name, SecretString="second,first")
print(module.new_value(client, params("versioning")))`);

    expect(out.trim()).toMatch(/^[A-Za-z0-9_-]{48},second,first$/);
  });

  test("fails for a versioned key that the caller may not read: its old keys would be lost", async () => {
    const { code, err } = await rotate(`
class Denied:
    exceptions = client.exceptions
    def get_secret_value(self, **_): raise PermissionError("AccessDenied")
module.new_value(Denied(), params("versioning"))`);

    expect({ code, err: err.trim() }).toEqual({
      code: 1,
      err: `${name}: is versioned, its old keys must stay, and this role may not read them (PermissionError): take break-glass`,
    });
  });

  test("fails within the overlap: readers of the value before the last would be shut out", async () => {
    const { code, err } = await rotate(`
client.create_secret(Name=name, SecretString="older")
client.put_secret_value(SecretId=name, SecretString="old")
module.require_settled(client, params(overlap=3600))`);

    expect(code).toBe(1);
    expect(err).toMatch(new RegExp(`^${name}: must not change before its overlap is over, 3[56]\\d\\d s are left`));
  });

  test("judges all secrets before it makes a value for one", async () => {
    const { code, err } = await rotate(`
client.create_secret(Name=name, SecretString="old")
module.new_values(client, [params(), {**params("runbook"), "full_name": "dev/broker/issued-elsewhere"}])`);

    expect({ code, err: err.trim() }).toEqual({
      code: 1,
      err: "dev/broker/issued-elsewhere: is issued by a third party and cannot be made here; its runbook says how",
    });
  });

  test("is admitted for a secret with no value yet or its first one, and for one whose overlap is over", async () => {
    const { code, err } = await rotate(`
client.create_secret(Name=name)
module.require_settled(client, params(overlap=3600))
client.put_secret_value(SecretId=name, SecretString="first")
module.require_settled(client, params(overlap=3600))
client.put_secret_value(SecretId=name, SecretString="second")
module.require_settled(client, params(overlap=0))`);

    expect({ code, err }).toEqual({ code: 0, err: "" });
  });
});

test("a serial number is told to the authority as it takes it", async () => {
  const { out } = await withModule(
    "broker_certificate.py",
    'print(module.colons("0EF1069"), module.colons("aa:BB:0c"))',
  );

  expect(out.trim()).toBe("00:ef:10:69 aa:bb:0c");
});

test("hosts are told names, kinds and overlaps of the secrets they read, and no value", () => {
  const [dev] = catalogue.environments;
  if (dev === undefined) throw new Error("no environment");
  const { groupVars } = inventoryOf(resolveEstate(catalogue, dev), []);

  expect(groupVars["message_broker_proxy"]?.["platform_secrets"]).toEqual([
    { name: "redis-app", full_name: "dev/message-broker/redis-app", rotation: "platform", overlap_seconds: 86_400 },
    {
      name: "redis-monitor",
      full_name: "dev/message-broker/redis-monitor",
      rotation: "platform",
      overlap_seconds: 86_400,
    },
  ]);
  expect(groupVars["ticketing_api"]?.["platform_secrets"]).toContainEqual({
    name: "mfa-encryption-key",
    full_name: "dev/ticketing/mfa-encryption-key",
    rotation: "versioning",
    overlap_seconds: 0,
  });
});
