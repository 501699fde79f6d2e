"""Releases of a Python service on a host: folders side by side, and a link to the one that runs."""

from __future__ import annotations

import hashlib
import os
import shutil


def point(link, target):
    """Makes a link name a target in one step: nobody sees it missing."""
    staged = f"{link}.new"
    if os.path.lexists(staged):
        os.unlink(staged)
    os.symlink(target, staged)
    os.replace(staged, link)


class Releases:
    """Below one root: `venv` is the link, `venv.previous` the one before, `releases/<version>` what is installed."""

    def __init__(self, root):
        self.root = root
        self.link = os.path.join(root, "venv")
        self.previous_link = os.path.join(root, "venv.previous")

    def folder(self, version):
        """Where a version lies."""
        return os.path.join(self.root, "releases", version)

    def manifest(self, version):
        """The file that a complete version has."""
        return os.path.join(self.folder(version), "manifest.json")

    @staticmethod
    def target(version):
        """What a link to a version says; relative, so that it is the same seen from anywhere."""
        return os.path.join("releases", version, "venv")

    def digest(self, version):
        """SHA-256 of the manifest of a complete version; empty otherwise."""
        try:
            with open(self.manifest(version), "rb") as file:
                return hashlib.sha256(file.read()).hexdigest()
        except FileNotFoundError:
            return ""

    def _named(self, link):
        try:
            version = os.path.basename(os.path.dirname(os.readlink(link)))
        except OSError:
            return ""
        return version if self.digest(version) else ""

    def current(self):
        """Version that the link names, when it is complete."""
        return self._named(self.link)

    def previous(self):
        """Version that ran before, when it is still there."""
        return self._named(self.previous_link)

    def installed(self):
        """Complete versions, the newest first."""
        try:
            found = [name for name in os.listdir(os.path.join(self.root, "releases")) if self.digest(name)]
        except FileNotFoundError:
            return []
        return sorted(found, key=lambda name: (os.stat(self.manifest(name)).st_mtime, name), reverse=True)

    def prune(self, keep, check_mode):
        """Deletes all but the newest, the current and the previous; whether there was anything to delete."""
        kept = {*self.installed()[:keep], self.current(), self.previous()}
        folder = os.path.join(self.root, "releases")
        gone = [name for name in os.listdir(folder) if name not in kept] if os.path.isdir(folder) else []
        for name in gone:
            if not check_mode:
                shutil.rmtree(os.path.join(folder, name))
        return bool(gone)

    def facts(self):
        """What is told to the caller."""
        return {"current": self.current(), "previous": self.previous(), "installed": self.installed()}
