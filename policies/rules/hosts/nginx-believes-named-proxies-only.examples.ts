import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation, onFile } from "../../engine/mutation.ts";

const PATH = "/etc/nginx/nginx.conf";
const server = (listen: string, settings: string) => ({
  web: { [PATH]: `http { ${settings} server { listen ${listen}; return 404; } }` },
});
const at = `web:${PATH} server without a name *:443:`;
const subnets = [{ name: "public-a", tier: "public", zone: "a", cidr: "10.0.0.0/22" }];

export const examples: Examples = {
  good: [
    {
      title: "the subnet of load balancers, a part of it, by header and by protocol",
      hosts: server(
        "443 ssl proxy_protocol",
        "set_real_ip_from 10.0.0.0/22; set_real_ip_from 10.0.1.7; real_ip_header proxy_protocol;",
      ),
      declaration: { subnets },
    },
    {
      title: "a private range where nothing is declared",
      hosts: server("443 ssl", "set_real_ip_from 10.0.0.0/22; real_ip_header X-Forwarded-For;"),
    },
  ],
  bad: [
    {
      title: "everybody, in two halves and in version 6",
      hosts: server(
        "443 ssl",
        "set_real_ip_from 0.0.0.0/1; set_real_ip_from 128.0.0.0/1; set_real_ip_from 0::/0; real_ip_header X-Forwarded-For;",
      ),
      finds: [`${at} set_real_ip_from`, `${at} set_real_ip_from`, `${at} set_real_ip_from`],
    },
    {
      title: "a range that takes applications in beside load balancers",
      hosts: server("443 ssl", "set_real_ip_from 10.0.0.0/20; real_ip_header X-Forwarded-For;"),
      declaration: { subnets },
      finds: [`${at} set_real_ip_from`],
    },
    {
      title: "the PROXY header of anybody, and an address by a header",
      hosts: server("443 ssl proxy_protocol", ""),
      finds: [`${at} set_real_ip_from`, `${at} real_ip_header`],
    },
    {
      title: "a header that no load balancer writes",
      hosts: server("443 ssl", "set_real_ip_from 10.0.0.0/22; real_ip_header X-Client-IP;"),
      finds: [`${at} real_ip_header`],
    },
  ],
  unknown: [
    {
      title: "a name",
      hosts: server("443 ssl", "set_real_ip_from balancer.example.org; real_ip_header X-Forwarded-For;"),
      finds: [`${at} set_real_ip_from`],
    },
  ],
};

const CONF = /nginx\.conf$/;

export const mutations: readonly Mutation[] = [
  inFile(CONF, "believe everybody", /set_real_ip_from [^;]*;/, "set_real_ip_from 0.0.0.0/0;"),
  inFile(CONF, "believe the whole network", /set_real_ip_from [^;]*;/, "set_real_ip_from 10.0.0.0/8;"),
  inFile(CONF, "believe everybody of version 6", /set_real_ip_from [^;]*;/, "set_real_ip_from 0::0/0;"),
  onFile(
    CONF,
    "take the PROXY header of anybody",
    (file) => ({ ...file, text: file.text.replace(/set_real_ip_from [^;]*;/g, "") }),
    ({ files }) => [...files.values()].some(({ text }) => text.includes("ssl proxy_protocol")),
  ),
  inFile(CONF, "take the address from a header of clients", /real_ip_header [^;]*;/, "real_ip_header X-Client-IP;"),
];
