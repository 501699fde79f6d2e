import { gzipSync } from "node:zlib";
import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation, onFile, onObject, onResource, onState } from "../../engine/mutation.ts";
import { encoded, planted } from "./examples/planted.ts";

const pod = (env: readonly { readonly name: string; readonly value: string }[]) => ({
  ...{ apiVersion: "v1", kind: "Pod", metadata: { name: "app", namespace: "example" } },
  spec: { containers: [{ name: "app", env: [...env] }] },
});
const host = (path: string, text: string) => ({ hosts: { "host-a": { [path]: text } } });

export const examples: Examples = {
  good: [
    {
      title: "references: markers, variables, files, ARNs",
      ...host(
        "/opt/app/.env",
        "DB_PASSWORD='%%secret:production/app/db%%'\nDATABASE_URL=postgresql://app:%%secret:production/app/db%%@db:5432/app\nSSL_KEY_PASSWORD=/etc/app/password\n",
      ),
      resources: {
        aws_db_instance: { data: { password: "${random_password.db.result}", manage_master_user_password: true } },
      },
      manifests: [pod([{ name: "DATABASE_URL", value: "postgresql://app:$(DB_PASSWORD)@db:5432/app" }])],
    },
    {
      title: "a task, and the value of a secret, that refer to theirs",
      resources: {
        aws_ecs_task_definition: {
          app: {
            container_definitions: JSON.stringify([
              {
                environment: [{ name: "HOST", value: "database.internal" }],
                secrets: [{ name: "DB_PASSWORD", valueFrom: "${aws_secretsmanager_secret.db.arn}" }],
              },
            ]),
          },
        },
        aws_secretsmanager_secret_version: {
          db: { secret_string: '{"username":"app","password":"${random_password.db.result}"}' },
        },
      },
    },
    {
      title: "what is long and no secret: digests, certificates, names, prose",
      ...host(
        "/etc/app/app.conf",
        "# password: whatever the vault says\nimage=app@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\npassword_encryption = scram-sha-256\npolicy=ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09\n-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ7Zp2LxV9sTfKb4RnW8yHc3JdM6gUa1EwCgYIKoZIzj0E\n-----END CERTIFICATE-----\n",
      ),
    },
    {
      title: "names of Secrets, and accounts that sudo asks no password of",
      ...host("/etc/sudoers.d/app", "app ALL=(ALL) NOPASSWD: ALL\n"),
      resources: {
        aws_lambda_function: {
          work: { environment: { variables: { K8S_SECRET: "orders-db", TOKEN_TYPE: "Bearer" } } },
        },
      },
    },
    {
      title: "a program that refuses the placeholders of handbooks",
      ...host(
        "/usr/local/bin/check",
        '#!/usr/bin/python3\nREFUSED = ["StrongPass123!", "change_this_session_secret_in_production"]\ntoken = read(path)\n',
      ),
    },
  ],
  bad: [
    {
      title: "a key in user data, plain, encoded and packed",
      resources: {
        aws_instance: { plain: { user_data: `export AWS_ACCESS_KEY_ID=${planted.accessKey}\n` } },
        aws_launch_template: { encoded: { user_data: encoded(`#!/bin/sh\ncurl -H "X: ${planted.gitHub}" host\n`) } },
        aws_launch_configuration: {
          packed: { user_data_base64: gzipSync(`url=${planted.address}\n`).toString("base64") },
        },
      },
      finds: [
        "aws_instance.plain user_data",
        "aws_launch_template.encoded user_data",
        "aws_launch_configuration.packed user_data_base64",
      ],
    },
    {
      title: "a password in a resource, in a variable of a function, in an output and in a provider",
      resources: {
        aws_db_instance: { data: { password: "hunter2hunter2" } },
        aws_lambda_function: { work: { environment: { variables: { SLACK: planted.slack } } } },
        aws_secretsmanager_secret_version: { login: { secret_string: "correct horse" } },
        aws_ssm_parameter: { login: { type: "SecureString", value: "horse" } },
      },
      configuration: {
        output: { databasePassword: { value: "hunter2hunter2" } },
        provider: { aws: [{ secret_key: planted.secretKey }] },
      },
      finds: [
        "aws_db_instance.data password",
        "aws_lambda_function.work environment.variables.SLACK",
        "aws_secretsmanager_secret_version.login secret_string",
        "aws_ssm_parameter.login value",
        "output.databasePassword databasePassword",
        "provider.aws secret_key",
      ],
    },
    {
      title: "headers that hand over a token or a login",
      resources: {
        aws_lambda_function: {
          bearer: { environment: { variables: { AUTHORIZATION: "Bearer 9f86d081884c7d659a2feaa0c55ad015" } } },
          login: { environment: { variables: { H: `Basic ${encoded("admin:hunter2")}` } } },
        },
      },
      finds: [
        "aws_lambda_function.bearer environment.variables.AUTHORIZATION",
        "aws_lambda_function.login environment.variables.H",
      ],
    },
    {
      title: "a password in JSON: of a task, of a secret, of a task in user data",
      resources: {
        aws_ecs_task_definition: {
          app: {
            container_definitions: JSON.stringify([{ environment: [{ name: "DB_PASSWORD", value: "hunter2" }] }]),
          },
        },
        aws_secretsmanager_secret_version: { login: { secret_string: '{"login":"correct horse"}' } },
        aws_instance: {
          app: { user_data_base64: encoded('{"env":[{"value":"hunter2","name":"DB_PASSWORD"}],"port":5432}') },
        },
      },
      finds: [
        "aws_ecs_task_definition.app container_definitions.environment.DB_PASSWORD",
        "aws_secretsmanager_secret_version.login secret_string",
        "aws_instance.app user_data_base64.env.DB_PASSWORD",
      ],
    },
    {
      title: "a password that a detour leads to: a local value, a default, an expression of nothing but itself",
      resources: {
        aws_db_instance: {
          first: { password: "${local.x}" },
          second: { password: "${var.x}" },
          third: { password: '${sensitive("hunter2hunter2")}' },
          fourth: { password: "${local.x}-${local.x}" },
          fifth: { password: '${var.y != "" ? var.y : "hunter2hunter2"}' },
        },
        aws_ecs_task_definition: {
          app: { container_definitions: '[{"environment":[{"name":"${local.name}","value":"${local.x}"}]}]' },
        },
      },
      configuration: {
        locals: { x: "hunter2hunter2", name: "DB_PASSWORD" },
        variable: { x: { default: "hunter2hunter2" } },
        output: { databasePassword: [{ value: "hunter2hunter2" }] },
      },
      finds: [
        "aws_db_instance.first password",
        "aws_db_instance.second password",
        "aws_db_instance.third password",
        "aws_db_instance.fourth password",
        "aws_db_instance.fifth password",
        "aws_ecs_task_definition.app container_definitions.environment.DB_PASSWORD",
        "output.databasePassword databasePassword",
      ],
    },
    {
      title: "passwords of a resource that look like references of a shell, like files, like nothing",
      resources: {
        aws_db_instance: Object.fromEntries(
          [
            ...["$ecretPass1word", "/kX9w2mQ8vT7bZ3n", "~/hunter2", "<Kx9-2mQ8>", "{hunter2}", "file:kx92mq8vt7"],
            ...["p{{w0rd}}kx92mq", "12345", "default", "abc"],
          ].map((password, at) => [`no${at}`, { password }]),
        ),
        aws_lambda_function: {
          work: { environment: { variables: { DB_PASSWORD_1: "hunter2", DATABASE_PASSWORD_PROD: "hunter2" } } },
        },
      },
      finds: [
        ...Array.from({ length: 10 }, (_, at) => `aws_db_instance.no${at} password`),
        "aws_lambda_function.work environment.variables.DB_PASSWORD_1",
        "aws_lambda_function.work environment.variables.DATABASE_PASSWORD_PROD",
      ],
    },
    {
      title: "passwords that commands are handed, and in an element of XML",
      resources: {
        aws_instance: {
          app: { user_data: "#!/bin/bash\nPGPASSWORD=hunter2000 psql -h db\nmysql -u root -phunter2000 -h db\n" },
        },
      },
      manifests: [
        {
          ...{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "app", namespace: "example" } },
          data: { "app.xml": "<password>hunter2000</password>" },
        },
      ],
      finds: ["aws_instance.app user_data", "aws_instance.app user_data", "ConfigMap/example/app data.app.xml"],
    },
    {
      title: "a plan of which somebody has cut the configuration",
      stacks: {
        plan: {
          format_version: "1.2",
          planned_values: { root_module: {}, outputs: { databasePassword: { value: "hunter2hunter2" } } },
        },
      },
      finds: ["output.databasePassword databasePassword"],
    },
    {
      title: "a Secret, a ConfigMap, a variable and an argument of a container",
      manifests: [
        {
          apiVersion: "v1",
          kind: "Secret",
          metadata: { name: "login", namespace: "example" },
          data: { login: encoded("hunter2") },
          stringData: { "config.json": '{"login":"hunter2"}' },
        },
        {
          apiVersion: "v1",
          kind: "ConfigMap",
          metadata: { name: "app", namespace: "example" },
          data: { "key.pem": planted.privateKey },
        },
        pod([{ name: "API_TOKEN", value: planted.random }]),
        {
          ...{ apiVersion: "v1", kind: "Pod", metadata: { name: "job", namespace: "example" } },
          spec: { containers: [{ name: "job", args: ["run", "--password", "hunter2hunter2"] }] },
        },
      ],
      finds: [
        "Secret/example/login data.login",
        "Secret/example/login stringData.config.json",
        "ConfigMap/example/app data.key.pem",
        "Pod/example/app spec.containers.env.API_TOKEN",
        "Pod/example/job spec.containers.args",
      ],
    },
    {
      title: "files of hosts: a placeholder, an empty password, a bot's token, a hash, settings of Redis",
      hosts: {
        "host-a": {
          "/opt/a": "SESSION=change_this_session_secret_in_production\n",
          "/opt/b": "REDIS_PASSWORD=\n",
          "/opt/c": `BOT=${planted.telegram}\n`,
          "/opt/d": `admin:${planted.hash}\n`,
          "/opt/e": "requirepass hunter2hunter2\n",
          "/opt/f": "user app on >hunter2hunter2 ~* +@all\n",
          "/opt/g": `Authorization: Bearer ${planted.jwt}\n`,
          "/opt/h": "replication:\n  password: |-\n    hunter2hunter2\n",
        },
      },
      finds: ["a", "b", "c", "d", "e", "f", "g", "h"].map((name) => `host-a:/opt/${name} text`),
    },
  ],
  // What an expression comes to is a reference to it.
  unknown: [],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_instance", "plant a key in user data, in base64", ({ user_data: text, ...machine }) => ({
    ...machine,
    user_data_base64: encoded(`${text}export AWS_SECRET_ACCESS_KEY=${planted.secretKey}\n`),
  })),
  onResource("aws_ssm_parameter", "plant a password in JSON, its name behind", ({ value: _, ...parameter }) => ({
    ...parameter,
    value: JSON.stringify([{ value: "hunter2hunter2", name: "DB_PASSWORD" }]),
  })),
  onObject("ConfigMap", "plant an address with a password in a ConfigMap", (map) => ({
    ...map,
    data: { ...map.data, DATABASE_URL: planted.address },
  })),
  onObject("Deployment", "plant a token in a variable of a container", (deployment) => {
    deployment.spec.template.spec.containers[0].env = [{ name: "BOT", value: planted.telegram }];
    return deployment;
  }),
  onObject("Deployment", "plant a weak password under a numbered name in a variable of a container", (deployment) => {
    deployment.spec.template.spec.containers[0].env = [{ name: "DB_PASSWORD_1", value: "12345" }];
    return deployment;
  }),
  inFile(/\.env$/, "plant a password in a host's file", /%%secret:[^%]*%%/, "StrongPass123!"),
  onFile(/\.conf$/, "plant a private key in a host's file", (file) => ({
    ...file,
    text: `${file.text}\n${planted.privateKey}\n`,
  })),
  inFile(
    /nginx\.conf$/,
    "plant a login in a header",
    /^(\s*)proxy_set_header /m,
    `$1proxy_set_header A "Basic ${encoded("app:hunter2")}";\n$&`,
  ),
  onState("plant a password in an output", (state) => ({
    ...state,
    outputs: { ...state.outputs, adminPassword: "hunter2hunter2" },
  })),
  onState("plant a password that looks like a variable in an output", (state) => ({
    ...state,
    outputs: { ...state.outputs, adminPassword: "$ecretPass1word" },
  })),
  onState("plant a key in a provider", (state) => ({
    ...state,
    providers: new Map([...state.providers, ["other", { access_key: planted.accessKey }]]),
  })),
  inFile(/\.env$/, "empty a password", /PASSWORD='%%secret:[^%]*%%'/, "PASSWORD="),
  inFile(/\.acl$/, "write a password of Redis in clear", /#%%sha256:[^%]*%%/, ">hunter2hunter2"),
  onResource("aws_ssm_parameter", "write a secret into a parameter", (parameter) => ({
    ...parameter,
    type: "SecureString",
    value: "correct horse",
  })),
];
