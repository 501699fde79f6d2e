"""A database of the primary."""

from .told import changed


class Server:
    """A database of the primary, as its administrator."""

    def __init__(self, facts, database):
        import psycopg2
        from psycopg2 import sql

        self.sql = sql
        self.connection = psycopg2.connect(
            host=facts["socket"], port=facts["port"], user="postgres", dbname=database, application_name="patroni-settle"
        )
        self.connection.autocommit = True
        # No log holds a verifier.
        for name, value in (
            ("log_statement", "none"),
            ("log_min_duration_statement", "-1"),
            ("log_min_error_statement", "panic"),
            ("search_path", "pg_catalog"),
        ):
            self.rows("SELECT pg_catalog.set_config(%s, %s, false)", name, value)

    def rows(self, query, *values):
        """What a query gives."""
        with self.connection.cursor() as cursor:
            cursor.execute(query, values or None)
            return cursor.fetchall() if cursor.description else []

    def run(self, statement, *names):
        """A statement with names of objects in place of braces."""
        self.rows(self.sql.SQL(statement).format(*map(self.sql.Identifier, names)))

    def may(self, question, *values):
        """A question to the server's own rights."""
        return self.rows(f"SELECT {question}", *values)[0][0]

    def grant(self, wanted, question, values, statement, names):
        """Gives or takes a right where the server says that it is not as wanted."""
        if self.may(question, *values) != wanted:
            self.run(statement, *names)
            changed(f"{'gave' if wanted else 'took'} a right: {' '.join(map(str, values))}")
