"""How the flagship course is built."""

import sys
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).with_name("_ext")))

project = "Reading Neural Networks"
author = "The authors of Reading Neural Networks"
copyright = "2026, the authors; text under CC BY-SA 4.0"  # noqa: A001 - Sphinx names it so
language = "en"

extensions = ["sphinx_mi_ext", "guide_reference"]
exclude_patterns = ["_build", "_ext", "labs/**", "Thumbs.db", ".DS_Store"]
templates_path = ["_templates"]
nitpicky = True

# Topics of the curriculum that are not written yet: links to them are shown as planned.
course_planned = yaml.safe_load(Path(__file__).with_name("planned.yaml").read_text(encoding="utf-8"))
course_math_macros = {"R": r"\mathbb{R}", "E": r"\mathbb{E}", "argmax": r"\operatorname*{arg\,max}"}

myst_enable_extensions = ["amsmath", "attrs_inline", "colon_fence", "deflist", "dollarmath", "smartquotes"]
myst_dmath_allow_space = False  # so that prices such as $1.50 and $2.00 in one sentence stay text
myst_footnote_transition = False
myst_heading_anchors = 3

bibtex_bibfiles = ["../references.bib"]
suppress_warnings: list[str] = []

numfig = True
math_numfig = False  # equations are numbered within their topic
numfig_format = {"figure": "Figure %s", "table": "Table %s", "code-block": "Listing %s", "section": "Section %s"}

html_theme = "sphinx_book_theme"
html_title = project
html_baseurl = ""
html_favicon = "_static/icon.svg"
html_sidebars = {"index": [], "**": ["mi-sidebar-head.html", "mi-nav.html"]}
html_copy_source = False
html_show_sourcelink = False
html_theme_options = {
    "article_header_start": ["mi-bar-start.html"],
    "article_header_end": ["mi-bar-end.html"],
    "secondary_sidebar_items": [],
    "use_download_button": False,
    "use_fullscreen_button": False,
    "footer_content_items": [],
    "primary_sidebar_end": [],
    "back_to_top_button": False,
    "home_page_in_toc": False,
    "search_bar_text": "Search the course",
}
course_lean_theme = True

linkcheck_retries = 2
linkcheck_timeout = 15
linkcheck_workers = 8
linkcheck_anchors_ignore_for_url = [r"https://github\.com/.*"]
