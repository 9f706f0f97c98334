"""The HTML reader: blocks, their places, and soup that must not hurt it."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from flows.text.clean.page.elements import read_attributes, squash
from flows.text.clean.page.markup import MAX_BLOCKS, MAX_DEPTH, read_page

TAGS = (
    "<p> </p> <div> </div> <b> </b> <br> <li> <ul> </ul> <td> <table> </table> <a> </a> <h2> </h2> <img> "
    "<!-- -->"
)
WORDS = ("&amp;", "&lt;", "&nbsp;", "rain", "river ", "42", "é", "東京", " ", "\n")
PIECES = st.sampled_from((*TAGS.split(), *WORDS))


def texts(source: str) -> list[str]:
    return [block.text for block in read_page(source).blocks]


def test_blocks_end_where_block_tags_do() -> None:
    assert texts("<div>One <b>bold</b> word<p>Two</p>Three<ul><li>Four<li>Five</ul></div>") == [
        "One bold word",
        "Two",
        "Three",
        "Four",
        "Five",
    ]


def test_span_encloses_the_text_with_its_entities() -> None:
    source = "<div><p>\n  The caf&eacute; <i>&amp;</i> bar </p></div>"
    (block,) = read_page(source).blocks
    assert block.text == "The café & bar"
    assert source[block.raw_start : block.raw_end] == "The caf&eacute; <i>&amp;</i> bar"


def test_two_line_breaks_part_paragraphs_and_one_does_not() -> None:
    assert texts("<div>First line<br>goes on.<br><br>Second.<br>\n<br/>Third.</div>") == [
        "First line goes on.",
        "Second.",
        "Third.",
    ]


def test_one_line_break_parts_whole_sentences_of_some_length() -> None:
    line = "The council of Veldora met on Monday and voted for the ferry, the bridge and the tunnel."
    assert texts(f"<div>{line}<br>{line}<br>Roses<br>are red</div>") == [line, line, "Roses are red"]


def test_scripts_styles_and_pictures_hold_no_text() -> None:
    page = read_page(
        "<title>T &amp; U</title><script>if (a<b) {'</p>'}</script><svg><text>x</text></svg><p>Text</p>"
    )
    assert [block.text for block in page.blocks] == ["Text"]
    assert page.title == "T & U"
    assert page.scripts[0][1] == "if (a<b) {'</p>'}"


def test_links_and_bold_are_counted_in_characters() -> None:
    (block,) = read_page('<p>See <a href="/x">this page</a> and <b>that</b></p>').blocks
    assert (block.linked, block.strong) == (len("this page"), len("that"))


def test_a_greater_than_sign_in_an_attribute_does_not_end_the_tag() -> None:
    assert texts("<p data-x=\"a > b\" title='c > d'>Text</p>") == ["Text"]


def test_attributes_quoted_bare_and_empty() -> None:
    assert read_attributes(' a="1 &amp; 2" B=\'3\' c=4 hidden a="5"') == {
        "a": "1 & 2",
        "b": "3",
        "c": "4",
        "hidden": "",
    }


def test_an_end_tag_of_inline_markup_does_not_close_the_paragraph_in_it() -> None:
    page = read_page("<article><b><p>One</b> two</p></article>")
    assert [block.text for block in page.blocks] == ["One two"]
    assert [element.tag for element in page.blocks[0].element.chain()][:3] == ["p", "b", "article"]


def test_nesting_is_bounded() -> None:
    page = read_page("<div>" * 5000 + "deep" + "</div>" * 5000 + "<p>after</p>")
    assert [block.text for block in page.blocks] == ["deep", "after"]
    assert max(element.depth for element in page.elements) < MAX_DEPTH


def test_reading_stops_at_the_limit_of_blocks() -> None:
    page = read_page("<p>x" * (MAX_BLOCKS + 10))
    assert len(page.blocks) == MAX_BLOCKS
    assert not page.complete


def test_unclosed_constructs_swallow_no_more_than_the_rest() -> None:
    for tail in ("<!-- never closed", "<script>never", "<a href='never", "<p", "</p"):
        assert texts(f"<p>Kept</p>{tail}") == ["Kept"]


@given(st.lists(PIECES, max_size=60).map("".join))
def test_blocks_stand_in_order_and_enclose_their_text(source: str) -> None:
    end = 0
    for block in read_page(source).blocks:
        assert end <= block.raw_start < block.raw_end <= len(source)
        end = block.raw_end
        inside = re.sub(r"<!--.*?(-->|$)|<[^>]*>", "", source[block.raw_start : block.raw_end], flags=re.S)
        assert squash(unescape(inside)).replace(" ", "") == block.text.replace(" ", "")
        assert block.linked <= len(block.text)


@given(st.text(alphabet="<>/!-\"'= abp&;\n\x00é", max_size=200))
def test_any_soup_is_read(source: str) -> None:
    for block in read_page(source).blocks:
        assert 0 <= block.raw_start < block.raw_end <= len(source)
