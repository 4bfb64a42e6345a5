"""A headless browser that is told what to do over a pair of pipes: keys, widths, light and dark, with scripts off."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions"),
    *("--disable-dev-shm-usage", "--force-device-scale-factor=1", "--host-resolver-rules=MAP * ~NOTFOUND"),
)

WITH_PIPES = """import os, sys
heard, said = os.dup(int(sys.argv[1])), os.dup(int(sys.argv[2]))
while heard < 5 or said < 5:
    heard, said = os.dup(heard), os.dup(said)
os.dup2(heard, 3)
os.dup2(said, 4)
os.execv(sys.argv[3], sys.argv[3:])"""
"""The browser reads commands from file 3 and answers on file 4."""

KEYS = {"Tab": (9, ""), "Enter": (13, "\r"), "Escape": (27, "")}


class Tab:
    """A page in the browser; ``events`` are what the browser told of it besides answers."""

    def __init__(self, heard: int, said: int) -> None:
        self._heard, self._said = heard, said
        self._session: str | None = None
        self._number = 0
        self._rest = b""
        self.events: list[dict[str, Any]] = []

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Sends a command and waits for its answer."""
        self._number += 1
        sent = {"id": self._number, "method": method, "params": parameters}
        if self._session is not None:
            sent["sessionId"] = self._session
        os.write(self._said, json.dumps(sent).encode() + b"\0")
        while (answer := self._next()).get("id") != self._number:
            self.events.append(answer)
        assert "error" not in answer, answer
        result: dict[str, Any] = answer["result"]
        return result

    def open(self, page: Path, width: int, height: int, *, dark: bool) -> None:
        """Opens the page in a tab of its own, with scripts off, and waits until it is there."""
        self._session = None
        self.events.clear()
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.ask(f"{domain}.enable")
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.ask("Emulation.setEmulatedMedia", features=[scheme])
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.ask("Emulation.setScriptExecutionDisabled", value=True)
        self.ask("Page.navigate", url=page.as_uri())
        while not self.told("Page.loadEventFired"):
            self.events.append(self._next())

    def told(self, method: str) -> list[dict[str, Any]]:
        """What the browser told under that name."""
        return [event["params"] for event in self.events if event.get("method") == method]

    def value(self, expression: str) -> Any:
        """What an expression of the tester, not of the page, is worth."""
        answer = self.ask("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def press(self, key: str) -> None:
        """Presses a key and lets it go."""
        code, text = KEYS[key]
        about = {"key": key, "code": key, "windowsVirtualKeyCode": code}
        self.ask("Input.dispatchKeyEvent", type="keyDown", **about, **({"text": text} if text else {}))
        self.ask("Input.dispatchKeyEvent", type="keyUp", **about)

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            read = os.read(self._heard, 1 << 16)
            assert read, "the browser has ended"
            self._rest += read
        message, _, self._rest = self._rest.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found


@contextmanager
def browser(profile: Path) -> Iterator[Tab]:
    """The browser with a profile of its own, ended afterwards."""
    assert BROWSER is not None
    theirs, ours = os.pipe()
    heard, said = os.pipe()
    run = [sys.executable, "-c", WITH_PIPES, str(theirs), str(said), BROWSER]
    with subprocess.Popen(
        [*run, *QUIET, "--remote-debugging-pipe", f"--user-data-dir={profile}"],
        pass_fds=(theirs, said),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        os.close(theirs)
        os.close(said)
        try:
            yield Tab(heard, ours)
        finally:
            process.kill()
            os.close(heard)
            os.close(ours)
