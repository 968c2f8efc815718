"""A Nextcloud for tests: real WebDAV (WsgiDAV on cheroot, over TLS), and a stand-in for its other interfaces.

The stand-in answers with what version 31.0.6 answered (`nextcloud_samples/`), and writes down each request. Beside it a
bare server, for answers that no good server gives.
"""

import base64
import json
import re
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from threading import Thread
from typing import Any, Final, NamedTuple

from cheroot import wsgi
from cheroot.ssl.builtin import BuiltinSSLAdapter
from wsgidav.wsgidav_app import WsgiDAVApp

from tests.desktop.boxes import HERE
from tests.desktop.boxes import Authority as Office

SAMPLES: Final = Path(__file__).parent / "nextcloud_samples"
ADMIN: Final = ("admin", "0123456789abcdefghijABCDEFGHIJ0123456789abcdefghijABCDEFGHIJ0123456789AB")
"""As long as the passwords of login flow v2."""
ANA: Final = ("ana", "Cafe-com-leite-é-bom-17")
LISTED: Final = {"Content-Type": "application/xml; charset=utf-8"}
JSON: Final = {"Content-Type": "application/json; charset=utf-8"}

Reply = tuple[int, dict[str, str], bytes]


class Seen(NamedTuple):
    """One request, as the server met it. `user` is who signed in, "" for nobody."""

    method: str
    path: str
    user: str
    agent: str


def sample(name: str) -> Any:  # noqa: ANN401  # JSON of any shape
    return json.loads((SAMPLES / name).read_text("utf-8"))


class Authority(Office):
    """An office's own authority, its certificate as a file, and those that it signs."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self.file = folder / "ca.pem"
        self.file.write_text(self.pem)

    def certificate_file(self, name: str = "localhost", days: int = 30) -> Path:
        """A certificate with its key for a name and this computer's own address; ended already where `days` < 0."""
        made = self.pair(name, *([HERE] if name == "localhost" else []), begun=-40, ends=days)
        file = self._folder / f"{name}{days}.pem"
        file.write_text(made.key + made.cert)
        return file


class Standin:
    """Answers as Nextcloud does, and lets a test change any of it."""

    def __init__(self, files: Path) -> None:
        self.seen: list[Seen] = []
        self.passwords = dict([ADMIN, ANA])
        self.maintenance = False
        self.instead: dict[str, Reply | Callable[[], Reply]] = {}
        """What is answered in place of the usual, by path."""
        self.tags: list[str] = []
        self.granted: tuple[str, str] | None = None
        """Who allowed the sign-in in the browser; taken once."""
        self.address = ""
        self.capabilities = sample("capabilities-user.json")
        self.open_links = 1
        self.two_factor: dict[str, Any] = {"enforced": False, "enforcedGroups": [], "excludedGroups": []}
        self._files = files
        folders = {f"/{user}": str(files / user) for user in self.passwords}
        for folder in folders.values():
            Path(folder).mkdir(parents=True, exist_ok=True)
        self._dav = WsgiDAVApp(
            {
                "provider_mapping": folders,
                "simple_dc": {"user_mapping": {"*": True}},
                "verbose": 0,
                "logging": {"enable": False, "enable_loggers": []},
                "mount_path": "/remote.php/dav/files",
            }
        )

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8")
        user = self._user(environ.get("HTTP_AUTHORIZATION", ""))
        self.seen.append(Seen(environ["REQUEST_METHOD"], path, user or "", environ.get("HTTP_USER_AGENT", "")))
        if path in self.instead:
            found = self.instead[path]
            return _send(start, found() if callable(found) else found)
        if path.startswith("/remote.php/dav/files/") and user and not self.maintenance:
            environ["SCRIPT_NAME"] = "/remote.php/dav/files"
            environ["PATH_INFO"] = environ["PATH_INFO"].removeprefix("/remote.php/dav/files")
            answered: Iterable[bytes] = self._dav(environ, start)
            return answered
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        return _send(start, self._answer(environ, path, user, body))

    def _user(self, said: str) -> str | None:
        """Who signed in; None where name or password are wrong, or nobody tried."""
        if not said.startswith("Basic "):
            return None
        name, _, password = base64.b64decode(said[6:]).decode().partition(":")
        return name if self.passwords.get(name) == password else None

    def _answer(self, environ: dict[str, Any], path: str, user: str | None, body: bytes) -> Reply:
        if path == "/status.php":
            return 200, JSON, json.dumps({**sample("status.json"), "maintenance": self.maintenance}).encode()
        if self.maintenance:
            return 503, JSON, b'{"message":"maintenance"}'
        if path.startswith("/index.php/login/v2"):
            return self._sign_in(path, body)
        if path.startswith("/remote.php/dav/systemtags/"):
            return self._of_tags(environ, user, body)
        if "HTTP_OCS_APIREQUEST" not in environ:
            return 412, JSON, (SAMPLES / "ocs-412-missing-header.json").read_bytes()
        if path == "/ocs/v2.php/cloud/capabilities" and not environ.get("HTTP_AUTHORIZATION"):
            return 200, JSON, (SAMPLES / "capabilities-anonymous.json").read_bytes()
        if user is None:
            return 401, JSON, (SAMPLES / "ocs-401.json").read_bytes()
        return self._of_account(environ, path, user)

    def _sign_in(self, path: str, body: bytes) -> Reply:
        if path == "/index.php/login/v2":
            at = f"{self.address}/index.php/login/v2"
            begun = {"poll": {"token": "t/+" * 42 + "ok", "endpoint": f"{at}/poll"}, "login": f"{at}/flow/abc"}
            return 200, JSON, json.dumps(begun).encode()
        if b"t%2F%2B" not in body or self.granted is None:
            return 404, JSON, b"[]"
        user, password = self.granted
        self.granted, self.passwords[user] = None, password
        return 200, JSON, json.dumps({"server": self.address, "loginName": user, "appPassword": password}).encode()

    def _of_account(self, environ: dict[str, Any], path: str, user: str) -> Reply:
        if path == "/ocs/v2.php/core/apppassword" and environ["REQUEST_METHOD"] == "DELETE":
            del self.passwords[user]
            return _ocs([])
        if path == "/ocs/v2.php/cloud/capabilities":
            return 200, JSON, json.dumps(self.capabilities).encode()
        if path == "/ocs/v2.php/cloud/user":
            data = sample("user.json")["ocs"]["data"]
            return _ocs({**data, "id": user, "groups": ["admin"] if user == "admin" else []})
        if user != "admin":
            return 403, JSON, b'{"message":"Logged in account must be an admin"}'
        whole = {
            "/ocs/v2.php/cloud/apps": "apps-enabled.json",
            "/ocs/v2.php/apps/workflowengine/api/v1/workflows/global": "accesscontrol-rules.json",
            "/ocs/v2.php/apps/files_retention/api/v1/retentions": "retentions.json",
        }
        if path in whole:
            return 200, JSON, (SAMPLES / whole[path]).read_bytes()
        if path == "/ocs/v2.php/apps/serverinfo/api/v1/info":
            return _ocs({"nextcloud": {"shares": {"num_shares_link_no_password": self.open_links}}})
        if path == "/index.php/settings/api/admin/twofactorauth":
            return 200, JSON, json.dumps(self.two_factor).encode()
        return 404, JSON, b"{}"

    def _of_tags(self, environ: dict[str, Any], user: str | None, body: bytes) -> Reply:
        if user is None:
            return 401, LISTED, (SAMPLES / "dav-401.xml").read_bytes()
        if environ["REQUEST_METHOD"] == "POST":
            name = json.loads(body)["name"]
            if name in self.tags:
                return 409, LISTED, b""
            self.tags.append(name)
            return 201, {}, b""
        listed = "".join(
            f"<d:response><d:href>/remote.php/dav/systemtags/{n}</d:href><d:propstat><d:prop><oc:id>{n}</oc:id>"
            f"<oc:display-name>{escape(name)}</oc:display-name></d:prop><d:status>HTTP/1.1 200 OK</d:status>"
            "</d:propstat></d:response>"
            for n, name in enumerate(self.tags, 1)
        )
        return (
            207,
            LISTED,
            (
                '<?xml version="1.0"?><d:multistatus xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:response>'
                "<d:href>/remote.php/dav/systemtags/</d:href><d:propstat><d:prop><d:resourcetype><d:collection/>"
                "</d:resourcetype></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
                f"{listed}</d:multistatus>"
            ).encode(),
        )

    def folder(self, user: str) -> Path:
        """Where the files of a user lie."""
        return self._files / user


def ocs(data: object) -> bytes:
    return json.dumps({"ocs": {"meta": {"status": "ok", "statuscode": 200, "message": "OK"}, "data": data}}).encode()


def _ocs(data: object) -> Reply:
    return 200, JSON, ocs(data)


def _send(start: Callable[..., Any], reply: Reply) -> Iterable[bytes]:
    status, headers, body = reply
    start(f"{status} Said", [*headers.items(), ("Content-Length", str(len(body)))])
    return [body]


@contextmanager
def served(standin: Standin, certificate: Path) -> Iterator[Standin]:
    """The stand-in at https://localhost:PORT, until the end of the block."""
    server = wsgi.Server(("127.0.0.1", 0), standin, numthreads=2)
    server.ssl_adapter = BuiltinSSLAdapter(str(certificate), str(certificate))
    server.error_log = lambda *_, **__: None  # type: ignore[method-assign]  # clients that leave are what is tested
    server.expiration_interval = 0.02  # it looks so often whether it is to stop
    server.prepare()
    thread = Thread(target=server.serve, daemon=True)
    thread.start()
    standin.address = f"https://localhost:{server.bind_addr[1]}"
    try:
        yield standin
    finally:
        server.stop()
        thread.join(5)


class Bare:
    """A server that does what a test wants with each line it is given, after it has read the request."""

    def __init__(self, act: Callable[[socket.socket], object], certificate: Path | None) -> None:
        self.asked = 0
        self.requests: list[bytes] = []
        self._act = act
        self._context = None
        if certificate is not None:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(certificate)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self.address = f"http{'s' if certificate else ''}://localhost:{self.port}"
        self._thread = Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            Thread(target=self._line, args=(line,), daemon=True).start()

    def _line(self, line: socket.socket) -> None:
        self.asked += 1
        try:
            line.settimeout(20)
            if self._context is not None:
                line = self._context.wrap_socket(line, server_side=True)
            request = line.recv(65536)
            while self._context is not None and b"\r\n\r\n" not in request:
                request += line.recv(65536) or b"\r\n\r\n"
            self.requests.append(request)
            self._act(line)
        except OSError:
            pass
        finally:
            line.close()

    def close(self) -> None:
        """Take no more lines."""
        self._listener.close()


@contextmanager
def bare(act: Callable[[socket.socket], object], certificate: Path | None) -> Iterator[Bare]:
    """A bare server until the end of the block."""
    server = Bare(act, certificate)
    try:
        yield server
    finally:
        server.close()


def passwords_in(text: str) -> list[str]:
    """The passwords of the accounts that stand in a text, bare or as they go over the line."""
    known = [password for _, password in (ADMIN, ANA)]
    known += [base64.b64encode(f"{user}:{password}".encode()).decode() for user, password in (ADMIN, ANA)]
    return [password for password in known if re.search(re.escape(password), text)]
