"""How Sphinx builds the documentation; `make docs` lays out the pages first (`lay_out.py`)."""

from typing import Any

from pygments.lexers.special import TextLexer

import games

project = "Parley"
author = "the authors of Parley"
project_copyright = "the authors of Parley"
version = release = games.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc"]
source_suffix = {".md": "markdown"}
nitpicky = False

myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]

default_role = "literal"
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True, "no-value": True}
python_use_unqualified_type_names = True

html_theme = "furo"
html_title = "Parley"
html_copy_source = False
html_show_sourcelink = False
html_theme_options = {"navigation_with_keys": False}


def setup(app: Any) -> None:
    """Tables of a spreadsheet are shown as they are; there are no colours for them."""
    app.add_lexer("csv", TextLexer)
