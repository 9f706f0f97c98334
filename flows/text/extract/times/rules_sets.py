"""Rules for sets of times: "every Friday", "Tuesday nights", "$5 a day", "annually"."""

from __future__ import annotations

from flows.text.extract.times.grammar import Phrase, Rule, compile_rules
from flows.text.extract.times.meaning import Fixed, Reading
from flows.text.extract.times.rules_durations import amount_of
from flows.text.extract.times.tokens import Token
from flows.text.extract.times.values import duration_value


def read_rate(phrase: Phrase) -> Reading | None:
    """($25,000) a year; twice a day; several times a week."""
    counted = phrase.before is not None and _can_be_had(phrase.before)
    if not (counted or phrase.find("PER") or phrase.find("TIMES")):
        return None
    return Reading("SET", Fixed(duration_value(1, phrase.value("UNIT"))))


def _can_be_had(token: Token) -> bool:
    """Four flights, $5, twice, 3% (a day)."""
    return token.tag in ("NN", "NNS", "CD") or token.class_name in ("TIMES", "NUMBER") or token.text == "%"


def read_every(phrase: Phrase) -> Reading | None:
    """Every Friday; each month; every two years."""
    if weekday := phrase.find("WEEKDAY"):
        return Reading("SET", Fixed(f"XXXX-WXX-{weekday.value}"))
    if month := phrase.find("MONTH"):
        return Reading("SET", Fixed(f"XXXX-{month.value:02}"))
    if season := phrase.find("SEASON"):
        return Reading("SET", Fixed(f"XXXX-{season.value}"))
    if part := phrase.find("DAYPART"):
        return Reading("SET", Fixed(f"XXXX-XX-XXT{part.value}"))
    count, unit = amount_of(phrase)
    if phrase.find("PERIOD_ADJECTIVE"):
        # "every other week", but "every single day" has no count
        count = 2 if phrase.tokens[1].text.lower() == "other" else 1
    return Reading("SET", Fixed(duration_value(count, unit)))


def read_weekdays(phrase: Phrase) -> Reading | None:
    """Fridays; Tuesday nights."""
    if token := phrase.find("WEEKDAYS"):
        return Reading("SET", Fixed(f"XXXX-WXX-{token.value}"))
    return Reading("SET", Fixed(f"XXXX-WXX-{phrase.value('WEEKDAY')}T{phrase.value('DAYPARTS')}"))


def read_adverb(phrase: Phrase) -> Reading | None:
    """Daily; annually; as adverbs only, for an annual meeting is not about time."""
    if phrase.tokens[0].tag != "RB":
        return None
    return Reading("SET", Fixed(phrase.value("ANNUAL")))


RULES: tuple[Rule, ...] = compile_rules(
    (
        (read_rate, ["((COUNT | VAGUE | NUMBER_RANGE)? TIMES)? A UNIT", "PER UNIT"]),
        (
            read_every,
            [
                "EVERY (WEEKDAY | MONTH | SEASON | DAYPART | UNIT)",
                "EVERY COUNT UNITS",
                "EVERY PERIOD_ADJECTIVE UNIT",
            ],
        ),
        (read_weekdays, ["WEEKDAYS", "WEEKDAY DAYPARTS"]),
        (read_adverb, ["ANNUAL"]),
    )
)
