"""The role of one block from its own words and place."""

from __future__ import annotations

import pytest

from flows.text.clean.furniture import find_icon_labels, find_trailing_teaser
from flows.text.clean.roles import classify_block, classify_words
from flows.text.types import Role

PROSE = "The harbour of Port Lanner reopened on Monday, the authority said."

BOILERPLATE = [
    "Advertisement",
    "ADVERTISEMENT",
    "Read more",
    "Share on Facebook",
    "Home > News > World",
    "News World",
    "Share | Tweet | Email",
    "Politics Middle East Opinion",
    "READ MORE: Ferry to Lanner islands runs again",
    "Watch: Ferry hits the pier.",
    "See also: Lanner council seeks a meeting with the U.N. Harbour Office",
    "READ MORE: Who pays for the harbour? The council does not know.",
    "Follow the Lanner Gazette on Google News and add us as a preferred source.",
    "Add the Lanner Gazette as a Preferred Source on Google",
    "Do not sell my personal information | Privacy policy",
    "Related: Five things to know about the harbour",
    "More: Council delays vote on harbour fees",
    "[How the harbour of Port Lanner came to be closed]",
    "Sign up for our morning newsletter",
    "Get the day's headlines in our newsletter. Subscribe here.",
    "Copyright © 2021 The Lanner Gazette. All rights reserved.",
    "© 2021 Lanner Gazette",
    "This material may not be published, broadcast or redistributed.",
    "https://lanner.example/harbour",
    "___",
    "* * *",
    "1.2k shares",
    "Listen · 0:29",
    "Comments (12)",
    ".bio-text {",
    "padding-left: 80px;",
    "<div class='teaser'>",
    "FERRY COMPANY SUES COUNCIL OVER HARBOUR FEES",
    "Write to Jane Doe at jane.doe@lanner.example",
    "Read or Share this story: https://lanner.example/2BXvhLQ",
    "More: Is the harbour safe? The mayor answers",
    "(RELATED: Five Questions About The Harbour Vote)",
    "The Harbour Letter What you need to know about the ferries, delivered to your inbox every Monday. "
    "Please verify you're not a robot by clicking the box. Invalid email address. Please re-enter. You must "
    "select a newsletter to subscribe to. Sign Up You agree to receive occasional updates and special offers "
    "for the products and services of the Lanner Gazette. Thank you for subscribing. View all newsletters.",
    "Follow her on Twitter @janedoe",
]
CAPTIONS = [
    "The ferry leaves the harbour on its first day (Jane Doe/Lanner Gazette via AP)",
    "The ferry leaves the harbour. (AP Photo/John Roe)",
    "The ferry leaves the harbour at dawn Image: KCNA/REUTERS",
    "The ferry leaves the harbour in March 2021. REUTERS/John Roe",
    "The mayor opens the harbour. Photograph: Jane Doe/Getty Images",
    "FILE - In this March 3, 2021, file photo, the ferry leaves the harbour.",
    "Image copyright Getty Images Image caption The ferry leaves the harbour",
    "Photos: The harbour of Port Lanner The ferry leaves at dawn. Hide Caption 1 of 3 Photos: The harbour of "
    "Port Lanner The mayor waits at the pier. Hide Caption 2 of 3 Photos: The harbour of Port Lanner",
    "GETTY The ferry will leave the harbour for the last time in March",
    "Enlarge this image toggle caption Jane Doe/AP Jane Doe/AP",
    "Reuters The ferry left the harbour of Port Lanner at dawn",
    "The mayor (pictured left) opened the harbour on Monday",
    "The cup is lifted by the captain (Getty Images)",
]
CREDITS = [
    "ss/fb (AFP, Reuters)",
    "jd (dpa)",
    "jd/mr (LNW, own reporting)",
    "Additional reporting from agencies",
    "With Lanner wire services",
    "(h/t Lanner Gazette)",
    "Reuters",
    "(AP, AFP)",
    "Jane Doe/Getty Images",
    "Photo: John Roe",
    "The Associated Press contributed to this report.",
    "Jane Doe in Port Lanner contributed reporting.",
    "(Reporting by Jane Doe; Editing by John Roe)",
    "— With assistance by John Roe",
    "Contributing: Jane Doe, Lanner Gazette",
]
BYLINES = [
    "By Press Association",
    "By Jane Doe",
    "By JANE DOE and JOHN ROE",
    "By Jane Doe, Staff Writer",
    "By Jane Doe | Lanner Gazette",
]
METADATA = [
    "Published: 25 July 2021",
    "Lanner Wire | Updated: 2021-09-15 17:52",
    "Updated at 9:50 p.m. ET Thursday",
    "4 min read",
    "This article is more than 2 years old",
    "LENGTH: 845 words",
    "Load-Date: March 3, 2021",
]
# What looks like one of the above and is none: the sentences that must not be lost.
BODY = [
    PROSE,
    "The harbour authority will stop its newsletter, which 40,000 people subscribe to, and move what it told "
    "them every week to a page on which one may log in, leave a comment and read how the ferries run; those "
    "who cannot read there may still have it by post, as the authority said it has been from the first day.",
    "“No,” she said.",
    "He added:",
    "By Monday, the harbour was open again.",
    "By the time the ferry left, the mayor had resigned.",
    "Support for the mayor stands at 41 percent, according to a poll by Reuters/Ipsos.",
    "The exhibition shows photographs by Ansel Brown.",
    "The fees have contributed to the decline of the harbour.",
    "Share prices fell 3 percent on Monday.",
    "Home prices, news and weather dominate the page.",
    "More than 100 people were on board.",
    "Related costs rose to $3 million, the council said.",
    "Video: the mayor called it a mistake. The council called it a crime.",
    "2021 could see a breakthrough: the council plans a second harbour.",
    "The statue has become an icon of the town, and its logo shows the square.",
    "Updated forecasts see growth of 3 percent.",
    "[The mayor] did not answer.",
    "Port Lanner is quiet. (Its name comes from the falcon.)",
    "The council voted 7-2.",
    "Watch: nobody will pay, the mayor said.",
    "Fans sent a simple message to the owners of the ferry: do not sell our only ship.",
    "The two will make her a preferred source of advice, the mayor said.",
    "With crossed wires and no light, the ferry left.",
    "Follow the money, the mayor said on Tuesday.",
    "Reuters reported that the harbour was closed.",
    "Why?",
    "I do.",
]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        *((text, "boilerplate") for text in BOILERPLATE),
        *((text, "caption") for text in CAPTIONS),
        *((text, "credit") for text in CREDITS),
        *((text, "byline") for text in BYLINES),
        *((text, "metadata") for text in METADATA),
    ],
)
def test_words_give_the_role(text: str, role: Role) -> None:
    assert classify_block(text) == role


@pytest.mark.parametrize("text", BODY)
def test_sentences_stay_body(text: str) -> None:
    assert classify_words(text) is None
    assert classify_block(text, position=0.5, previous=PROSE, following=PROSE) == "body"


def test_an_unfinished_first_line_is_the_headline() -> None:
    assert classify_block("Port Lanner reopens its harbour", position=0.0, following=PROSE) == "headline"


def test_a_short_line_between_paragraphs_is_a_subheading() -> None:
    line = "A long wait"
    assert classify_block(line, position=0.5, previous=PROSE, following=PROSE) == "subheading"
    assert classify_block(line) == "body"


def test_an_agency_in_brackets_signs_the_article_or_credits_a_picture() -> None:
    text = "The ferry left on Monday. (Reuters)"
    assert classify_block(text, position=0.0) == "caption"
    assert classify_block(text, position=1.0) == "body"


def test_a_date_line_is_metadata_in_the_head_only() -> None:
    assert classify_block("Monday, July 25, 2021", position=0.05) == "metadata"
    assert classify_block("Monday, July 25, 2021", position=0.6) == "body"


def test_icon_labels_end_where_the_text_begins() -> None:
    labels = "Cancel An icon of a circle. Quote Mark A opening quote mark. Menu An icon of 3 lines."
    text = f"{labels} {PROSE} A crowd gathered on the square."
    assert find_icon_labels(text) == len(labels)
    assert find_icon_labels(labels) == len(labels)
    assert find_icon_labels(PROSE) == 0


def test_a_teaser_in_brackets_after_a_text_is_found() -> None:
    teaser = "(RELATED: Five Questions About The Harbour [VIDEO])"
    assert find_trailing_teaser(f"{PROSE} {teaser} ") == len(PROSE) + 1
    for text in (PROSE, f"{PROSE} (It opened in 1968.)", f"{teaser} {PROSE}", "(" * 5_000, "(more: " * 5_000):
        assert find_trailing_teaser(text) == len(text)


def test_long_and_hostile_blocks_take_bounded_time() -> None:
    for text in ("a " * 100_000, "(" * 100_000, "/AP" * 50_000, "Home > " * 20_000, "By A" + " A" * 50_000):
        assert classify_block(text, position=0.0) in ("body", "boilerplate", "headline")
