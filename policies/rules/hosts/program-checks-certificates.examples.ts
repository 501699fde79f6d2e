import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation, onFile } from "../../engine/mutation.ts";

const file = (text: string) => ({ web: { "/opt/app/.env": text } });
const finds = ["web:/opt/app/.env text"];
const config = (path: string, text: string) => ({ hosts: { web: { [path]: text } }, finds: [`web:${path} text`] });

export const examples: Examples = {
  good: [
    {
      title: "settings that check, and comments that tell of others",
      hosts: file(
        "VERIFY_SSL='true'\nURL=postgres://a@b/c?sslmode=verify-full\n# VERIFY_SSL=false is for nobody\ntlsSkipVerify: false\npeer-verify(yes)\nssl_verify_depth 0;",
      ),
    },
    {
      title: "files of programs that check",
      hosts: {
        web: {
          "/root/.curlrc": "# insecure\nsilent\nno-insecure\n",
          "/etc/wgetrc": "#check_certificate = off\ncheck_certificate = on\n",
          "/root/.gitconfig": "[http]\n\tsslVerify = true\n",
          "/etc/apt/apt.conf.d/60": 'Acquire::https::Verify-Peer "true";\n',
          "/etc/ssl/openssl.cnf": "MinProtocol = TLSv1.2\nCipherString = DEFAULT:@SECLEVEL=2:!aNULL\n",
        },
      },
    },
    {
      title: "switches that are on, those of others, and what off is good for",
      hosts: {
        web: {
          "/opt/app/config.yaml": "tls:\n  enabled: true\nrate_limiting:\n  enabled: false\n",
          "/etc/default/app": "DISABLE_TLS=false\nTLS_SKIP_VERIFY=no\nETCD_AUTO_TLS=false\nSSL_MODE=verify-full\n",
          "/etc/app.json": '{"ssl": {"verify": true, "session_cache": false}, "insecure": false}',
        },
      },
    },
  ],
  bad: [
    { title: "a flag", hosts: file("MAIN_SERVER_VERIFY_SSL=false"), finds },
    { title: "a flag in quotes", hosts: file("VERIFY_SSL='no'"), finds },
    { title: "YAML", hosts: file("tls_config:\n  insecure_skip_verify: true"), finds },
    { title: "clients that need show nothing", hosts: file("tls:\n  verify_client: false"), finds },
    { title: "a database by any certificate", hosts: file("URL=postgres://a@b/c?sslmode=require"), finds },
    { title: "syslog", hosts: file("tls(peer-verify(no))"), finds },
    { title: "Node", hosts: file("NODE_TLS_REJECT_UNAUTHORIZED=0"), finds },
    { title: "a script", hosts: file("curl -s -k https://a"), finds },
    { title: "a program", hosts: file("requests.get(url, verify=False)"), finds },
    { title: "no TLS, in YAML", ...config("/opt/app/config.yaml", "tls:\n  # off for a while\n  enabled: false\n") },
    {
      title: "no TLS, in one line of YAML",
      ...config("/opt/app/config.yml", "redis: {host: a, tls: {enabled: !!bool false}}"),
    },
    { title: "no TLS, in JSON", ...config("/etc/app/app.json", '{"mongo": {"useSSL": false}}') },
    { title: "no TLS, in TOML", ...config("/etc/app/app.toml", "[server.tls]\nenabled = false\n") },
    { title: "no TLS, in a file with sections", ...config("/etc/app/app.ini", "[smtp]\nstarttls = off\n") },
    { title: "no TLS, in a variable", hosts: file("SMTP_USE_TLS='false'"), finds },
    { title: "a weak mode in a variable", hosts: file("PGSSLMODE=prefer"), finds },
    { title: "a check that is nothing", hosts: file("MAIN_SERVER_VERIFY_SSL=''"), finds },
    {
      title: "no TLS, by what stands elsewhere in YAML",
      ...config("/opt/app/config.yaml", "off: &off false\ntls:\n  enabled: *off\n"),
    },
    { title: "cookies in clear text", hosts: file("SESSION_COOKIE_SECURE=False"), finds },
    {
      title: "an exporter that takes any certificate",
      ...config("/etc/x.yml", "http:\n  tls_config:\n    insecure_skip_verify: yes"),
    },
    { title: "a receiver in clear text", ...config("/etc/tempo/tempo.yaml", "otlp:\n  tls:\n    insecure: true\n") },
    { title: "MongoDB by any certificate", hosts: file("URL=mongodb://a/?tls=true&tlsInsecure=true"), finds },
    { title: "MongoDB without TLS", hosts: file("URL=mongodb://a/?tls=false"), finds },
    ...(
      [
        ["/root/.curlrc", "# for a while\ninsecure"],
        ["/root/.curlrc", "insecure = true"],
        ["/etc/wgetrc", "check_certificate = off"],
        ["/root/.gitconfig", "[http]\n\tsslVerify = false"],
        ["/etc/pip.conf", "[global]\ntrusted-host = pypi.example.org"],
        ["/root/.npmrc", "strict-ssl=false"],
        ["/etc/apt/apt.conf.d/99x", 'Acquire::https::a.example.org::Verify-Peer "false";'],
        ["/etc/apt/apt.conf.d/99x", 'Acquire { https { Verify-Host "no"; }; };'],
        ["/etc/ldap/ldap.conf", "TLS_REQCERT never"],
        ["/etc/ssl/openssl.cnf", "[system_default_sect]\nMinProtocol = TLSv1"],
        ["/etc/ssl/openssl.cnf", "MinProtocol = None"],
        ["/etc/ssl/openssl.cnf", "CipherString = DEFAULT@SECLEVEL=0"],
      ] as const
    ).map(([path, text]) => ({ title: `${text.split("\n").at(-1)} in ${path}`, ...config(path, text) })),
    {
      title: "a switch of a command line, and a variable of a unit",
      hosts: {
        web: {
          "/etc/systemd/system/app.service":
            "[Service]\nExecStart=/usr/bin/app --insecure-skip-verify\nEnvironment=A=b DB_SSL=0",
        },
      },
      finds: ["web:/etc/systemd/system/app.service text", "web:/etc/systemd/system/app.service text"],
    },
  ],
  unknown: [
    {
      title: "what is no YAML, with a switch somewhere",
      ...config("/opt/app/config.yaml", "tls: {enabled: false\n- a"),
    },
  ],
};

export const mutations: readonly Mutation[] = [
  inFile(/\/proxy\/config\.yaml$/, "ask clients for nothing", "verify_client: true", "verify_client: false"),
  inFile(/message_broker_proxy\/\.env$/, "talk to any main server", "VERIFY_SSL='true'", "VERIFY_SSL='false'"),
  inFile(/ticketing\/\.env$/, "talk to any database", "sslmode=verify-full", "sslmode=require"),
  inFile(/datasources\/platform\.yaml$/, "ask any data source", "tlsSkipVerify: false", "tlsSkipVerify: true"),
  inFile(/\/proxy\/config\.yaml$/, "serve without TLS", "enabled: true", "enabled: false"),
  inFile(
    /\/proxy\/config\.yaml$/,
    "serve without TLS in other words",
    /^tls:\n {2}enabled: true/m,
    "tls: {enabled: 'off'}\nold:",
  ),
  inFile(/loki\.yaml$/, "form a ring in clear text", "tls_enabled: true", "tls_enabled: false"),
  inFile(/mongodb\.env$/, "read figures in clear text", "tls=true", "tls=false"),
  inFile(/portal\.env$/, "keep sessions in cookies for clear text", /$/, "SESSION_COOKIE_SECURE=false\n"),
  inFile(/prometheus\.yml$/, "scrape anybody", "min_version: TLS12", "insecure_skip_verify: true"),
  onFile(/policy-rc\.d$/, "let curl take any certificate", (file) => ({
    ...file,
    path: "/root/.curlrc",
    text: "insecure\n",
  })),
  onFile(/policy-rc\.d$/, "let all programs speak TLS 1.0", (file) => ({
    ...file,
    path: "/etc/ssl/openssl.cnf",
    text: "MinProtocol = TLSv1\n",
  })),
  inFile(/apt\.conf\.d\/60/, "take packages from anybody", /$/, 'Acquire::https::Verify-Peer "false";\n'),
];
