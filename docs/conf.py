"""How Sphinx builds the documentation; `make docs` lays out the pages first (`lay_out.py`)."""

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
