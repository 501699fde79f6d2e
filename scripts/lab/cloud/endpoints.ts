import { packageBucketName } from "../../../services/names.ts";
import type { LabPlan } from "../plan.ts";
import type { LabState } from "../state.ts";
import { outsideNames } from "./names.ts";
import { WORLD } from "./network.ts";

/** Ports of the stand-ins behind the endpoints, on loopback. */
export const BEHIND = { moto: 5000, authorities: 5001 } as const;

/** Names that the certificate of the endpoints holds. */
export const certifiedNames = (plan: LabPlan): readonly string[] => {
  const suffix = `${plan.estate.environment.region}.amazonaws.com`;
  return [`*.${suffix}`, `*.s3.${suffix}`, `*.dkr.ecr.${suffix}`, "*.amazonaws.com", ...outsideNames(plan)];
};

/** Configuration of what answers for AWS: TLS ends here, and behind it are files of the package bucket, or stand-ins. */
export function endpointsConfig(plan: LabPlan, state: LabState, store: string): string {
  const { estate } = plan;
  const { environment } = estate;
  const addresses = [
    ...Object.values(estate.network.endpointAddresses).flatMap((zones) => Object.values(zones)),
    WORLD.cloud,
  ];
  const listen = addresses.map((address) => `    listen ${address}:443 ssl;`).join("\n");
  const suffix = `${environment.region}.amazonaws.com`;
  return `user root;
worker_processes 1;
pid ${state.at("run/endpoints.pid")};
error_log ${state.at("log/endpoints.log")} warn;
events { worker_connections 4096; }
http {
  access_log ${state.at("log/endpoints-access.log")};
  types { }
  default_type application/octet-stream;
  sendfile on;
  client_max_body_size 0;
  client_body_temp_path ${state.at("cloud/tmp/body")};
  proxy_temp_path ${state.at("cloud/tmp/proxy")};
  fastcgi_temp_path ${state.at("cloud/tmp/fastcgi")};
  uwsgi_temp_path ${state.at("cloud/tmp/uwsgi")};
  scgi_temp_path ${state.at("cloud/tmp/scgi")};
  server_names_hash_bucket_size 128;
  ssl_certificate ${state.at("cloud/endpoints.pem")};
  ssl_certificate_key ${state.at("cloud/endpoints.pem")};
  ssl_protocols TLSv1.2 TLSv1.3;
  proxy_http_version 1.1;
  proxy_set_header Host $host;
  proxy_set_header X-Forwarded-For $remote_addr;
  proxy_read_timeout 120s;
  map $host $behind {
    default 127.0.0.1:${BEHIND.moto};
    acm-pca.${suffix} 127.0.0.1:${BEHIND.authorities};
  }
  server {
${listen}
    server_name _;
    location / { proxy_pass http://$behind; }
  }
  server {
${listen}
    server_name ${packageBucketName(environment)}.s3.${suffix};
    root ${state.at("packages")};
    location / { try_files $uri @moto; }
    location /debian/ { root ${store}; try_files $uri @moto; }
    location @moto { proxy_pass http://127.0.0.1:${BEHIND.moto}; }
  }
  server {
    listen ${WORLD.anywhere}:443 ssl;
    access_log ${state.at("log/outside.log")};
    return 200 "{}";
  }
}
`;
}
