import { environmentDomain, environmentName, membersOf, minutes, postgresAddress, text } from "../../define.ts";
import { ownCertificate, trust } from "../../platform.ts";
import { database, redis } from "./stores.ts";

/** What several pods of resident-services are told alike. */

/** Host label of the public site. */
export const label = "residents";
/** Where people reach it; one origin for pages and API, so no other origin is let in. */
export const publicAddress = text`https://${label}.${environmentDomain}`;

/** The staff's identity provider (MUN-1.2); a documented example. */
export const identityProvider = "idp.example.org";

/** Image of API, workers and beat. */
export const application = "resident-api";

export const queues = "default,scans,mail,exports";
/** The longest task. Celery hands a task out again after the visibility timeout, which must therefore be longer. */
export const longestTask = minutes(10);
const visibilityTimeout = minutes(60);

/** Known to all that run the application's code. */
export const shared = {
  ENVIRONMENT: environmentName, // MUN-4.16
  PUBLIC_ADDRESS: publicAddress,
  LOG_FORMAT: "json", // MUN-3.1
  REDIS_SENTINELS: membersOf(redis.listens.sentinel),
  REDIS_PRIMARY: redis.name,
  REDIS_TLS: true, // MUN-2.3
  REDIS_CA_FILE: trust.internal,
  CELERY_QUEUES: queues,
  CELERY_TASK_TIME_LIMIT: longestTask,
  CELERY_VISIBILITY_TIMEOUT: visibilityTimeout,
};

/** What a caller shows where a client certificate is wanted (MUN-2.4). */
export const clientCertificate = {
  TLS_CERT_FILE: ownCertificate.certificate,
  TLS_KEY_FILE: ownCertificate.key,
  TLS_CA_FILE: trust.internal,
};

/** `DATABASE_URL` of one login (MUN-2.3). */
export const databaseAddress = (login: keyof typeof database.accounts) => postgresAddress(database, login);
