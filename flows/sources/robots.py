"""What a site's robots.txt allows (RFC 9309, read with the standard library's parser)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.robotparser import RobotFileParser


@dataclass(frozen=True, slots=True)
class RobotRules:
    """The rules for one user agent. `delay` is the Crawl-delay in seconds, where there is one."""

    parser: RobotFileParser
    user_agent: str
    delay: float | None = None

    def allows(self, url: str) -> bool:
        return self.parser.can_fetch(self.user_agent, url)


def parse_robots(content: bytes, user_agent: str) -> RobotRules:
    """The rules in a robots.txt; lines that say nothing are passed over."""
    parser = RobotFileParser()
    parser.parse(content.decode("utf-8", errors="replace").lstrip("\ufeff").splitlines())
    delay = parser.crawl_delay(user_agent)
    return RobotRules(parser, user_agent, float(delay) if delay is not None else None)


ALLOW_ALL = parse_robots(b"User-agent: *\nAllow: /", "*")
DISALLOW_ALL = parse_robots(b"User-agent: *\nDisallow: /", "*")
