import type { Certificate, Component, Hosts, Pods, Probe, Unit } from "../../schema/component.ts";
import type { Acceptance } from "../../schema/units.ts";
import {
  amount,
  choice,
  dictionary,
  flag,
  list,
  optional,
  positive,
  record,
  type Shape,
  texts,
  time,
  union,
  whole,
  words,
} from "../shape.ts";
import { image, name, path, unit, user } from "./texts.ts";
import { listener, secret, values } from "./values.ts";

/** Hosts and pods. */

export const size = choice("small", "medium", "large");
/** Host number in the service's block: the first four addresses and what lies above 60 are not ours to give. */
export const address = whole(4, 60);
export const listens = dictionary(listener, words);
export const scratch = dictionary(positive(), path);

const pulse = { kind: words, every: time, timeout: time, failures: whole(1) };
const probe = union("kind", {
  http: record<Extract<Probe, { kind: "http" }>>({ ...pulse, path: words, on: words }),
  tcp: record<Extract<Probe, { kind: "tcp" }>>({ ...pulse, on: words }),
  exec: record<Extract<Probe, { kind: "exec" }>>({ ...pulse, command: texts(words, 1) }),
});
const systemdUnit = record<Unit>({
  name: unit,
  user,
  directory: path,
  exec: words,
  runtime: words,
  environment: record<Unit["environment"]>({ path, values }),
  files: optional(dictionary(values, path)),
  secretFiles: optional(dictionary(secret, path)),
  logs: optional(path),
});
const certificate = record<Certificate>({
  authority: choice("internal", "broker"),
  directory: path,
  names: record<Certificate["names"]>({ certificate: words, key: words, authority: words, revoked: optional(words) }),
});

const shared = { name, why: words, listens, longestRequest: time };
export const hosts: Shape = record<Hosts>({
  ...shared,
  kind: choice("hosts"),
  tier: choice("dmz", "app", "data"),
  zones: choice(1, 2, 3),
  address,
  size,
  dataVolume: optional(positive()),
  units: list(systemdUnit, undefined, 1),
  certificates: list(certificate, () => undefined),
  health: probe,
  single: optional(record<Acceptance>({ reason: words, until: words })),
});
export const pods: Shape = record<Pods>({
  ...shared,
  kind: words,
  image,
  command: optional(texts(words, 1)),
  replicas: record<Pods["replicas"]>({ min: whole(1), max: whole(1), cpu: positive(1) }),
  singleton: optional(flag),
  deploy: choice("blue-green", "rolling"),
  resources: record<Pods["resources"]>({ cpu: whole(1), memory: amount(4 * 1024 ** 2) }),
  probes: record<Pods["probes"]>({ startup: probe, readiness: probe, liveness: probe }),
  environment: values,
  scratch,
});
export const components = { hosts, pods } satisfies Record<Component["kind"], Shape>;
export const component: Shape = union("kind", components);
