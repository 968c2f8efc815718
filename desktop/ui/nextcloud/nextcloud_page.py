"""The page of the owner's Nextcloud. Asks the server only for a button; one piece of work at a time."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QFileDialog, QFrame, QVBoxLayout, QWidget

from desktop.connect.terms import NoAnswer
from desktop.connect.watch import Watch
from desktop.nextcloud import Kept, Result, Server, read_audit
from desktop.ui.desk import Desk
from desktop.ui.nextcloud.bench import Bench
from desktop.ui.nextcloud.entry import to_server
from desktop.ui.nextcloud.results import result_cards
from desktop.ui.nextcloud.sign_in import SignIn
from desktop.ui.nextcloud.tier_items import TierItems
from desktop.ui.page import Page
from desktop.ui.parts import Button, announce, card, clear, label, line, row
from wizards.nextcloud.tiers import possible_names, tiers_here


class NextcloudPage(Page):
    """`of` is not used."""

    def __init__(self, desk: Desk, of: str) -> None:
        del of
        super().__init__(desk.say("nextcloud.title"), desk.say("place.log"))
        self._desk = desk
        self._audit_file: Path | None = None
        self._bench = Bench(desk)
        self._cards, self._results, self._below = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self.main.addWidget(card(label(desk.say("nextcloud.intro"))))
        self.main.addLayout(self._cards)
        self.main.addWidget(self._bench)
        for part in (self._cards, self._results, self._below):
            part.setSpacing(14)
        self.main.addLayout(self._results)
        self.main.addLayout(self._below)
        self.main.addLayout(row(Button(desk.say("guide.back"), desk.back), None))
        self._stand()

    def _stand(self) -> None:
        """The cards for where the owner stands: signed in, or not."""
        clear(self._cards)
        clear(self._below)
        kept = self._desk.open.nextcloud.kept
        if kept is None:
            sign_in = SignIn(self._desk, self._bench, self._stand_signed_in, self._check_bare)
            self._cards.addWidget(sign_in)
            self.first(sign_in.address)
            return
        said = to_server(self._desk.say("nextcloud.check"), kept.address)
        self._check_button = Button(said, lambda: self._check(kept), kind="primary")
        self.first(self._check_button)
        self._cards.addWidget(self._connection(kept))
        self._below.addWidget(TierItems(self._desk, self._bench, kept))

    def _stand_signed_in(self) -> None:
        clear(self._results)
        self._stand()
        self._check_button.setFocus()

    def _connection(self, kept: Kept) -> QFrame:
        say = self._desk.say
        self._audit_said = label(say("nextcloud.audit-none"), "muted")
        return card(
            label(say("nextcloud.connected", user=kept.user, address=kept.address), "heading"),
            label(say("nextcloud.kept-keychain" if kept.keychain else "nextcloud.kept-vault"), "muted"),
            row(Button(to_server(say("nextcloud.disconnect"), kept.address), self._disconnect), None),
            line(),
            label(say("nextcloud.check-title"), "heading"),
            label(say("nextcloud.audit-why"), "muted"),
            row(Button(say("nextcloud.audit-choose"), self._choose_audit), None),
            self._audit_said,
            self._check_button,
            spacing=8,
        )

    def _choose_audit(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self._desk.say("nextcloud.audit-choose"))
        if chosen:
            self._audit_file = Path(chosen)
            self._audit_said.setText(self._desk.say("nextcloud.audit-chosen", file=self._audit_file.name))

    # Asking the server --------------------------------------------------------------------------------------------

    def _check(self, kept: Kept) -> None:
        self._ask(lambda: kept.server, kept)

    def _check_bare(self, named: Callable[[], Server]) -> None:
        self._ask(named, None)

    def _ask(self, named: Callable[[], Server], kept: Kept | None) -> None:
        desk, file = self._desk, self._audit_file
        nextcloud = desk.open.nextcloud
        tags = possible_names(tiers_here(desk.open.answers), desk.words)

        def check(watch: Watch) -> Result:
            audit = None if file is None else read_audit(file)
            return nextcloud.check(named(), kept, audit, watch, tags)

        clear(self._results)
        self._bench.do(check, self._show)

    def _show(self, result: Result) -> None:
        for shown in result_cards(self._desk, self._bench, result):
            self._results.addWidget(shown)
        counts = {status: str(count) for status, count in result.counts.items()}
        announce(self._bench, self._desk.say("nextcloud.found", **counts))
        self._bench.come_into_view()

    def _disconnect(self) -> None:
        nextcloud = self._desk.open.nextcloud

        def done(trouble: NoAnswer | None) -> None:
            say = self._desk.say
            clear(self._results)
            self._stand()
            cast("QWidget", self.property("first")).setFocus()  # the button that had the keyboard is gone
            if trouble is None:
                self._bench.tell(say("nextcloud.disconnected"))
            else:
                self._bench.tell(say("nextcloud.not-disconnected", why=self._bench.reason(trouble)), "notice")

        self._bench.do(nextcloud.disconnect, done)
