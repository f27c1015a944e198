"""The check of links within the book."""

from __future__ import annotations

import pytest

from tools.links import broken_links, main


def test_links_that_lead_nowhere_are_named_with_their_lines(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text(
        '<p id="here">\n<a href="../b/">b</a>\n<a href="#here"></a><a href="#there"></a>'
    )
    (tmp_path / "index.html").write_text('<a href="a/#here"></a><a href="https://example.org/x"></a><img src="no.png">')
    assert broken_links(tmp_path) == [
        "a/index.html:2: ../b/: no such page or file",
        "a/index.html:3: #there: the page has no anchor 'there'",
        "index.html:1: no.png: no such page or file",
    ]
    assert main([str(tmp_path)]) == 1


def test_wrong_usage_is_one_sentence(capsys):
    assert main([]) == 2
    assert capsys.readouterr().err == "usage: python -m tools.links FOLDER\n"


@pytest.mark.xdist_group("flagship")
def test_every_link_within_the_flagship_leads_somewhere(flagship):
    assert broken_links(flagship.folder) == []
