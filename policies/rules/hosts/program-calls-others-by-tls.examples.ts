import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const PATH = "/opt/app/.env";
const file = (text: string) => ({ web: { [PATH]: text } });

export const examples: Examples = {
  good: [
    {
      title: "TLS by names, loopback, and what the hypervisor answers",
      hosts: file(
        [
          "MAIN_SERVER_URL='https://main.example.org:8000'",
          "DATABASE_URL='postgresql://app:%%secret:a/b/c%%@a.example.org:5432,b.example.org:5432/app?sslmode=verify-full'",
          "MONGO_URL=mongodb://a.example.org,b.example.org/?tls=true",
          "REDIS_URL=rediss://a.example.org:6379",
          "LOCAL_URL=mysql+pymysql://app:x@localhost/app",
          "HEALTH=http://127.0.0.1:8000/health META=http://169.254.169.254/latest",
          "SMTP_HOST=smtp.example.org PEER=10.0.0.4:5432 TRUSTED=203.0.113.0/24",
          "# OLD=http://203.0.113.5",
        ].join("\n"),
      ),
    },
    {
      title: "a program that puts addresses of a database together",
      hosts: { web: { "/usr/local/sbin/member": '#!/bin/sh\nmongosh --tls "mongodb://a.example.org:27017/admin"\n' } },
    },
  ],
  bad: [
    {
      title: "another machine in clear text",
      hosts: file("MAIN_SERVER_URL=http://main.example.org:8000\nCACHE='redis://:x@10.0.0.5:6379/0'\nQUEUE=amqp://a/b"),
      finds: [`web:${PATH} MAIN_SERVER_URL`, `web:${PATH} CACHE`, `web:${PATH} QUEUE`],
    },
    {
      title: "a database that is not asked for TLS",
      hosts: file(
        "A=postgresql+asyncpg://app:%%secret:a/b/c%%@a.example.org/app?sslmode=prefer\nB=mongodb://a.example.org/\nC=mysql://a.example.org/x",
      ),
      finds: [`web:${PATH} A`, `web:${PATH} B`, `web:${PATH} C`],
    },
    {
      title: "an address of the internet, with TLS and alone",
      hosts: file("MAIN_SERVER_URL=https://203.0.113.5/\nSMTP_HOST='203.0.113.5'\nDNS=2001:db8::53,10.0.0.2"),
      finds: [`web:${PATH} MAIN_SERVER_URL`, `web:${PATH} SMTP_HOST`, `web:${PATH} DNS`],
    },
    {
      title: "both at once",
      hosts: file("MAIN_SERVER_URL=http://203.0.113.5"),
      finds: [`web:${PATH} MAIN_SERVER_URL`, `web:${PATH} MAIN_SERVER_URL`],
    },
    {
      title: "a unit, its environment, a setting and a script",
      hosts: {
        web: {
          "/etc/systemd/system/app.service":
            "[Service]\nExecStart=/app --main http://main.example.org\nEnvironment=A=b B=ws://main.example.org/x\n",
          "/opt/app/config.yaml": "main_server:\n  url: http://main.example.org\n",
          "/usr/local/sbin/fetch": "#!/bin/sh\n# http://comment.example.org\ncurl http://packages.example.org/x\n",
        },
      },
      finds: [
        "web:/etc/systemd/system/app.service ExecStart",
        "web:/etc/systemd/system/app.service Environment",
        "web:/opt/app/config.yaml url",
        "web:/usr/local/sbin/fetch text",
      ],
    },
  ],
  unknown: [],
};

const WORKER = /worker\.env$/;

export const mutations: readonly Mutation[] = [
  inFile(WORKER, "call a stranger in clear text", /^MAIN_SERVER_URL=.*$/m, "MAIN_SERVER_URL='http://203.0.113.5'"),
  inFile(WORKER, "call a number of the internet", /^SMTP_HOST=.*$/m, "SMTP_HOST='203.0.113.5'"),
  inFile(WORKER, "call the main server in clear text", "MAIN_SERVER_URL='https:", "MAIN_SERVER_URL='http:"),
  inFile(/ticketing\/\.env$/, "ask the database for nothing", "&sslmode=verify-full", ""),
  inFile(/\/proxy\/config\.yaml$/, "call by a setting", "url: ${MAIN_SERVER_URL}", "url: http://main.example.org"),
  inFile(/backup\.sh$/, "fetch in clear text", /$/, "curl --silent http://packages.example.org/x | sh\n"),
];
