"""Fetches over HTTP, politely and within bounds.

Each hop of a redirect is checked anew: its scheme, its addresses, the robots.txt of its site.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import httpx

from flows.sources.addresses import Resolver, check_public, resolve
from flows.sources.errors import (
    FetchError,
    HttpStatusError,
    RobotsDisallowedError,
    TooLargeError,
    TooManyRedirectsError,
    UnreachableError,
)
from flows.sources.limits import DEFAULT_LIMITS, ReadLimits
from flows.sources.robots import ALLOW_ALL, DISALLOW_ALL, RobotRules, parse_robots

OK, NOT_MODIFIED = 200, 304
REDIRECTS = frozenset([301, 302, 303, 307, 308])
PASSING = frozenset([429, 500, 502, 503, 504])
"""Answers that may be another one later."""
MAX_ROBOTS_BYTES = 512 * 1024
"""RFC 9309 asks for at least 500 KiB."""


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """How a site is treated. Times in seconds."""

    user_agent: str = "copydesk/0.1 (news analysis; honours robots.txt)"
    allow_private: bool = False
    delay: float = 1.0
    """Between two requests to one host."""
    timeout: float = 20.0
    """For connecting, and for each piece that is read."""
    deadline: float = 120.0
    """For one answer in all."""
    max_redirects: int = 5
    retries: int = 3
    backoff: float = 1.0
    """Before the first retry; doubled for each further one."""
    max_wait: float = 60.0
    """The longest wait that a Retry-After or Crawl-delay can ask for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request gave. `url` is the address after redirects."""

    url: str
    status: int
    headers: Mapping[str, str]
    content: bytes
    fetched_at: datetime


@dataclass(slots=True)
class _Host:
    """What is known of a host while a fetcher lives."""

    free_at: float = 0.0
    rules: RobotRules | None = None
    delay: float = 0.0


@dataclass(slots=True)
class Fetcher:
    """Fetches for one run; to be used in a `with` statement.

    `sleep`, `clock` and `resolver` are there for tests.
    """

    policy: FetchPolicy = FetchPolicy()
    limits: ReadLimits = DEFAULT_LIMITS
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    resolver: Resolver = resolve
    _hosts: dict[str, _Host] = field(default_factory=dict)
    _client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self._client = httpx.Client(
            headers={"User-Agent": self.policy.user_agent},
            timeout=self.policy.timeout,
            trust_env=False,
            # A kept connection is known by its address, and two hosts may share one.
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def fetch(self, url: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        """The answer with status 200 or 304, redirects followed; raises FetchError or TooLargeError."""
        for _ in range(self.policy.max_redirects + 1):
            target = _parse_address(url)
            self._check_robots(target)
            answer = self._request(target, headers or {}, self.limits.document_bytes)
            if answer.status in (OK, NOT_MODIFIED):
                return answer
            if answer.status not in REDIRECTS or "location" not in answer.headers:
                passing = answer.status in PASSING
                raise HttpStatusError(f"{url} answers with status {answer.status}", is_passing=passing)
            url = urljoin(str(target), answer.headers["location"])
        raise TooManyRedirectsError(f"more than {self.policy.max_redirects} redirects; the last to {url}")

    def _check_robots(self, target: httpx.URL) -> None:
        host = self._host(target)
        if host.rules is None:
            host.rules = self._read_robots(target)
            host.delay = min(host.rules.delay or 0.0, self.policy.max_wait)
        if not host.rules.allows(str(target)):
            raise RobotsDisallowedError(f"robots.txt of {target.host} forbids {target.path}")

    def _read_robots(self, target: httpx.URL) -> RobotRules:
        """RFC 9309: no such file allows all, a site that fails allows nothing."""
        url = target.copy_with(raw_path=b"/robots.txt", fragment=None)
        try:
            for _ in range(self.policy.max_redirects + 1):
                answer = self._request(url, {}, MAX_ROBOTS_BYTES)
                if answer.status not in REDIRECTS or "location" not in answer.headers:
                    break
                url = _parse_address(urljoin(str(url), answer.headers["location"]))
        except TooLargeError:
            return ALLOW_ALL
        if answer.status == OK:
            return parse_robots(answer.content, self.policy.user_agent)
        return DISALLOW_ALL if answer.status in PASSING else ALLOW_ALL

    def _request(self, target: httpx.URL, headers: Mapping[str, str], max_bytes: int) -> Answer:
        """The answer of one host, tried again where it fails in a way that may pass."""
        addresses = self.resolver(target.raw_host.decode("ascii"), _port(target))
        if not self.policy.allow_private:
            check_public(target.host, addresses)
        wait = self.policy.backoff
        for attempts_left in range(self.policy.retries, -1, -1):
            self._wait_turn(target)
            try:
                answer = self._send(target, addresses, headers, max_bytes)
            except UnreachableError:
                if not attempts_left:
                    raise
                asked = None
            else:
                if answer.status not in PASSING or not attempts_left:
                    return answer
                asked = _retry_after(answer)
            self.sleep(min(asked or wait, self.policy.max_wait))
            wait *= 2
        raise AssertionError("the last attempt returns or raises")

    def _send(
        self, target: httpx.URL, addresses: list[str], headers: Mapping[str, str], max_bytes: int
    ) -> Answer:
        """One request, to the first checked address that takes a connection."""
        problem: Exception | None = None
        for address in addresses:
            self._client.cookies.clear()  # kept by address, they would reach other hosts
            request = self._client.build_request(
                "GET",
                target.copy_with(host=address, fragment=None),
                headers={**headers, "Host": target.netloc.decode("ascii")},
                extensions={"sni_hostname": target.raw_host.decode("ascii")},
            )
            try:
                return self._receive(target, request, max_bytes)
            except httpx.ConnectError as error:
                problem = error
            except (httpx.TransportError, httpx.DecodingError) as error:
                raise UnreachableError(f"{target}: {error or type(error).__name__}") from error
        raise UnreachableError(f"{target}: {problem}") from problem

    def _receive(self, target: httpx.URL, request: httpx.Request, max_bytes: int) -> Answer:
        deadline = self.clock() + self.policy.deadline
        response = self._client.send(request, stream=True, follow_redirects=False)
        try:
            content = bytearray()
            for chunk in response.iter_bytes():
                content += chunk
                if len(content) > max_bytes:
                    raise TooLargeError(f"{target} has more than {max_bytes} bytes")
                if self.clock() > deadline:
                    raise UnreachableError(f"{target} takes longer than {self.policy.deadline:g} s")
        finally:
            response.close()
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(str(target), response.status_code, headers, bytes(content), datetime.now(UTC))

    def _wait_turn(self, target: httpx.URL) -> None:
        """Waits until the host's delay since the last request is over."""
        host = self._host(target)
        pause = host.free_at - self.clock()
        if pause > 0:
            self.sleep(pause)
        host.free_at = max(self.clock(), host.free_at) + max(self.policy.delay, host.delay)

    def _host(self, target: httpx.URL) -> _Host:
        return self._hosts.setdefault(f"{target.scheme}://{target.netloc.decode('ascii')}", _Host())


def _parse_address(url: str) -> httpx.URL:
    try:
        target = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise FetchError(f"{url!r} is no address: {error}") from error
    if target.scheme not in ("http", "https") or not target.host:
        raise FetchError(f"{url!r} is no http or https address")
    return target


def _port(target: httpx.URL) -> int:
    return target.port or (443 if target.scheme == "https" else 80)


def _retry_after(answer: Answer) -> float | None:
    """Seconds that the answer asks to wait; its other form, a date, is left to the backoff."""
    value = answer.headers.get("retry-after", "")
    return float(value) if value.isdecimal() else None
