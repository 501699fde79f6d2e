import { isAtLeast } from "./governance/versions.ts";

/** Versions from one on, up to another that is none of them any more. */
type Span = readonly [from: readonly number[], until?: readonly number[]];

/**
 * What is mended as a standard until after 1 December 2026, by engine. Of the release calendars of each service in AWS'
 * documentation, as of August 2026; what has no announced end is maintained. A version that is not out yet will be.
 */
const MAINTAINED: Readonly<Record<string, readonly Span[]>> = {
  // Services for containers.
  kubernetes: [[[1, 34]]],
  fargate: [[[1, 4]]],
  // Amazon Linux 2 ended on 30 June 2026.
  "amazon-linux": [[[2023]]],
  // Databases: PostgreSQL 13 ended on 28 February, MySQL 8.0 on 31 July, MariaDB 10.5 on 31 August 2026.
  postgres: [[[14]]],
  "aurora-postgresql": [[[14]]],
  mysql: [[[8, 4]]],
  "aurora-mysql": [[[8]]],
  // Of MySQL 5.6.
  aurora: [],
  mariadb: [
    [
      [10, 6],
      [10, 7],
    ],
    [[10, 11]],
  ],
  // 2017, which ends in October 2027.
  sqlserver: [[[14]]],
  oracle: [[[19]]],
  db2: [[[11, 5]]],
  docdb: [[[4]]],
  neptune: [[[1, 3]]],
  // Caches: Redis OSS 4 and 5 ended on 31 January 2026.
  redis: [[[6]]],
  valkey: [[[7]]],
  memcached: [[[1]]],
  // Search: what has an odd minor version, and the last of each major one before 3.
  opensearch: [[[1, 3], [2]], [[2, 11]]],
  elasticsearch: [[[6, 8], [7]], [[7, 9]]],
  // Messages: Kafka 3.7 ended on 1 September 2026.
  kafka: [[[3, 8]]],
  activemq: [[[5, 18]]],
  rabbitmq: [[[3, 13]]],
  glue: [[[3]]],
  // Runtimes of functions: node 20 ended on 30 April, Python 3.10 on 31 October, .NET 8 on 10 November 2026.
  nodejs: [[[22]]],
  python: [[[3, 11]]],
  ruby: [[[3, 3]]],
  dotnet: [[[10]]],
  // Java 8 is maintained on Amazon Linux 2 and 2023: `java8.al2`.
  java: [[[8, 2], [9]], [[11]]],
  provided: [[[2023]]],
};

/** Whether it is known which versions of an engine are maintained. */
export const isKnownEngine = (engine: string): boolean => MAINTAINED[engine] !== undefined;

/** Whether a version is maintained; numbers in its name count: `OpenSearch_2.19`, `java8.al2`, `8.0.mysql_aurora.3.08.0`. */
export function isMaintained(engine: string, version: string): boolean {
  const numbers = (version.match(/\d+/g) ?? []).map(Number);
  return (MAINTAINED[engine] ?? []).some(
    ([from, until]) => isAtLeast(numbers, from) && (until === undefined || !isAtLeast(numbers, until)),
  );
}

/** In words: `1.3, or 2.11 or newer`. */
export const maintainedText = (engine: string): string =>
  (MAINTAINED[engine] ?? [])
    .map(([from, until]) => (until === undefined ? `${from.join(".")} or newer` : from.join(".")))
    .join(", or ") || "another engine";
