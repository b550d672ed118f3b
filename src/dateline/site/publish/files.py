"""The folder of a copy: what is the same stays untouched, what is no longer part of it goes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from dateline.errors import UsageError

LIST = ".dateline-copy.json"


class Folder:
    """A folder that is filled again and again."""

    def __init__(self, path: Path) -> None:
        """Look at what an earlier copy left; raises UsageError where the folder holds something else."""
        self.path = path
        self._before: dict[str, str] = {}
        self._now: dict[str, str] = {}
        self.written = 0
        if (path / LIST).exists():
            try:
                self._before = dict(json.loads((path / LIST).read_text(encoding="utf-8")))
            except (OSError, ValueError, TypeError):
                raise UsageError(f"{path / LIST} cannot be read: empty the folder and publish again.") from None
        elif path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise UsageError(f"{path} holds something that is no copy of a desk: name an empty folder or a new one.")
        path.mkdir(parents=True, exist_ok=True)

    def __contains__(self, name: str) -> bool:
        """Tell whether a file is part of this copy already."""
        return name in self._now

    def put(self, name: str, body: bytes) -> None:
        """Make a file part of the copy, and write it where it differs."""
        digest = hashlib.sha256(body).hexdigest()
        target = self.path / name
        self._now[name] = digest
        if self._before.get(name) == digest and target.is_file():
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_name(target.name + ".part")
        aside.write_bytes(body)
        aside.replace(target)  # a host that serves the folder meanwhile never sees half a page
        self.written += 1

    def finish(self) -> int:
        """Take away what an earlier copy had and this one has not; give how many files that were."""
        gone = [name for name in self._before if name not in self._now]
        for name in gone:
            target = self.path / name
            target.unlink(missing_ok=True)
            for folder in target.parents:
                if folder == self.path or any(folder.iterdir()):
                    break
                folder.rmdir()
        body = json.dumps(self._now, indent=0, sort_keys=True)
        aside = self.path / (LIST + ".part")
        aside.write_text(body, encoding="utf-8")
        aside.replace(self.path / LIST)
        return len(gone)

    def __len__(self) -> int:
        """Count the files of the copy."""
        return len(self._now)
