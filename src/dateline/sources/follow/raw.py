"""Pages as they came, byte for byte, kept for some days so that a better reader can read them again; never served."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from datetime import timedelta
from pathlib import Path

from dateline.sources.http import Answer
from dateline.text.moments import instant

DAYS = 30
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class RawPages:
    """A folder with one folder a day, in it the body and the head of each answer, compressed by zstd."""

    def __init__(self, folder: Path, days: int = DAYS) -> None:
        self.folder, self.days = folder, days

    def keep(self, answer: Answer, now: str) -> Path:
        """Keep one answer under the day of `now`; the same bytes of the same address on one day are kept once."""
        from backports import zstd

        name = hashlib.sha256(answer.url.encode("utf-8", "replace") + b"\n" + answer.body).hexdigest()[:32]
        path = self.folder / now[:10] / f"{name}.zst"
        if not path.exists():
            head = {"url": answer.url, "fetched": now, "status": answer.status, "headers": dict(answer.headers)}
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(".part")
            part.write_bytes(zstd.compress(json.dumps(head).encode() + b"\n" + answer.body))
            part.replace(path)
        return path

    def drop_old(self, now: str) -> int:
        """Remove the days that are over; give how many there were."""
        today = instant(now)
        if today is None or self.days <= 0 or not self.folder.is_dir():
            return 0
        oldest = (today - timedelta(days=self.days)).date().isoformat()
        old = [p for p in sorted(self.folder.iterdir()) if _DAY.fullmatch(p.name) and p.name < oldest]
        for path in old:
            shutil.rmtree(path, ignore_errors=True)
        return len(old)


def read(path: Path) -> tuple[dict[str, object], bytes]:
    """Give the head and the body of a kept answer."""
    from backports import zstd

    head, _, body = zstd.decompress(path.read_bytes()).partition(b"\n")
    return json.loads(head), body
