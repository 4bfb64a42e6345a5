"""The report's page as a reader opens it: from a folder, in a browser, with no network."""

import json
import shutil
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.image import imread

from analyses.commentary import CASE
from browser.devtools import BROWSER, QUIET

pytestmark = pytest.mark.skipif(BROWSER is None, reason="neither chromium nor google-chrome is installed")

WIDE, NARROW = 1280, 390
TALL = 2400

FRAME = """<!DOCTYPE html>
<body style="margin: 0">
<iframe style="border: 0; width: %dpx; height: %dpx" srcdoc="%s"></iframe>
<script>
addEventListener("load", () => {
  const inner = document.querySelector("iframe").contentWindow;
  const page = inner.document.documentElement;
  const box = element => { const r = element.getBoundingClientRect(); return [r.left, r.top, r.width, r.height]; };
  const outside = [...inner.document.body.querySelectorAll("*")].filter(element =>
    element.getBoundingClientRect().right > page.clientWidth + 0.5 && !element.closest(".scroll"));
  const measured = {
    window: inner.innerWidth,
    visible: page.clientWidth,
    needed: page.scrollWidth,
    outside: outside.map(element => element.tagName + " " + element.textContent.slice(0, 80)),
    tables: [...inner.document.querySelectorAll("main .scroll:has(table)")].map(
      t => [t.scrollWidth, t.clientWidth, ...box(t)]),
    images: [...inner.document.images].map(image => ({
      complete: image.complete, natural: [image.naturalWidth, image.naturalHeight], box: box(image), alt: image.alt,
      frame: box(image.closest(".scroll"))
    })),
  };
  document.body.innerHTML = "";
  document.body.append(JSON.stringify(measured));
});
</script>
"""
"""A page within a page of the wanted width, since a window has a least width; it leaves only its measurements."""

REQUESTING = """<!DOCTYPE html><title>control</title><link rel="stylesheet" href="https://styles.invalid/a.css">
<img src="http://images.invalid/a.png"><p>A page that asks for more than it has.</p>"""

Browse = Callable[..., str]


@pytest.fixture(scope="module")
def browse(tmp_path_factory: pytest.TempPathFactory) -> Browse:
    """Opens a page with the given options, each time with a profile of its own, and returns what was printed."""

    def run(page: Path, *options: str) -> str:
        profile = tmp_path_factory.mktemp("profile")
        assert BROWSER is not None
        done = subprocess.run(
            [BROWSER, *QUIET, "--hide-scrollbars", f"--user-data-dir={profile}", *options, page.as_uri()],
            capture_output=True,
            timeout=180,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode(errors="replace")[-2_000:]
        return done.stdout.decode()

    return run


@pytest.fixture(scope="module")
def page(case_report: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """In a folder of its own, which the browser may write to."""
    return Path(shutil.copy(case_report / "report.html", tmp_path_factory.mktemp("report")))


@pytest.fixture(scope="module")
def pictures(case_report: Path) -> int:
    """How many pictures the report has: that of page 1, and those of the chapters."""
    data = json.loads((case_report / "report.json").read_text("utf-8"))
    return sum(len(chapter["figures"]) for chapter in data["chapters"]) + (data["brief"]["figure"] is not None)


@pytest.fixture(scope="module")
def measured(page: Path, browse: Browse) -> dict[int, dict[str, Any]]:
    """For each width what the page measures when it is shown in a frame, and a screenshot of the page itself."""
    inner = escape(page.read_text("utf-8"))

    def at(width: int) -> dict[str, Any]:
        frame = page.with_name(f"{width}.html")
        frame.write_text(FRAME % (width, TALL, inner), "utf-8")
        dom = browse(frame, f"--window-size={WIDE + 200},{TALL}", "--dump-dom")
        result: dict[str, Any] = json.loads(unescape(dom[dom.index("{") : dom.rindex("}") + 1]))
        picture = page.with_name(f"{width}.png")
        browse(page, f"--window-size={width},{TALL}", f"--screenshot={picture}")
        result["picture"] = imread(picture)[:, :, :3]
        return result

    with ThreadPoolExecutor(2) as pool:
        return dict(zip((WIDE, NARROW), pool.map(at, (WIDE, NARROW)), strict=True))


def requests_of_the_page(log: Path) -> list[str]:
    """The addresses that the page itself asked for; the browser's own requests have no origin."""
    text = log.read_text("utf-8")
    try:
        data = json.loads(text)
    except json.JSONDecodeError:
        # A browser that ends at once may leave the list of events open.
        data = json.loads(text.rstrip().rstrip(",") + "]}")
    names = {number: name for name, number in data["constants"]["logEventTypes"].items()}
    started = [event.get("params", {}) for event in data["events"] if names[event["type"]] == "URL_REQUEST_START_JOB"]
    return [
        request["url"]
        for request in started
        if "url" in request
        and (request.get("initiator") != "not an origin" or "file:" in request.get("network_isolation_key", ""))
    ]


class Dom(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag in ("title", "h1", "h2", "h3", "figcaption"):
            self.open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts[self.open[-1]][-1] += data


@pytest.fixture(scope="module")
def opened(page: Path, browse: Browse) -> tuple[Dom, list[str]]:
    """The page as the browser has it, and what it asked the network for."""
    log = page.with_name("net.json")
    return Dom(browse(page, f"--log-net-log={log}", "--dump-dom")), requests_of_the_page(log)


def test_the_page_asks_the_network_for_nothing(opened: tuple[Dom, list[str]]) -> None:
    _, requests = opened
    assert [address for address in requests if not address.startswith(("file:", "data:"))] == []


def test_the_log_would_show_a_request(browse: Browse, tmp_path: Path) -> None:
    """A control, so that an empty log means something."""
    page = tmp_path / "control.html"
    page.write_text(REQUESTING)
    log = tmp_path / "net.json"
    browse(page, f"--log-net-log={log}", "--dump-dom")
    assert set(requests_of_the_page(log)) >= {"https://styles.invalid/a.css", "http://images.invalid/a.png"}


def test_the_browser_reads_title_headings_and_figures(opened: tuple[Dom, list[str]], pictures: int) -> None:
    dom, _ = opened
    title = "Japan's sanctions and the Kuril Islands"
    assert dom.texts["title"] == [title]
    assert dom.texts["h1"] == [title]
    assert [heading for heading in dom.texts["h2"] if heading in {model.title for model in CASE.chapters}] == [
        model.title for model in CASE.chapters
    ]
    assert dom.texts["h3"].count("What it hangs on") == len(CASE.chapters)
    assert (dom.tags.count("img"), len(dom.texts["figcaption"])) == (pictures, pictures - 1), "page 1 explains its own"
    assert "script" not in dom.tags


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_picture_is_there_and_fits(width: int, measured: dict[int, dict[str, Any]], pictures: int) -> None:
    found = measured[width]
    assert found["window"] == width
    assert len(found["images"]) == pictures
    for image in found["images"]:
        assert image["complete"], image
        assert min(image["natural"]) > 100, image
        left, _, wide, _ = image["frame"]
        assert left >= 0, image
        assert left + wide <= found["visible"] + 0.5, image
        _, _, wide, tall = image["box"]
        assert wide >= min(480, image["natural"][0]) - 1, image
        assert tall / wide == pytest.approx(image["natural"][1] / image["natural"][0], rel=0.02), image
        assert image["alt"], image


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_page_never_scrolls_sideways(width: int, measured: dict[int, dict[str, Any]]) -> None:
    """On a narrow screen a table or a picture may scroll within itself; the page may not."""
    found = measured[width]
    assert found["needed"] <= found["visible"], found["outside"]
    assert found["outside"] == []
    for _, _, left, _, wide, _ in found["tables"]:
        assert left >= 0
        assert left + wide <= found["visible"] + 0.5


def test_no_table_needs_to_scroll_on_a_wide_screen(measured: dict[int, dict[str, Any]]) -> None:
    for needed, visible, *_ in measured[WIDE]["tables"]:
        assert needed <= visible + 1


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_screenshot_shows_text_and_the_first_figure(width: int, measured: dict[int, dict[str, Any]]) -> None:
    picture = measured[width]["picture"]
    assert picture.shape == (TALL, width, 3)
    dark = (picture < 0.5).all(axis=2)
    assert 0.005 < dark.mean() < 0.3
    rows = dark.any(axis=1)
    longest_gap = max(len(gap) for gap in "".join("x" if row else " " for row in rows).split("x"))
    assert longest_gap < 400, "a large part of the page is blank"
    left, top, wide, tall = (round(edge) for edge in measured[width]["images"][0]["box"])
    figure = picture[top : min(top + tall, TALL), left : left + wide]
    assert figure.shape[0] > 100
    if width == NARROW:  # the bars are seen once the picture is scrolled
        return
    blue = (np.abs(figure - np.array([0x00, 0x72, 0xB2]) / 255) < 0.1).all(axis=2)
    orange = (np.abs(figure - np.array([0xD5, 0x5E, 0x00]) / 255) < 0.1).all(axis=2)
    assert blue.sum() > 20, "what Japan gets is drawn in blue"
    assert orange.sum() > 20, "what Russia gets is drawn in orange"
