"""Metrics for the node exporter's textfile collector."""

from __future__ import annotations

import os
import pathlib
import tempfile

FOLDER = "/var/lib/prometheus/node-exporter"


def _label(value: object) -> str:
    return str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")


def _sample(name: str, labels: dict, value: float) -> str:
    inner = ",".join(f'{key}="{_label(text)}"' for key, text in labels.items())
    number = int(value) if value == int(value) else round(value, 3)
    return f"{name}{{{inner}}} {number}" if inner else f"{name} {number}"


def render(families: list[tuple[str, str, list[tuple[dict, float]]]]) -> str:
    """Text of families, each `(name, help, [(labels, value), ...])`: counters end in `_total`; one without samples is left out."""
    lines = []
    for name, text, samples in families:
        if samples:
            kind = "counter" if name.endswith("_total") else "gauge"
            lines += [f"# HELP {name} {text}", f"# TYPE {name} {kind}"]
            lines += [_sample(name, labels, value) for labels, value in samples]
    return "\n".join(lines) + "\n"


def replace_file(path: pathlib.Path, content: bytes, mode: int = 0o644, group: int = -1) -> None:
    """Writes a file in one step: whoever reads it sees the old or the new one, never half of one."""
    handle, staged = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        os.chown(staged, -1, group)
        os.chmod(staged, mode)
        os.replace(staged, path)
    except BaseException:
        os.unlink(staged)
        raise


def write(folder: str, name: str, families: list[tuple[str, str, list[tuple[dict, float]]]]) -> None:
    """Replaces `<name>.prom` of a folder."""
    replace_file(pathlib.Path(folder) / f"{name}.prom", render(families).encode())
