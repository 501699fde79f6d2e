import type { Value, Values } from "../../../services/schema/value.ts";

/**
 * What no environment file may say, whatever the catalogue does: names that the code does not read, and values that
 * switch protection off. `applies` is told the file's other names, for some are wrong only where they have no use.
 */
interface Refusal {
  readonly name: RegExp;
  readonly value?: RegExp;
  readonly why: string;
  /** Component that alone may have the name. */
  readonly only?: string;
}

const everywhere: readonly Refusal[] = [
  { name: /_VERIFY(_SSL)?$/, value: /^(false|0|no|off)$/i, why: "would accept any certificate (BRK-SEC.1)" },
  { name: /(^|_)HOST$/, value: /^(0\.0\.0\.0|::)$/, why: "would listen beside NGINX (BRK-SEC.11)" },
];

const byService: Readonly<Record<string, readonly Refusal[]>> = {
  "message-broker": [
    { name: /^DB_(HOST|PORT|NAME|USER|PASSWORD)$/, why: "is not read by the code (BRK-13.3)" },
    { name: /^AES_KEY_PATH$/, why: "is not read by the code, ENCRYPTION_KEY_PATH is (BRK-13.5)" },
    { name: /^(PROMETHEUS|GRAFANA)_PORT$/, why: "is the platform's (BRK-13.15)" },
    { name: /^REDIS_/, only: "proxy", why: "belongs to the queue's own host (BRK-13.11)" },
    { name: /^PROXY_URL$/, only: "worker", why: "is needed by the worker alone (BRK-13.12)" },
    { name: /^(PORTAL|SESSION)_/, only: "portal", why: "is needed by the portal alone (BRK-13.13, BRK-17.7)" },
    { name: /^(WORKER|SMTP)_/, only: "worker", why: "is needed by the worker alone (BRK-13.14)" },
    { name: /^(DATABASE_URL|ENCRYPTION_KEY_PATH)$/, only: "main", why: "opens all messages (BRK-17.1, BRK-SEC.15)" },
    { name: /^JWT_ALGORITHM$/, value: /^(?!HS256$)/, why: "must be HS256 (BRK-13.7)" },
  ],
};

const literal = (value: Value): string => (typeof value === "object" ? "" : String(value));

const breaks = (refusal: Refusal, component: string, name: string, value: Value): boolean =>
  refusal.name.test(name) &&
  refusal.only !== component &&
  (refusal.value === undefined || (typeof value !== "object" && refusal.value.test(literal(value))));

/** Everything in an environment file that is refused, each with the path in the catalogue. */
export const refusedValues = (service: string, component: string, path: string, values: Values): readonly string[] =>
  Object.entries(values).flatMap(([name, value]) =>
    [...everywhere, ...(byService[service] ?? [])]
      .filter((refusal) => breaks(refusal, component, name, value))
      .map(({ why }) => `${path}/environment/values/${name}: ${why}, got ${literal(value) || "a reference"}`),
  );
