"""What a figure really writes and where, and whether a reader can read it all."""

from itertools import combinations
from typing import Any

import pytest
from matplotlib.cbook import is_math_text
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from analyses.drawing.figures import Drawing


def drawn_texts(drawing: Drawing, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Bbox]]:
    """Every text that is really drawn, with the box around it in pixels; read off while matplotlib draws."""
    seen: dict[int, Text] = {}
    draw = Text.draw

    def watched(self: Text, renderer: Any, *others: Any, **named: Any) -> Any:
        if self.get_visible() and self.get_text().strip():
            seen[id(self)] = self
        return draw(self, renderer, *others, **named)

    with monkeypatch.context() as patch:
        patch.setattr(Text, "draw", watched)
        drawing.figure.canvas.draw()
    renderer = drawing.figure.canvas.get_renderer()  # type: ignore[attr-defined]
    return [(as_read(text), text.get_window_extent(renderer)) for text in seen.values()]


def as_read(text: Text) -> str:
    """What a reader sees of a text; a formula, which matplotlib finds between dollar signs, in angle brackets."""
    written = text.get_text()
    if not text.get_parse_math():
        return written
    return f"⟨{written}⟩" if is_math_text(written) else written.replace(r"\$", "$")


def misplaced(drawing: Drawing, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that overlap another or stick out of the figure."""
    texts = drawn_texts(drawing, monkeypatch)
    assert texts
    paper = drawing.figure.bbox
    found = [f"{text!r} sticks out" for text, box in texts if box.x0 < 0 or box.y0 < 0 or box.x1 > paper.width]
    found += [f"{text!r} sticks out above" for text, box in texts if box.y1 > paper.height]
    for (text, box), (other, its) in combinations(texts, 2):
        wide = min(box.x1, its.x1) - max(box.x0, its.x0)
        tall = min(box.y1, its.y1) - max(box.y0, its.y0)
        if wide > 0 and tall > 0:
            found.append(f"{text!r} and {other!r} overlap")
    return found
