"""Files of a certificate on the host. Key, certificate and authority change together, by one rename."""

from __future__ import annotations

import grp
import os
import pathlib
import pwd
import secrets
import shutil
import stat

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from .settings import Wanted


def generations(wanted: Wanted) -> pathlib.Path:
    """Folder of what was installed, the present and the one before."""
    return wanted.certificate.parent / f".{wanted.certificate.name}.d"


def _link(path: pathlib.Path, target: str) -> None:
    """Makes a path lead to a target, whatever it was before."""
    if path.is_symlink() and os.readlink(path) == target:
        return
    staged = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    os.symlink(target, staged)
    os.replace(staged, path)


def _write(path: pathlib.Path, content: bytes, mode: int, owner: int, group: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())
    os.chown(path, owner, group)
    os.chmod(path, mode)


def _of_key(wanted: Wanted) -> tuple[int, int, int]:
    """Mode, owner and group: an owner has the key for itself; a group reads one that many programs show (BRK-6.3)."""
    group = grp.getgrnam(wanted.group).gr_gid
    if wanted.owner:
        return 0o600, pwd.getpwnam(wanted.owner).pw_uid, group
    return 0o640, 0 if os.geteuid() == 0 else -1, group


def mend(wanted: Wanted) -> bool:
    """Gives a key that is there to whom it belongs; True when it was otherwise."""
    if not wanted.key.exists():
        return False
    mode, owner, group = _of_key(wanted)
    status = wanted.key.stat()
    if stat.S_IMODE(status.st_mode) == mode and owner in (status.st_uid, -1) and group == status.st_gid:
        return False
    # Closed before it changes hands.
    os.chmod(wanted.key, 0o600)
    os.chown(wanted.key, owner, group)
    os.chmod(wanted.key, mode)
    print(f"{wanted.name}: rights mended at {wanted.key}")
    return True


def install(wanted: Wanted, authority: bytes, certificate: bytes | None, key: bytes | None) -> None:
    """Switches to new files. Without certificate and key, only whom to trust is known yet."""
    base = generations(wanted)
    base.mkdir(mode=0o755, parents=True, exist_ok=True)
    root = 0 if os.geteuid() == 0 else -1
    mode, owner, group = _of_key(wanted)
    before = base / "current"
    previous = os.readlink(before) if before.is_symlink() else None
    made = base / secrets.token_hex(8)
    made.mkdir()
    # Whatever the caller's mask: programs that are not root pass through it to their files.
    made.chmod(0o755)
    _write(made / wanted.authority.name, authority, 0o644, root, root)
    if certificate is not None and key is not None:
        _write(made / wanted.certificate.name, certificate, 0o644, root, root)
        _write(made / wanted.key.name, key, mode, owner, group)
    _link(before, made.name)
    for path in (wanted.authority, wanted.certificate, wanted.key):
        if (made / path.name).exists():
            _link(path, f"{base.name}/current/{path.name}")
    for old in base.iterdir():
        if old.name not in ("current", made.name, previous):
            shutil.rmtree(old)


class Installed:
    """What lies at a place; parts that are missing or no longer readable are None."""

    def __init__(self, wanted: Wanted) -> None:
        self.authority = _parsed(wanted.authority, x509.load_pem_x509_certificate)
        self.certificate = _parsed(wanted.certificate, x509.load_pem_x509_certificate)
        self.key = _parsed(wanted.key, lambda text: serialization.load_pem_private_key(text, None))

    @property
    def is_whole(self) -> bool:
        return None not in (self.authority, self.certificate, self.key)


def _parsed(path: pathlib.Path, parse):
    try:
        return parse(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
