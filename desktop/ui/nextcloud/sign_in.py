"""The card of somebody who is not signed in: address, authority, the browser, an app password, or a bare check."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.connect.terms import Account, Begun
from desktop.connect.watch import Watch
from desktop.nextcloud import Server, server_at
from desktop.ui.desk import Desk
from desktop.ui.nextcloud.authority import AuthorityChoice
from desktop.ui.nextcloud.bench import Bench
from desktop.ui.nextcloud.entry import to_server
from desktop.ui.parts import Button, announce, card, clear, column, label, line


class SignIn(QWidget):
    """`connected` is called once a sign-in is kept; `check` asks a server without one."""

    def __init__(
        self, desk: Desk, bench: Bench, connected: Callable[[], object], check: Callable[[Callable[[], Server]], object]
    ) -> None:
        super().__init__()
        self._desk, self._bench, self._connected, self._check = desk, bench, connected, check
        say = desk.say
        self.address = _typed(say("nextcloud.address"))
        self.address.setPlaceholderText("https://cloud.example.mo")
        self._authority = AuthorityChoice(desk)
        self._user, self._password = _typed(say("nextcloud.user")), _typed(say("nextcloud.password"))
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        browser = Button(say("nextcloud.sign-in"), self._begin, kind="primary")
        self._try = Button(say("nextcloud.try"), self._try_typed)
        bare = Button(say("nextcloud.check-bare"), self._bare)
        self._asking = {"nextcloud.sign-in": browser, "nextcloud.try": self._try, "nextcloud.check-bare": bare}
        self.address.textChanged.connect(self._name)
        self.address.returnPressed.connect(browser.click if not desk.sample else bare.click)
        self._password.returnPressed.connect(self._try.click)
        where = [label(say("nextcloud.where"), "heading"), label(say("nextcloud.address")), self.address]
        bare_check = [line(), bare, label(say("nextcloud.check-bare-why"), "muted")]
        self._page = QVBoxLayout()
        sign_in = card(
            label(say("nextcloud.sign-in-title"), "heading"),
            label(say("nextcloud.sign-in-why"), "muted"),
            label(say("nextcloud.no-admin"), "muted"),
            browser,
            self._page,
            line(),
            label(say("nextcloud.other-way"), "muted"),
            label(say("nextcloud.user")),
            self._user,
            label(say("nextcloud.password")),
            self._password,
            self._try,
            spacing=8,
        )
        if desk.sample:
            sign_in = card(label(say("nextcloud.sample")), kind="notice")
        self.setLayout(column(card(*where, self._authority, *bare_check, spacing=8), sign_in, spacing=14))

    def _name(self, typed: str) -> None:
        """Each button that asks the server says which."""
        for word, button in self._asking.items():
            button.rename(to_server(self._desk.say(word), typed))

    def _named(self) -> Callable[[], Server]:
        """What was typed, as a server; called in a worker, for the address is read by the client's own rules."""
        typed, authority = self.address.text(), self._authority.file
        return lambda: server_at(typed, authority)

    def _bare(self) -> None:
        self._check(self._named())

    def _begin(self) -> None:
        named, nextcloud = self._named(), self._desk.open.nextcloud

        def begin(watch: Watch) -> tuple[Server, Begun]:
            server = named()
            return server, nextcloud.begin(server, watch)

        self._bench.do(begin, lambda begun: self._wait(*begun))

    def _wait(self, server: Server, begun: Begun) -> None:
        """Show the page to open, and wait for what the owner does there."""
        say, nextcloud = self._desk.say, self._desk.open.nextcloud

        def wait(watch: Watch) -> object:
            return nextcloud.wait(server, begun, watch)

        self._bench.do(wait, lambda _: self._connected(), lambda: clear(self._page))
        shown = label(begun.login, "muted")
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        go = Button(say("nextcloud.open"), lambda: QDesktopServices.openUrl(QUrl(begun.login)), kind="primary")
        said = label(say("nextcloud.open-why"))
        self._page.addWidget(card(said, shown, go, kind="accent", spacing=8))
        announce(said, say("nextcloud.open-why"))
        go.setFocus()
        self._bench.come_into_view(go)

    def _try_typed(self) -> None:
        if self._bench.busy:
            self._bench.come_into_view()  # and keep what was typed for later
            return
        user, password = self._user.text().strip(), self._password.text().strip()
        if not user or ":" in user or not password:
            self._bench.tell(self._desk.say("nextcloud.missing"), "notice")
            (self._password if user and ":" not in user else self._user).setFocus()
            return
        named, nextcloud = self._named(), self._desk.open.nextcloud
        self._password.clear()
        self._bench.do(
            lambda watch: nextcloud.typed(named(), Account(user, password), watch), lambda _: self._connected()
        )


def _typed(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setMaxLength(1000)
    return made
