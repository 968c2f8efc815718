"""The one HTTP client: a deadline for each answer, a limit to its size, no other host, no secret in the clear.

No proxy, cookie, certificate or password of the surroundings is taken. A password that was refused is not sent again.
"""

import zlib
from base64 import b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import httpcore
import httpx

from desktop.connect.lines import Lines, Pace
from desktop.connect.terms import Account, Answer, NoAnswer
from desktop.connect.tls import trusting
from desktop.connect.watch import Watch

LARGEST: Final = 8_000_000
"""Bytes of an answer, unpacked; a longer one is cut off."""
SECONDS: Final = 20.0
"""For one answer from the first knock to the last byte."""
_HOPS: Final = 5
_SHOWN: Final = 120
"""Characters of an address that a message shows."""
_LONGEST_HOST: Final = 253
"""Characters of a name that the system of names carries."""
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_ASKS: Final = frozenset({"GET", "HEAD", "PROPFIND"})
"""Methods that change nothing, so that they may be asked again at the place an answer points to."""
_PAGES: Final = ("index.php", "apps", "login", "settings", "s", "f", "status.php", "remote.php", "ocs")
"""Where the pages of a Nextcloud begin, behind its address."""
_PLAIN: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~")


class Client:
    """Asks one server after another question; used by one thread at a time, in a `with` block."""

    def __init__(self, watch: Watch, authority: Path | None = None, agent: str = "Guia") -> None:
        """`authority` is a file of certificates, trusted in place of the system's.

        NoAnswer "authority" where it holds none; OSError where it cannot be read.
        """
        self._pace = Pace(watch)
        self._agent = agent
        self._turned_away: set[Account] = set()
        self.certificate: Mapping[str, object] = {}
        """The certificate of the last server, as Python's ssl shows it; empty without encryption."""
        try:
            context = trusting(authority)
        except OSError as error:
            if type(error).__module__ != "ssl":
                raise
            raise NoAnswer("authority", file=str(authority)) from error
        self._lines = httpcore.ConnectionPool(
            ssl_context=context, network_backend=Lines(self._pace), max_keepalive_connections=0
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lines.close()

    def ask(
        self,
        method: str,
        url: str,
        *,
        account: Account | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
    ) -> Answer:
        """The answer, whatever its status; NoAnswer says what came instead, GivenUp that nobody waits for it."""
        at = _parsed(url)
        if account is not None:
            if at.scheme != "https":
                raise NoAnswer("in-the-clear", host=at.host)
            if account in self._turned_away:
                raise NoAnswer("turned-away", host=at.host)
        sent = {"User-Agent": self._agent, "Accept-Encoding": "identity", **(headers or {})}
        if account is not None:
            sent["Authorization"] = "Basic " + b64encode(f"{account.user}:{account.password}".encode()).decode()
        self._pace.begin(SECONDS)
        for _ in range(_HOPS):
            answer = self._once(method, at, sent, body)
            if answer.status not in _MOVED or "location" not in answer.headers:
                if answer.status == 401 and account is not None:
                    self._turned_away.add(account)
                return answer
            at = _followed(method, at, answer)
        raise NoAnswer("around", host=at.host)

    def _once(self, method: str, at: httpx.URL, headers: Mapping[str, str], body: bytes) -> Answer:
        asked = httpx.Request(method, at, headers=headers, content=body)
        question = httpcore.Request(
            method=asked.method,
            url=httpcore.URL(scheme=at.raw_scheme, host=at.raw_host, port=at.port, target=at.raw_path),
            headers=asked.headers.raw,
            content=body,
        )
        try:
            response = self._lines.handle_request(question)
            try:
                self._remember(response)
                named = httpx.Headers(response.headers)
                if (length := named.get("content-length", "")).isdecimal() and int(length[:20]) > LARGEST:
                    raise NoAnswer("too-large", limit=str(LARGEST // 1_000_000))
                whole = _whole(response.iter_stream(), named.get("content-encoding", ""))
            finally:
                response.close()
        except httpcore.ProtocolError as error:
            raise NoAnswer("vanished" if self._pace.cut_off else "garbage", host=at.host) from error
        return Answer(response.status, {k.lower(): v for k, v in named.items()}, whole, str(at))

    def _remember(self, response: httpcore.Response) -> None:
        stream = response.extensions.get("network_stream")
        safe = stream.get_extra_info("ssl_object") if isinstance(stream, httpcore.NetworkStream) else None
        self.certificate = (safe.getpeercert() or {}) if safe is not None else {}


def _whole(chunks: Iterator[bytes], packed: str) -> bytes:
    """The body, unpacked as far as the limit and no further."""
    if packed not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise NoAnswer("packed")
    unpack = None if packed in ("", "identity") else zlib.decompressobj(47 if "gzip" in packed else 15)
    held = bytearray()
    try:
        for chunk in chunks:
            held += chunk if unpack is None else unpack.decompress(chunk, LARGEST + 1 - len(held))
            if len(held) > LARGEST:
                raise NoAnswer("too-large", limit=str(LARGEST // 1_000_000))
    except zlib.error as error:
        raise NoAnswer("packed") from error
    return bytes(held)


def _followed(method: str, at: httpx.URL, answer: Answer) -> httpx.URL:
    """Where an answer points to; NoAnswer with the address where that is another server."""
    try:
        to = str(at.join(answer.headers["location"]))
    except (httpx.InvalidURL, ValueError) as error:
        raise NoAnswer("garbage", host=at.host) from error
    plain = on_same_server(to, str(at))
    if method not in _ASKS and answer.status not in (307, 308):
        raise NoAnswer("elsewhere", host=at.host, to=_shortened(to))
    return httpx.URL(plain)


def _parsed(url: str) -> httpx.URL:
    try:
        at = httpx.URL(url)
        port_fits = at.port is None or 0 < at.port < 65536
        host_fits = 0 < len(at.host) <= _LONGEST_HOST
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise NoAnswer("address") from error
    if at.scheme not in ("https", "http") or not host_fits or "%" in at.host or at.userinfo or not port_fits:
        raise NoAnswer("address")
    return at


def on_same_server(named: str, address: str) -> str:
    """An address that a server named, in plain form; NoAnswer "elsewhere" unless it lies on the server of `address`.

    Compared as text up to the slash behind the host: what one reader of addresses takes for a host, another may not.
    """
    try:
        plain, home = str(httpx.URL(named)), httpx.URL(address)
    except (httpx.InvalidURL, ValueError, TypeError):
        plain, home = "", httpx.URL(address)
    server = str(home.copy_with(path="/", query=None, fragment=None))
    if not plain.startswith(server) or not plain.isprintable() or "\\" in plain:
        raise NoAnswer("elsewhere", host=home.host, to=_shortened(plain or named))
    return plain


def _shortened(address: str) -> str:
    """An address for people: without what may be secret in it, and not endless."""
    return address.partition("?")[0].partition("#")[0][:_SHOWN]


def address_of(typed: str) -> str:
    """What an owner typed or pasted from the browser, as the address of a Nextcloud: https where nothing is said.

    What the browser shows behind it (a page, a query) is left off; a folder in which it lies stays.

    NoAnswer "address" for what is none, also for one with a name or a password in it.
    """
    typed = typed.strip()
    at = _parsed(typed if "://" in typed else f"https://{typed}")
    folder = f"{at.path}/"
    for page in _PAGES:
        folder = folder.partition(f"/{page}/")[0].rstrip("/") + "/"
    return str(at.copy_with(path=folder, query=None, fragment=None)).rstrip("/")


def quoted(part: str) -> str:
    """One part of a path with every odd character escaped, also the slash and the dot."""
    return "".join(chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in part.encode("utf-8", "replace"))
