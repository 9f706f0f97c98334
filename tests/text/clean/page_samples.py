"""A page about an invented event, with the furniture that news sites put around an article."""

from pathlib import Path

STANDFIRST = "Ferry to run until a new crossing is built"
PARAGRAPHS = (
    "VELDORA (Reuters) - The mayor of Veldora said on Monday that the old harbour bridge would close for "
    "good in May.",
    "“Nobody will be hurt on my watch,” she told the council, which voted 14 to 3 for the plan after a long "
    "night.",
    "Engineers found cracks in two of its nine pillars last autumn, according to a report that the city "
    "published.",
    "Shop owners on the north bank fear that they will lose a third of their customers before a new bridge "
    "stands.",
    "A ferry is to run every ten minutes until then, the city said, and will cost nothing for people who "
    "live there.",
)


def news_page() -> str:
    """The whole page, as a browser saves it."""
    return (Path(__file__).parent / "page_sample.html").read_text("utf-8")
