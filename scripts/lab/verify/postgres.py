"""Writes to PostgreSQL as an application does, and says what came of it. Asked in one line of JSON on standard input.

{"refused": [conninfo, ...]}: what each attempt to connect was told, as a list; nothing for one that was let in.
{"write": conninfo, "seconds": N}: writes row after row, prints `writing`, and once writing was interrupted and goes on again
prints what was acknowledged, what of it is lost, and for how long nothing was.
"""

import json
import sys
import time

import psycopg2

TABLE = "lab_failover"
AFTER = 20


def told(conninfo):
    try:
        psycopg2.connect(conninfo, connect_timeout=5).close()
    except psycopg2.Error as error:
        return str(error).strip()
    return None


class Writer:
    def __init__(self, conninfo):
        self.conninfo, self.connection, self.number = conninfo, None, 0
        self.acknowledged, self.times, self.errors = [], [], []

    def connect(self):
        if self.connection is None:
            self.connection = psycopg2.connect(self.conninfo, connect_timeout=3, tcp_user_timeout=2000)
            self.connection.autocommit = True
        return self.connection.cursor()

    def write(self):
        self.number += 1
        try:
            self.connect().execute(f"INSERT INTO {TABLE} VALUES (%s)", (self.number,))
        except psycopg2.Error as error:
            self.errors.append(str(error).strip())
            if self.connection is not None:
                self.connection.close()
            self.connection = None
            return
        self.acknowledged.append(self.number)
        self.times.append(time.monotonic())

    def run(self, seconds):
        self.connect().execute(f"DROP TABLE IF EXISTS {TABLE}; CREATE TABLE {TABLE} (number integer PRIMARY KEY)")
        end, since = time.monotonic() + seconds, None
        while time.monotonic() < end:
            self.write()
            if self.number == AFTER:
                print("writing", flush=True)
            if since is None and self.errors and self.acknowledged and self.acknowledged[-1] == self.number:
                since = len(self.acknowledged)
            if since is not None and len(self.acknowledged) >= since + AFTER:
                break
            time.sleep(0.05)
        cursor = self.connect()
        cursor.execute(f"SELECT number FROM {TABLE}")
        present = {row[0] for row in cursor.fetchall()}
        cursor.execute(f"DROP TABLE {TABLE}")
        gaps = [after - before for before, after in zip(self.times, self.times[1:])]
        return {
            "interrupted": since is not None,
            "acknowledged": len(self.acknowledged),
            "lost": sorted(set(self.acknowledged) - present),
            "seconds": round(max(gaps, default=0), 1),
            "errors": sorted(set(self.errors))[:5],
        }


asked = json.loads(sys.stdin.readline())
if "refused" in asked:
    print(json.dumps([told(each) for each in asked["refused"]]))
else:
    print(json.dumps(Writer(asked["write"]).run(asked["seconds"])), flush=True)
