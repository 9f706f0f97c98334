"""Roles of the blocks of a page."""

import pytest

from flows.text.clean.page.judge import PageHints, judge_blocks
from flows.text.clean.page.markup import read_page
from flows.text.types import Role

from .page_samples import PARAGRAPHS, STANDFIRST, news_page


def roles(source: str, hints: PageHints | None = None) -> dict[str, Role]:
    page = read_page(source)
    pictures = [element for element in page.elements if element.tag == "img"]
    judged = judge_blocks(page.blocks, pictures, hints or PageHints())
    return {block.text: role for block, role in zip(page.blocks, judged, strict=True)}


def text_of(source: str, hints: PageHints | None = None) -> list[str]:
    return [text for text, role in roles(source, hints).items() if role in ("body", "subheading")]


def paragraphs(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def test_the_article_and_nothing_else() -> None:
    assert text_of(news_page()) == [
        STANDFIRST,
        *PARAGRAPHS[:2],
        "Cracks in the pillars",
        *PARAGRAPHS[2:],
    ]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Veldora to close harbour bridge", "headline"),
        ("By Ines Halloran and Tom Okafor", "byline"),
        ("The bridge in winter. (Photo: Mira Sand)", "caption"),
        ("Cracks in the pillars", "subheading"),
        ("Advertisement", "boilerplate"),
        ("Home", "boilerplate"),
        ("Read more: Why the tunnel under the harbour was never built", "boilerplate"),
        ("Sign up to our newsletter and get the best stories of the day in your inbox.", "boilerplate"),
        ("Ines Halloran has covered the city hall of Veldora for the Courier since 2019.", "byline"),
        ("The organisers said that the old date was too cold.", "boilerplate"),
    ],
)
def test_role_of(text: str, role: Role) -> None:
    assert roles(news_page())[text] == role


def test_furniture_names_do_not_count_where_the_text_stands_in_them() -> None:
    source = "".join(f'<div class="article-widget promo"><p>{line}</p></div>' for line in PARAGRAPHS)
    assert text_of(f"<body>{source}</body>") == list(PARAGRAPHS)


def test_a_consent_wall_longer_than_the_article_is_still_none() -> None:
    wall = paragraphs(
        *(f"We use cookies of kind {n} to remember what you read here every day." for n in range(40))
    )
    assert text_of(
        f"<body><article>{paragraphs(*PARAGRAPHS)}</article><div id='onetrust-sdk'>{wall}</div></body>"
    ) == list(PARAGRAPHS)


def test_many_teasers_weigh_less_than_one_article() -> None:
    teasers = "".join(
        f"<div><div><h3><a>Story {n}</a></h3><div><p class='excerpt'>"
        f"What happened in district {n} surprised everybody there.</p></div></div></div>"
        for n in range(30)
    )
    assert text_of(
        f"<body><div><div>{paragraphs(*PARAGRAPHS)}</div><div>{teasers}</div></div></body>"
    ) == list(PARAGRAPHS)


def test_text_in_two_containers_is_found_in_both() -> None:
    first, second = paragraphs(*PARAGRAPHS[:1]), paragraphs(*PARAGRAPHS[1:])
    assert text_of(
        f"<article><div>{first}</div><div class=ad>Advertisement</div><div>{second}</div></article>"
    ) == list(PARAGRAPHS)


def test_a_pull_quote_stands_once() -> None:
    quote = "Nobody will be hurt on my watch"
    before, after = paragraphs(*PARAGRAPHS[:3]), paragraphs(*PARAGRAPHS[3:])
    source = f"<article>{before}<blockquote>{quote}</blockquote>{after}</article>"
    assert roles(source)[quote] == "boilerplate"


def test_a_short_last_sentence_belongs_to_the_text() -> None:
    assert (
        text_of(f"<article>{paragraphs(*PARAGRAPHS, 'Nobody laughed.')}</article>")[-1] == "Nobody laughed."
    )


def test_a_list_of_sentences_is_text_and_a_list_of_tags_is_not() -> None:
    items = ("The ferry leaves at six in the morning on working days", "Harbour", "Bridges")
    listed = "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
    found = text_of(f"<article>{paragraphs(*PARAGRAPHS[:2])}{listed}{paragraphs(*PARAGRAPHS[2:])}</article>")
    assert items[0] in found
    assert not {*items[1:]} & {*found}


def test_names_above_the_text_are_a_byline() -> None:
    assert roles(f"<article><p><b>Ines Halloran/Tom Okafor</b></p>{paragraphs(*PARAGRAPHS)}</article>")[
        "Ines Halloran/Tom Okafor"
    ] == ("byline")


def test_a_bold_line_is_a_subheading() -> None:
    line = "<strong>Cracks in the pillars</strong>"
    source = f"<article>{paragraphs(PARAGRAPHS[0], line, *PARAGRAPHS[1:])}</article>"
    assert roles(source)["Cracks in the pillars"] == "subheading"


def test_text_beside_a_picture_is_its_caption() -> None:
    picture = "<div class=x1><img src=a.jpg><div class=x2>The bridge in winter</div></div>"
    source = f"<article>{paragraphs(*PARAGRAPHS[:2])}{picture}{paragraphs(*PARAGRAPHS[2:])}</article>"
    assert roles(source)["The bridge in winter"] == "caption"


def test_a_page_without_prose_has_no_text() -> None:
    assert text_of("<nav><a href=/>Home</a></nav><h1>Videos</h1>") == []
    assert judge_blocks([], [], PageHints()) == []


def test_text_in_a_script_without_spaces_between_words() -> None:
    lines = (
        "市長は月曜日に古い橋を五月に閉鎖すると発表した。これは議会の決定である。",
        "技術者は昨年の秋に九本の柱のうち二本に亀裂を見つけたと報告している。",
    )
    assert text_of(f"<article>{paragraphs(*lines)}</article>") == list(lines)


def test_comments_are_none_of_the_article_however_many() -> None:
    comment = (
        "<div class=comment><p>I think that idea number {} is the best I ever read about in town.</p></div>"
    )
    comments = "".join(comment.format(number) for number in range(40))
    article = f"<article class=has-comments>{paragraphs(*PARAGRAPHS)}</article>"
    assert text_of(f"{article}<section id=comments>{comments}</section>") == list(PARAGRAPHS)


def test_of_two_articles_on_a_page_the_first_is_taken() -> None:
    second = paragraphs(*(f"{line} This was in another town." for line in PARAGRAPHS))
    source = (
        f"<article><h1>One</h1>{paragraphs(*PARAGRAPHS)}</article><article><h1>Two</h1>{second}</article>"
    )
    assert text_of(source) == list(PARAGRAPHS)


def test_posts_of_a_live_blog_are_one_text() -> None:
    posts = "".join(
        f"<article><h2>At {n}</h2><div><p>{p}</p></div></article>" for n, p in enumerate(PARAGRAPHS)
    )
    found = text_of(f"<h1>Live</h1><div>{posts}</div>")
    assert [line for line in found if line in PARAGRAPHS] == list(PARAGRAPHS)


def test_a_second_heading_is_a_standfirst() -> None:
    deck = "Ferry to run until a new crossing is built"
    source = f"<div><h1>Bridge to close</h1><h2>{deck}</h2><i>4 March</i>{paragraphs(*PARAGRAPHS)}</div>"
    assert roles(source)[deck] == "body"


def test_words_hidden_from_readers_are_no_text() -> None:
    link = '<a href="/x">the report<span class="sr-only">, opens new tab</span></a>'
    hidden = f"See {link} of the city on its two pillars."
    assert "See the report of the city on its two pillars." in text_of(
        f"<article>{paragraphs(*PARAGRAPHS, hidden)}"
    )


def test_a_letter_in_a_hashed_name_is_no_advertisement() -> None:
    source = "".join(f'<div class="x{n}qAdz"><p>{line}</p></div>' for n, line in enumerate(PARAGRAPHS))
    assert text_of(f"<main>{source}</main>") == list(PARAGRAPHS)
