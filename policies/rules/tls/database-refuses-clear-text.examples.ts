import type { Examples } from "../../engine/example.ts";
import { type Loose, type Mutation, onResource } from "../../engine/mutation.ts";

type Parameters = Readonly<Record<string, string>>;
const parameters = (set: Parameters) => Object.entries(set).map(([name, value]) => ({ name, value }));
const instance = (engine: string, engine_version: string, family: string, set: Parameters): Loose => ({
  aws_db_parameter_group: { own: { name: "own", family, parameter: parameters(set) } },
  aws_db_instance: { db: { engine, engine_version, parameter_group_name: "${aws_db_parameter_group.own.name}" } },
});
const cluster = (engine: string, family: string, set: Parameters): Loose => ({
  aws_rds_cluster_parameter_group: { own: { name: "own", family, parameter: parameters(set) } },
  aws_rds_cluster: { db: { engine, db_cluster_parameter_group_name: "own" } },
});

export const examples: Examples = {
  good: [
    {
      title: "PostgreSQL that refuses clear text",
      resources: instance("postgres", "14.12", "postgres14", { "rds.force_ssl": "1" }),
    },
    {
      title: "PostgreSQL 16 as it is by default",
      resources: { aws_db_instance: { db: { engine: "postgres", engine_version: "16.3" } } },
    },
    {
      title: "Aurora for MySQL by a group that is named in words",
      resources: cluster("aurora-mysql", "aurora-mysql8.0", {
        require_secure_transport: "ON",
        tls_version: "TLSv1.2,TLSv1.3",
      }),
    },
    {
      title: "a replica with its own group",
      resources: {
        ...instance("mariadb", "10.11", "mariadb10.11", { require_secure_transport: "1" }),
        aws_db_instance: {
          db: { engine: "mariadb", parameter_group_name: "${aws_db_parameter_group.own.name}" },
          replica: {
            replicate_source_db: "${aws_db_instance.db.arn}",
            parameter_group_name: "${aws_db_parameter_group.own.name}",
          },
        },
      },
    },
    {
      title: "DocumentDB, Neptune and Redshift that are told so",
      resources: {
        aws_docdb_cluster_parameter_group: {
          own: { name: "own", family: "docdb5.0", parameter: { name: "tls", value: "tls1.2+" } },
        },
        aws_docdb_cluster: { db: { db_cluster_parameter_group_name: "own" } },
        aws_neptune_cluster: { db: {} },
        aws_redshift_parameter_group: {
          own: { name: "own", family: "redshift-1.0", parameter: { name: "require_ssl", value: "true" } },
        },
        aws_redshift_cluster: { db: { cluster_parameter_group_name: "${aws_redshift_parameter_group.own.id}" } },
        aws_redshiftserverless_workgroup: {
          db: { config_parameter: [{ parameter_key: "require_ssl", parameter_value: "true" }] },
        },
      },
    },
  ],
  bad: [
    {
      title: "PostgreSQL 14 as it is by default",
      resources: { aws_db_instance: { db: { engine: "postgres", parameter_group_name: "default.postgres14" } } },
      finds: ["aws_db_instance.db parameter rds.force_ssl"],
    },
    {
      title: "a group that is right, and another one attached",
      resources: {
        ...cluster("postgres", "postgres17", { "rds.force_ssl": "1" }),
        aws_rds_cluster_parameter_group: {
          own: { name: "own", family: "postgres17", parameter: parameters({ "rds.force_ssl": "0" }) },
          right: { name: "right", family: "postgres17", parameter: parameters({ "rds.force_ssl": "1" }) },
        },
      },
      finds: ["aws_rds_cluster.db parameter rds.force_ssl"],
    },
    {
      title: "Aurora for PostgreSQL 16, which takes clear text by default",
      resources: cluster("aurora-postgresql", "aurora-postgresql16", {}),
      finds: ["aws_rds_cluster.db parameter rds.force_ssl"],
    },
    {
      title: "MySQL as it is by default, with TLS 1.1",
      resources: instance("mysql", "8.0.39", "mysql8.0", { tls_version: "TLSv1.1,TLSv1.2" }),
      finds: ["aws_db_instance.db parameter require_secure_transport", "aws_db_instance.db parameter tls_version"],
    },
    {
      title: "DocumentDB that speaks TLS 1.0, Redshift and SQL Server that take clear text",
      resources: {
        aws_db_instance: { db: { engine: "sqlserver-ex", engine_version: "16.00" } },
        aws_docdb_cluster: { db: {} },
        aws_redshift_cluster: { db: { cluster_parameter_group_name: "default.redshift-1.0" } },
        aws_redshiftserverless_workgroup: {
          db: { config_parameter: { parameter_key: "require_ssl", parameter_value: "false" } },
        },
      },
      finds: [
        "aws_db_instance.db parameter rds.force_ssl",
        "aws_docdb_cluster.db parameter tls",
        "aws_redshift_cluster.db parameter require_ssl",
        "aws_redshiftserverless_workgroup.db config_parameter require_ssl",
      ],
    },
  ],
  unknown: [
    {
      title: "a group that is made elsewhere",
      resources: {
        aws_db_instance: { db: { engine: "postgres", engine_version: "17", parameter_group_name: "theirs" } },
      },
      finds: ["aws_db_instance.db parameter_group_name"],
    },
    {
      title: "a group of somebody's whose name begins as those of AWS do",
      resources: {
        aws_db_instance: { db: { engine: "postgres", engine_version: "17", parameter_group_name: "default-nossl" } },
      },
      finds: ["aws_db_instance.db parameter_group_name"],
    },
    {
      title: "an engine that no table has",
      resources: { aws_db_instance: { db: { engine: "oracle-ee", engine_version: "19" } } },
      finds: ["aws_db_instance.db engine"],
    },
    {
      title: "PostgreSQL of whichever version, and parameters that are written by a loop",
      resources: {
        aws_db_instance: { db: { engine: "postgres" } },
        aws_redshift_cluster: { db: {} },
        aws_rds_cluster_parameter_group: {
          own: { family: "postgres17", dynamic: { parameter: { for_each: "${var.all}" } } },
        },
        aws_rds_cluster: {
          db: { engine: "postgres", db_cluster_parameter_group_name: "${aws_rds_cluster_parameter_group.own.name}" },
        },
      },
      finds: [
        "aws_rds_cluster.db parameter rds.force_ssl",
        "aws_rds_cluster.db parameter ssl_min_protocol_version",
        "aws_db_instance.db parameter rds.force_ssl",
        "aws_redshift_cluster.db parameter require_ssl",
      ],
    },
  ],
};

/** Changes one parameter of a group; to nothing, it is left out. */
const parameter = (name: string, value: string | undefined): Mutation =>
  onResource("aws_rds_cluster_parameter_group", `set ${name} to ${value ?? "nothing"}`, (group) => ({
    ...group,
    parameter: group.parameter.flatMap((each: Loose) => {
      if (each.name !== name) return [each];
      return value === undefined ? [] : [{ ...each, value }];
    }),
  }));

export const mutations: readonly Mutation[] = [
  parameter("rds.force_ssl", "0"),
  parameter("rds.force_ssl", "off"),
  parameter("ssl_min_protocol_version", "TLSv1"),
  parameter("ssl_min_protocol_version", "TLSv1.1"),
  onResource("aws_rds_cluster", "attach a group of an older engine", (each) => ({
    ...each,
    db_cluster_parameter_group_name: "default.postgres14",
  })),
  onResource("aws_rds_cluster", "attach a group that is made elsewhere", (each) => ({
    ...each,
    db_cluster_parameter_group_name: "theirs",
  })),
  onResource("aws_rds_cluster", "let the default of Aurora hold", (each) => ({
    ...each,
    engine: "aurora-postgresql",
    engine_version: "15.4",
    db_cluster_parameter_group_name: null,
  })),
];
