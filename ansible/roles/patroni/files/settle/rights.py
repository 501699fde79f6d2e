"""The database, who may connect to which, and what replicas and backups may call."""

from .told import changed

REWIND = (
    "pg_catalog.pg_ls_dir(text, boolean, boolean)",
    "pg_catalog.pg_stat_file(text, boolean)",
    "pg_catalog.pg_read_binary_file(text)",
    "pg_catalog.pg_read_binary_file(text, bigint, bigint, boolean)",
)
BACK_UP = (
    "pg_catalog.pg_backup_start(text, boolean)",
    "pg_catalog.pg_backup_stop(boolean)",
    "pg_catalog.pg_create_restore_point(text)",
    "pg_catalog.pg_switch_wal()",
)


def keep_database(server, facts):
    """The one database, its owner, and who may connect to which."""
    database, owner = facts["database"], facts["owner"]
    found = server.rows(
        "SELECT r.rolname FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba WHERE datname = %s", database
    )
    if not found:
        server.run("CREATE DATABASE {} OWNER {}", database, owner)
        changed(f"database {database}")
    elif found != [(owner,)]:
        server.run("ALTER DATABASE {} OWNER TO {}", database, owner)
        changed(f"owner of {database}")
    names = {login["name"] for login in facts["logins"]}
    inside = {login["name"] for login in facts["logins"] if login["role"] == "pg_monitor"} | {
        facts["backup"],
        facts["replication"],
    }
    for each, allowed in ((database, names - {facts["replication"]}), ("postgres", inside), ("template1", set())):
        for right in ("CONNECT", "TEMPORARY"):
            server.grant(
                False,
                "has_database_privilege('public', %s, %s)",
                (each, right),
                f"REVOKE {right} ON DATABASE {'{}'} FROM PUBLIC",
                (each,),
            )
        for name in sorted(names):
            statement = "GRANT CONNECT ON DATABASE {} TO {}" if name in allowed else "REVOKE CONNECT ON DATABASE {} FROM {}"
            server.grant(
                name in allowed, "has_database_privilege(%s, %s, 'CONNECT')", (name, each), statement, (each, name)
            )


def keep_functions(server, facts):
    """What replicas need to rewind and backups to begin: nothing that reads beyond the data directory."""
    for name, functions in ((facts["replication"], REWIND), (facts["backup"], BACK_UP)):
        for function in functions:
            server.grant(
                True,
                "has_function_privilege(%s, %s, 'EXECUTE')",
                (name, function),
                f"GRANT EXECUTE ON FUNCTION {function} TO {'{}'}",
                (name,),
            )
