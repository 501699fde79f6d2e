/** The words a product file is written in. */
export { above, below, hostAlerts, objective, page, rotationAlerts, ticket } from "./schema/alert.ts";
export { execProbe, hosts, httpProbe, pods, tcpProbe } from "./schema/component.ts";
export { localMysql, managedPostgres, mongo, patroni } from "./schema/databases.ts";
export { postgresAddress, postgresDump, postgresLogins } from "./schema/dump.ts";
export { EDGE_HEALTH, edge } from "./schema/edge.ts";
export { countsOnly, passThrough, strictHeaders, web } from "./schema/entrypoint.ts";
export { defineEnvironment } from "./schema/environment.ts";
export { files, objects } from "./schema/files.ts";
export { access, egress, flow } from "./schema/flow.ts";
export { backup, drill, job } from "./schema/job.ts";
export { https, loopback, metrics, mtls, mutualHttps, tls } from "./schema/listener.ts";
export { defaultFailover, localRedis, redisSentinel } from "./schema/redis.ts";
export { rotationCheck } from "./schema/rotation.ts";
export { daily, eachRelease, everyMinutes, onDemand, quarterly, weekly } from "./schema/schedule.ts";
export { reissued, rotated, scrapeToken, secret, versioned } from "./schema/secret.ts";
export { defineService } from "./schema/service.ts";
export {
  days,
  gib,
  hours,
  inDays,
  kib,
  mib,
  millicores,
  milliseconds,
  minutes,
  percent,
  perMinute,
  perSecond,
  seconds,
} from "./schema/units.ts";
export {
  bucketOf,
  environmentDomain,
  environmentName,
  environmentRegion,
  hostOf,
  membersOf,
  originsOf,
  text,
} from "./schema/value.ts";
