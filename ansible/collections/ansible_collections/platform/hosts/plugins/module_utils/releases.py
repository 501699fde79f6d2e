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
    """
    Below one root: `venv` is the link, `releases/<version>` what is installed, and `earlier` names the releases that
    led to the one that runs, the oldest first. One that was left by going back is none of them: nobody comes to it by
    going back once more.
    """

    def __init__(self, root):
        self.root = root
        self.link = os.path.join(root, "venv")
        self.earlier_file = os.path.join(root, "earlier")

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

    def current(self):
        """Version that the link names, when it is complete."""
        try:
            version = os.path.basename(os.path.dirname(os.readlink(self.link)))
        except OSError:
            return ""
        return version if self.digest(version) else ""

    def earlier(self):
        """Versions that led to the one that runs and are still there, the oldest first."""
        try:
            with open(self.earlier_file, encoding="utf-8") as file:
                found = file.read().split()
        except FileNotFoundError:
            return []
        current = self.current()
        if current in found:
            found = found[: found.index(current)]
        return [version for version in found if self.digest(version)]

    def previous(self):
        """Version to go back to; empty when there is none."""
        return next(reversed(self.earlier()), "")

    def switch(self, version, earlier=None):
        """
        Has the link name a version. `earlier` is what led to it; by default what led to the one that runs, and that
        one, or of these what came before it when it is among them.
        """
        found = [*self.earlier(), self.current()] if earlier is None else [*earlier, version]
        # Before the link, so that none is lost when this is cut off: whoever reads it stops at the one that runs.
        staged = f"{self.earlier_file}.new"
        with open(staged, "w", encoding="utf-8") as file:
            file.write("".join(f"{each}\n" for each in found if each))
        os.replace(staged, self.earlier_file)
        point(self.link, self.target(version))

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
        current, earlier = self.current(), self.earlier()
        return {
            "current": current,
            "sha256": self.digest(current) if current else "",
            "earlier": earlier,
            "previous": self.previous(),
            "installed": self.installed(),
        }
