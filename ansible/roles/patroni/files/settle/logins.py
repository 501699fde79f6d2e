"""Logins with their attributes, memberships and passwords."""

from .scram import fits, verifier
from .told import changed

ATTRIBUTES = "rolcanlogin, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls"


def keep_login(server, login, password):
    """A login with its attributes, memberships and password."""
    name, replicates = login["name"], login["replicates"]
    found = server.rows(f"SELECT {ATTRIBUTES} FROM pg_roles WHERE rolname = %s", name)
    if not found:
        server.run("CREATE ROLE {}", name)
    if found != [(True, False, False, False, replicates, False)]:
        replication = "REPLICATION" if replicates else "NOREPLICATION"
        server.run(f"ALTER ROLE {'{}'} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE {replication} NOBYPASSRLS", name)
        changed(f"login {name}")
    # Of the catalogue's words `owner` is no role of PostgreSQL's; who backs up asks for settings too.
    wanted = {login["role"]} - {"owner", "none"}
    if "pg_read_all_data" in wanted:
        wanted.add("pg_read_all_settings")
    present = {
        row[0]
        for row in server.rows(
            "SELECT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid"
            " JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = %s",
            name,
        )
    }
    for role in sorted(wanted - present):
        server.run("GRANT {} TO {}", role, name)
        changed(f"{name} belongs to {role}")
    for role in sorted(present - wanted):
        server.run("REVOKE {} FROM {}", role, name)
        changed(f"{name} belongs to {role} no more")
    if not fits(password, server.rows("SELECT rolpassword FROM pg_authid WHERE rolname = %s", name)[0][0]):
        statement = server.sql.SQL("ALTER ROLE {} PASSWORD {}")
        server.rows(statement.format(server.sql.Identifier(name), server.sql.Literal(verifier(password))))
        changed(f"password of {name}")


def keep_strangers_out(server, logins):
    """Logins that nobody declares, the administrator's aside, cannot log in."""
    for (name,) in server.rows("SELECT rolname FROM pg_roles WHERE rolcanlogin AND rolname <> 'postgres'"):
        if name not in logins:
            server.run("ALTER ROLE {} NOLOGIN", name)
            changed(f"{name} is declared nowhere and cannot log in")
