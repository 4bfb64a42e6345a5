"""The report's page under the hands of a reader: keys alone, no script, light and dark, wide and narrow."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from browser.devtools import BROWSER, Tab, browser

pytestmark = pytest.mark.skipif(BROWSER is None, reason="neither chromium nor google-chrome is installed")

WIDE, NARROW, TALL = 1280, 390, 900

LINKS = """[...document.querySelectorAll("a[href]")].map(a => {
  const to = document.getElementById(decodeURIComponent(a.hash.slice(1)));
  return [a.closest("nav") !== null, a.textContent, a.getAttribute("href"), to && to.tagName, to && to.textContent];
})"""

PLACE = """(() => {
  const here = document.getElementById(location.hash.slice(1)).getBoundingClientRect();
  return {hash: location.hash, top: here.top, nav: getComputedStyle(document.querySelector("nav")).display};
})()"""

FAINT = """(() => {
  const parsed = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = colour => {
    const [r, g, b] = parsed(colour).slice(0, 3).map(c => c / 255)
      .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = element => {
    const own = element ? getComputedStyle(element).backgroundColor : "rgb(255, 255, 255)";
    const [, , , alpha] = parsed(own);
    return alpha === 0 ? ground(element.parentElement) : own;
  };
  const pairs = {};
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement, style = getComputedStyle(element);
    if (!walker.currentNode.textContent.trim() || style.visibility === "hidden") continue;
    const [a, b] = [light(style.color), light(ground(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    pairs[`${element.tagName} ${element.className} ${style.color} on ${ground(element)}`] = ratio;
  }
  return pairs;
})()"""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with browser(tmp_path_factory.mktemp("profile")) as tab:
        yield tab


def opened(tab: Tab, folder: Path, width: int, *, dark: bool = False) -> Tab:
    tab.open(folder / "report.html", width, TALL, dark=dark)
    return tab


@pytest.fixture
def wide(running: Tab, case_report: Path) -> Tab:
    return opened(running, case_report, WIDE)


@pytest.fixture
def narrow(running: Tab, case_report: Path) -> Tab:
    return opened(running, case_report, NARROW)


def focused(tab: Tab) -> Any:
    return tab.value("[document.activeElement.tagName, document.activeElement.textContent.trim()]")


def test_every_link_leads_somewhere_and_those_of_the_contents_to_headings(wide: Tab) -> None:
    links = wide.value(LINKS)
    assert [link for link in links if link[3] is None] == []
    contents = [link for link in links if link[0] and link[1] != "Close"]
    assert len(contents) > 30
    assert [link for link in contents if link[3] not in ("H2", "H3") or link[1] != link[4]] == []
    listed = {link[2] for link in contents}
    headings = set(wide.value("[...document.querySelectorAll('main h2[id], main h3[id]')].map(h => '#' + h.id)"))
    assert headings == listed


def test_nothing_is_asked_for_and_nothing_complained_of(wide: Tab) -> None:
    asked = [event["request"]["url"] for event in wide.told("Network.requestWillBeSent")]
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    for complaint in ("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown"):
        assert wide.told(complaint) == []


def test_a_complaint_would_be_heard(running: Tab, tmp_path: Path) -> None:
    """A control, so that silence means something."""
    (tmp_path / "report.html").write_text(
        "<!DOCTYPE html><title>control</title><img src='https://images.invalid/a.png'>"
    )
    tab = opened(running, tmp_path, WIDE)
    assert any("images.invalid" in event["request"]["url"] for event in tab.told("Network.requestWillBeSent"))
    tab.value("1")
    assert tab.told("Log.entryAdded") != []


def test_the_contents_stay_in_view(wide: Tab) -> None:
    wide.value("window.scrollTo(0, document.documentElement.scrollHeight / 2)")
    box = wide.value(
        "(({top, bottom, width}) => [top, bottom, width])(document.querySelector('nav').getBoundingClientRect())"
    )
    assert box[:2] == [0, TALL]
    assert 200 < box[2] < 400


def test_on_a_narrow_screen_a_bar_with_the_contents_stays_in_view(narrow: Tab) -> None:
    narrow.value("window.scrollTo(0, document.documentElement.scrollHeight / 2)")
    assert narrow.value("document.querySelector('.bar').getBoundingClientRect().top") == 0
    assert narrow.value("document.querySelector('.bar a').getAttribute('href')") == "#contents"


def test_the_keyboard_skips_to_the_text_and_goes_through_the_contents(wide: Tab) -> None:
    wide.press("Tab")
    assert focused(wide) == ["A", "Skip to the report"]
    wide.press("Enter")
    assert focused(wide)[0] == "MAIN"
    opening = wide.value("document.querySelector('nav li a').focus(), document.activeElement.textContent")
    assert opening == "In brief"
    for _ in range(3):
        wide.press("Tab")
    name = focused(wide)[1]
    wide.press("Enter")
    place = wide.value(PLACE)
    assert wide.value("document.querySelector(location.hash).textContent") == name
    assert 0 <= place["top"] < TALL / 4


def test_on_a_narrow_screen_the_keyboard_opens_the_contents_and_a_link_closes_them(narrow: Tab) -> None:
    narrow.press("Tab")
    narrow.press("Tab")
    assert focused(narrow) == ["A", "Contents"]
    assert narrow.value("getComputedStyle(document.querySelector('nav')).display") == "none"
    narrow.press("Enter")
    assert narrow.value("getComputedStyle(document.querySelector('nav')).display") == "block"
    for _ in range(4):
        narrow.press("Tab")
    assert narrow.value("document.activeElement.closest('nav') !== null")
    narrow.press("Enter")
    place = narrow.value(PLACE)
    assert place["nav"] == "none"
    assert place["hash"] != "#contents"
    bar = narrow.value("document.querySelector('.bar').getBoundingClientRect().bottom")
    assert bar <= place["top"] < TALL / 4


def test_the_argument_behind_a_verdict_opens_with_a_key(wide: Tab) -> None:
    wide.value("document.querySelector('summary').focus()")
    assert not wide.value("document.querySelector('details').open")
    wide.press("Enter")
    assert wide.value("document.querySelector('details').open")
    assert wide.value("document.querySelector('details p').checkVisibility()")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_all_letters_stand_out_from_their_ground(dark: bool, running: Tab, case_report: Path) -> None:
    """As WCAG 2 asks of small letters: 4.5 to 1."""
    ratios = opened(running, case_report, WIDE, dark=dark).value(FAINT)
    assert len(ratios) > 20
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 4.5} == {}
    ground = running.value("getComputedStyle(document.body).backgroundColor")
    assert (ground == "rgb(255, 255, 255)") is not dark


def test_on_a_narrow_screen_tables_fold_or_scroll_and_nothing_is_cut(narrow: Tab) -> None:
    assert narrow.value("document.documentElement.scrollWidth <= innerWidth")
    hidden = narrow.value(
        "[...document.querySelectorAll('main table')].filter(t => t.scrollWidth > t.closest('.scroll').clientWidth + 1"
        " && getComputedStyle(t.closest('.scroll')).overflowX !== 'auto').length"
    )
    assert hidden == 0
    assert narrow.value(
        "[...document.querySelectorAll('table.fold tr')].every(r => getComputedStyle(r).display === 'block')"
    )
    assert narrow.value(
        "[...document.querySelectorAll('table.fold, .argument-map')]"
        ".every(e => e.getBoundingClientRect().right <= innerWidth + 1)"
    )
