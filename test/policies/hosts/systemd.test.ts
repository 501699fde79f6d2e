import { describe, expect, test } from "vitest";
import { estateOf } from "../../../policies/engine/example.ts";
import { longestGap, spanOf } from "../../../policies/model/hosts/schedule.ts";
import { units } from "../../../policies/model/hosts/units.ts";
import { Unknown } from "../../../policies/model/value.ts";

const FOLDER = "/etc/systemd/system";
const unit = (files: Readonly<Record<string, string>>, name: string) => {
  const web = Object.fromEntries(Object.entries(files).map(([path, text]) => [`${FOLDER}/${path}`, text]));
  const found = estateOf({ title: "", hosts: { web } })
    .of(units)
    .find((each) => each.name === name);
  if (found === undefined) throw new Error(`${name} is not there`);
  return found;
};

describe("a unit is its file and all its drop-ins", () => {
  const files = {
    "app.service": "[Service]\nExecStart=/app \\\n  # between\n  --b\nEnvironment=A=1\nNoNewPrivileges=yes\n",
    "app.service.d/20-b.conf": "[Service]\nEnvironment=\nEnvironment=C=3\n",
    "app.service.d/10-a.conf": "[Service]\nEnvironment=B=2\nNoNewPrivileges=off\n; ExecStart=\n",
    "service.d/15-all.conf": "[Service]\nUMask=0077\n",
    "app.service.d/notes.txt": "[Service]\nUser=root\n",
    "app.service.wants/x.service": "",
  };
  const app = unit(files, "app.service");

  test("lists add up in the order of names, and an empty value takes away what came before", () => {
    expect(app.list("Service.Environment")).toEqual(["C=3"]);
    expect(app.list("Service.ExecStart")).toEqual(["/app --b"]);
  });

  test("the last of single values counts, also of drop-ins for all services", () => {
    expect(app.flag("Service.NoNewPrivileges")).toBe(false);
    expect(app.text("Service.UMask")).toBe("0077");
    expect(app.text("Service.User")).toBeUndefined();
    expect(app.whole).toBe(true);
  });

  test("what drop-ins do not say is the package's, which nobody sees", () => {
    const nginx = unit({ "nginx.service.d/a.conf": "[Service]\nUser=www\n" }, "nginx.service");
    expect(nginx.text("Service.User")).toBe("www");
    expect(nginx.text("Service.Group")).toBeInstanceOf(Unknown);
    expect(nginx.flag("Service.PrivateTmp")).toBeInstanceOf(Unknown);
  });
});

const [HOUR, DAY] = [3600, 86_400];

test.each([
  ["hourly", HOUR],
  ["Weekly", 7 * DAY],
  ["*-*-* 02:00:00 UTC", DAY],
  ["02:30", DAY],
  ["*-*-* 1,13:00", 12 * HOUR],
  ["*-*-* 1,3:00 Europe/Berlin", 22 * HOUR],
  ["*-*-* 0/6:30:00", 6 * HOUR],
  ["*-*-* *:00/15:00 UTC", 900],
  ["*:0,20", 2400],
  ["*:*", 60],
  ["Sun *-*-* 04:00:00 UTC", 7 * DAY],
  ["Mon..Fri 10:00", 7 * DAY],
  ["*-*-01 00:00:00", 31 * DAY],
  ["*-01-01 00:00:00", 366 * DAY],
  ["whenever", undefined],
  ["*-*-* x:00", undefined],
])("between two runs of %s lie at most %s seconds", (calendar, expected) => {
  expect(longestGap(calendar)).toBe(expected);
});

test.each([
  ["10min", 600],
  ["1h 30m", 5400],
  ["45", 45],
  ["2 days", 2 * DAY],
  ["soon", undefined],
  ["", undefined],
])("%j is a span of %s seconds", (text, expected) => {
  expect(spanOf(text)).toBe(expected);
});
