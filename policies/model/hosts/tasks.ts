import { type Host, kind } from "../estate.ts";
import { isObject, type JsonObject, listOf, objectOf, textOf } from "../json.ts";
import { type Place, placeOfHost } from "../place.ts";

/** Something that a host does by itself at its time, as the platform's own runner is told. */
export interface Task {
  readonly at: Place;
  readonly host: Host;
  readonly name: string;
  /** `backup`, `job`. */
  readonly kind: string;
  /** Without its name: what it runs, words joined. */
  readonly command: string;
  /** What must have been done since this was last due. */
  readonly after: string | undefined;
  /** Where in a bucket it leaves something. */
  readonly prefix: string | undefined;
}

const PATH = "/etc/platform/tasks.json";

/** Every task of every host. */
export const tasks = kind<Task>("task of a host", ({ hosts }) =>
  hosts.flatMap((host) => {
    const file = host.files.get(PATH);
    return file === undefined ? [] : listOf(parsed(file.text)["tasks"]).map((task) => taskOf(host, objectOf(task)));
  }),
);

function parsed(text: string): JsonObject {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return {};
  }
}

function taskOf(host: Host, task: JsonObject): Task {
  const does = objectOf(task["does"]);
  const left = isObject(does["leaves"]) ? does["leaves"] : does;
  return {
    at: placeOfHost(host, PATH),
    host,
    name: textOf(task["name"]) ?? "",
    kind: textOf(task["kind"]) ?? "",
    command: listOf(does["command"])
      .filter((word) => typeof word === "string")
      .join(" "),
    after: textOf(objectOf(task["after"])["name"]),
    prefix: textOf(left["prefix"]),
  };
}
