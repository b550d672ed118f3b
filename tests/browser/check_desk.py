"""Check every page of a desk of yours: `python tests/browser/check_desk.py DESK [AXE]`.

Each page must answer 200 and be valid HTML (vnu); the first AXE of each kind (default 20) pass axe in Chromium. What is
wrong is printed; the exit status is 1 then. `./run test --install` gets the tools.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import uvicorn
import walk
from playwright.sync_api import sync_playwright

from dateline import config
from dateline.site import make_app
from dateline.store import open_store

MODULES = Path(__file__).parent.parent.parent / ".venv" / "npm" / "node_modules"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def serve(folder: Path, port: int) -> str:
    """Serve a desk in a thread and give its address."""
    settings = config.load(folder)
    server = uvicorn.Server(
        uvicorn.Config(make_app(open_store(settings), settings), host="127.0.0.1", port=port, log_level="warning")
    )
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    return f"http://127.0.0.1:{port}"


def validate(pages: dict[str, str]) -> list[str]:
    """Give what the HTML checker says against the pages."""
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, (path, html) in enumerate(pages.items()):
            (Path(folder) / f"{number}.html").write_text(html, encoding="utf-8")
            names[f"{number}.html"] = path
        jar = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
        words = ["java", "-Xss8m", "-jar", str(jar), "--errors-only", "--format", "json", folder]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        found = json.loads(done.stderr)["messages"]
    return [f"{names[m['url'].rpartition('/')[2]]}: {m['message']}" for m in found]


def look(base: str, paths: list[str]) -> list[str]:
    """Give what axe says against the pages."""
    said = []
    script = (MODULES / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=walk.CHROMIUM_ARGS)
        page = browser.new_context(bypass_csp=True).new_page()
        for path in paths:
            page.goto(base + path)
            page.evaluate(script)
            result = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", TAGS)
            said += [f"{path}: {v['id']} {v['nodes'][0]['html'][:120]}" for v in result["violations"]]
        browser.close()
    return said


def main() -> int:
    """Check the desk that the command names."""
    most = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    base = serve(Path(sys.argv[1]), 8299)
    pages = walk.pages(base, everything=True)
    count: dict[str, int] = {}
    chosen = []
    for path in pages:
        kind = path.strip("/").partition("/")[0].partition("?")[0]
        count[kind] = count.get(kind, 0) + 1
        if count[kind] <= most:
            chosen.append(path)
    sys.stdout.write(f"{len(pages)} pages answer as they should: {count}\n")
    wrong = validate(pages)
    sys.stdout.write(f"{len(wrong)} complaints of the HTML checker\n")
    axe = look(base, chosen)
    sys.stdout.write(f"{len(axe)} complaints of axe on {len(chosen)} pages\n")
    sys.stdout.write("".join(line + "\n" for line in (axe + wrong)[:40]))
    return 1 if wrong or axe else 0


if __name__ == "__main__":
    sys.exit(main())
