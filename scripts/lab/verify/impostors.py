"""Asks the stores of an application, with its own code and environment, and prints what came of each as JSON: null when it answered."""

import json

from app import stores


def told(ask):
    try:
        ask()
    except Exception as error:  # whatever a driver says
        return f"{type(error).__name__}: {error}"
    return None


def database():
    with stores.database() as connection:
        connection.execute("SELECT 1")


print(json.dumps({"PostgreSQL": told(database), "Redis": told(lambda: stores.redis().ping())}))
