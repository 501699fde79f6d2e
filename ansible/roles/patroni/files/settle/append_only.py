"""Tables to which rows are only ever added (TKT-3.1)."""

from .told import changed


def guard_of(server, logins):
    """The body of the function that takes rights to change rows away as soon as anybody gives them."""
    lines = []
    for login in logins:
        for table in login["append_only"]:
            names = (server.sql.Identifier("public", table), server.sql.Identifier(login["name"]))
            take = server.sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}, PUBLIC;").format(*names)
            regclass = server.sql.Literal(names[0].as_string(server.connection))
            where = server.sql.SQL("IF to_regclass({}) IS NOT NULL THEN ").format(regclass)
            lines.append((where + take + server.sql.SQL(" END IF;")).as_string(server.connection))
    return "BEGIN\n" + "\n".join(lines) + "\nEND"


def keep_append_only(server, logins):
    """Tables to which rows are only ever added, whatever a migration grants (TKT-3.1)."""
    if not any(login["append_only"] for login in logins):
        return
    body = guard_of(server, logins)
    if server.rows("SELECT prosrc FROM pg_proc WHERE oid = to_regproc('platform.keep_append_only')") != [(body,)]:
        server.run("CREATE SCHEMA IF NOT EXISTS platform")
        server.rows(
            "CREATE OR REPLACE FUNCTION platform.keep_append_only() RETURNS event_trigger LANGUAGE plpgsql"
            " SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS %s",
            body,
        )
        changed("guard of tables that only grow")
    if server.rows("SELECT evtenabled FROM pg_event_trigger WHERE evtname = 'keep_append_only'") != [("A",)]:
        server.run("DROP EVENT TRIGGER IF EXISTS keep_append_only")
        server.run(
            "CREATE EVENT TRIGGER keep_append_only ON ddl_command_end WHEN TAG IN"
            " ('CREATE TABLE', 'CREATE TABLE AS', 'ALTER TABLE', 'ALTER DEFAULT PRIVILEGES', 'GRANT')"
            " EXECUTE FUNCTION platform.keep_append_only()"
        )
        server.run("ALTER EVENT TRIGGER keep_append_only ENABLE ALWAYS")
        changed("trigger of tables that only grow")
    # Tables that were there before the trigger.
    for login in logins:
        for table in login["append_only"]:
            for right in ("UPDATE", "DELETE", "TRUNCATE"):
                server.grant(
                    False,
                    "to_regclass(%s) IS NOT NULL AND has_table_privilege(%s, to_regclass(%s), %s)",
                    (f"public.{table}", login["name"], f"public.{table}", right),
                    f"REVOKE {right} ON {'{}'}.{'{}'} FROM {'{}'}, PUBLIC",
                    ("public", table, login["name"]),
                )
