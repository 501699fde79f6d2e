"""When a task should have started last."""

from __future__ import annotations

import datetime
import zoneinfo

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _at(day: datetime.date, schedule: dict) -> datetime.datetime:
    hour, minute = (int(part) for part in schedule["at"].split(":"))
    return datetime.datetime(day.year, day.month, day.day, hour, minute, tzinfo=zoneinfo.ZoneInfo(schedule["zone"]))


def _is_day(day: datetime.date, schedule: dict) -> bool:
    if schedule["every"] == "week":
        return WEEKDAYS[day.weekday()] == schedule["on"]
    return schedule["every"] == "day" or (day.day == 1 and day.month in (1, 4, 7, 10))


def last_start(schedule: dict, now: datetime.datetime) -> datetime.datetime:
    """The latest scheduled start that is not in the future."""
    if schedule["every"] == "minutes":
        return now.replace(minute=now.minute - now.minute % schedule["count"], second=0, microsecond=0)
    day = now.astimezone(zoneinfo.ZoneInfo(schedule["zone"])).date()
    while not (_is_day(day, schedule) and _at(day, schedule) <= now):
        day -= datetime.timedelta(days=1)
    return _at(day, schedule)
