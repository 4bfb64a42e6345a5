"""What all figures share: the colours, the letters, and how a figure becomes SVG or PNG."""

import re
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from analyses.writing import check_file, write_file
from games.errors import InputError, listed, quoted
from games.tables import PLAYERS as PLAYERS

if TYPE_CHECKING:
    from collections.abc import Sequence

INK = "#1a1a1a"
FAINT = "#8c8c8c"
GROUNDS = ("#cfe3f1", "#f9ddc6", "#cdeadd", "#f3dcea", "#fbf3c4", "#e4e4e4", "#d7dcf3", "#efe2d3")
"""Light grounds for regions, dark text stays readable on each."""

KINDS = (".svg", ".png", ".pdf")
"""What a figure's file may be."""

LETTERS = {
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "epsilon": "ε",
    "zeta": "ζ",
    "eta": "η",
    "theta": "θ",
    "iota": "ι",
    "kappa": "κ",
    "lambda": "λ",
    "mu": "μ",
    "nu": "ν",
    "xi": "ξ",
    "pi": "π",
    "rho": "ρ",
    "sigma": "σ",
    "tau": "τ",
    "phi": "φ",
    "chi": "χ",
    "psi": "ψ",
    "omega": "ω",
    "ell": "ℓ",
}
"""Names of parameters that are set as letters."""

NAMES = re.compile(rf"\b({'|'.join(LETTERS)}|[A-Za-z])(?:_(\d)\b|(?=_)|\b)")
"""Such names within text, and single letters, with a number below them."""

_SETTINGS = {
    "svg.hashsalt": "parley",
    "svg.fonttype": "path",
    "font.family": "DejaVu Sans",
    "mathtext.fontset": "dejavusans",
    "path.simplify": False,
}


@dataclass(frozen=True, repr=False)
class Drawing:
    """A figure. ``description`` says in words what it shows, for readers who cannot see it; ``axes`` are its panels.

    Both are matplotlib's and can be restyled; what is written afterwards shows it.

    >>> from analyses.drawing.region_map import draw_regions
    >>> from analyses.regions import regions
    >>> from games.catalog import load
    >>> drawing = draw_regions(regions(load("conflict-expectations"), ("D", "c_t")))
    >>> drawing.svg[:5], drawing.png[1:4], drawing.pdf[:4]
    (b'<?xml', b'PNG', b'%PDF')
    """

    figure: Figure
    description: str
    axes: tuple[Axes, ...] = ()

    @property
    def svg(self) -> bytes:
        """The figure as SVG with its letters as outlines; the same bytes every time."""
        buffer = BytesIO()
        with mpl.rc_context(_SETTINGS):
            self.figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
        return buffer.getvalue()

    @property
    def png(self) -> bytes:
        """The figure as PNG at 150 dots an inch."""
        buffer = BytesIO()
        with mpl.rc_context(_SETTINGS):
            self.figure.savefig(buffer, format="png", dpi=150, metadata={"Software": None})
        return buffer.getvalue()

    @property
    def pdf(self) -> bytes:
        """The figure as PDF; the same bytes every time."""
        buffer = BytesIO()
        with mpl.rc_context(_SETTINGS):
            self.figure.savefig(
                buffer, format="pdf", metadata={"CreationDate": None, "Creator": None, "Producer": None}
            )
        return buffer.getvalue()

    def to_file(self, path: Path | str) -> Path:
        """Writes the figure as SVG, PNG or PDF, as the name ends. Raises `InputError` where that cannot be."""
        kind = figure_kind(path)
        return write_file(path, {".svg": lambda: self.svg, ".png": lambda: self.png, ".pdf": lambda: self.pdf}[kind]())

    def __repr__(self) -> str:
        return self.description

    def _repr_png_(self) -> bytes:
        return self.png


def figure_kind(path: Path | str) -> str:
    """How the name of a figure's file ends. Raises `InputError` for a file that cannot be one, and writes nothing."""
    kind = check_file(path).suffix.lower()
    if kind not in KINDS:
        raise InputError(f"a figure is written as {listed(KINDS)}, and {quoted(str(path))} is none of these")
    return kind


def blank(width: float, height: float) -> Figure:
    """An empty figure of that size in inches, outside any global state."""
    with mpl.rc_context(_SETTINGS):
        figure = Figure(figsize=(width, height), facecolor="white")
        FigureCanvasAgg(figure)
    return figure


def mathematical(name: str) -> str:
    """A parameter's name as a formula: ``rho_3`` is set as ρ with the subscript 3."""
    base, _, subscript = name.partition("_")
    letter = f"\\{base}" if base in LETTERS else base
    return f"${letter}_{{{subscript.replace('_', ',')}}}$" if subscript else f"${letter}$"


def in_greek(text: str) -> str:
    """Text with the names of parameters in it as Greek letters, numbers below them."""
    return NAMES.sub(lambda name: LETTERS.get(name[1], name[1]) + (chr(0x2080 + int(name[2])) if name[2] else ""), text)


@lru_cache(maxsize=50_000)
def text_width(text: str, size: float) -> float:
    """The width in inches of a line of text, for layout."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    width, _, _ = text_to_path.get_text_width_height_descent(
        text, FontProperties(family="DejaVu Sans", size=size), False
    )
    return float(width) / 72


def fitted(text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """The text in lines no wider than ``width`` inches, as far as its words allow."""
    broad = 1.12 if bold else 1.0
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and broad * text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def wrapped(text: str, width: int) -> str:
    """The text broken into lines of at most ``width`` characters."""
    from textwrap import fill

    return fill(text, width, break_long_words=False)


def escaped(text: str) -> str:
    """Text to stand beside a formula in one string: its dollar signs do not open another."""
    return text.replace("$", r"\$")


def clear_frame(axes: "Sequence[object]") -> None:
    """Takes the upper and right edge off plots."""
    for plot in axes:
        for side in ("top", "right"):
            plot.spines[side].set_visible(False)  # type: ignore[attr-defined]
