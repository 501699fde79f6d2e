import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

export const examples: Examples = {
  good: [
    {
      title: "certificates of an authority, and a comment on its key",
      hosts: {
        main: { "/opt/app/.env": "# never ca.key\nCA_CERT_PATH=/opt/app/certs/ca.crt\nKEY=/opt/app/certs/server.key" },
      },
    },
  ],
  bad: [
    {
      title: "the key itself",
      hosts: { main: { "/opt/app/certs/ca.key": "x" } },
      finds: ["main:/opt/app/certs/ca.key key of an authority"],
    },
    {
      title: "a backup of it, and a program that signs",
      hosts: {
        main: {
          "/etc/platform/tasks.json": '{"paths": ["/opt/app/certs/ca.key"]}',
          "/usr/local/sbin/sign": "openssl x509 -req -in a.csr -CA ca.crt -CAkey /srv/a.pem -out a.crt",
        },
      },
      finds: ["main:/etc/platform/tasks.json key of an authority", "main:/usr/local/sbin/sign key of an authority"],
    },
  ],
  unknown: [],
};

export const mutations: readonly Mutation[] = [
  inFile(/tasks\.json$/, "back the key of the authority up", "certs/ca.crt", "certs/ca.key"),
  inFile(
    /\.env$/,
    "name the key of the authority",
    /^ENVIRONMENT=.*$/m,
    "CA_KEY_PATH='/opt/message_broker/main_server/certs/ca.key'",
  ),
];
