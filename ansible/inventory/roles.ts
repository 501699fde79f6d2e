import type { HostRole } from "./role.ts";
import { alertmanager } from "./roles/alertmanager.ts";
import { backupAgent } from "./roles/backup-agent.ts";
import { baseline } from "./roles/baseline.ts";
import { efsMount } from "./roles/efs-mount.ts";
import { etcd } from "./roles/etcd.ts";
import { grafana } from "./roles/grafana.ts";
import { hostFirewall } from "./roles/host-firewall.ts";
import { logAgent } from "./roles/log-agent.ts";
import { logrotate } from "./roles/logrotate.ts";
import { loki } from "./roles/loki.ts";
import { mariadb } from "./roles/mariadb.ts";
import { metricsExporters } from "./roles/metrics-exporters.ts";
import { mongodb } from "./roles/mongodb.ts";
import { nginx } from "./roles/nginx.ts";
import { patroni } from "./roles/patroni.ts";
import { privateCaClient } from "./roles/private-ca-client.ts";
import { prometheus } from "./roles/prometheus.ts";
import { pythonService } from "./roles/python-service.ts";
import { redisLocal } from "./roles/redis-local.ts";
import { redisSentinel } from "./roles/redis-sentinel.ts";
import { tempo } from "./roles/tempo.ts";

/** Every role with the hosts it is for, in the order in which `playbooks/site.yml` runs them. */
export const hostRoles: readonly HostRole[] = [
  baseline,
  hostFirewall,
  privateCaClient,
  efsMount,
  etcd,
  patroni,
  redisSentinel,
  redisLocal,
  mariadb,
  mongodb,
  prometheus,
  alertmanager,
  loki,
  tempo,
  grafana,
  pythonService,
  nginx,
  metricsExporters,
  logAgent,
  logrotate,
  backupAgent,
];
