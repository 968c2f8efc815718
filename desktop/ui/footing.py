"""Which of DingTalk's contracts the accounts seem to fall under, from counts by kind. Words and sources of the content.

Stands beside the counted accounts; whoever counts a roster shows the same card.
"""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from desktop.ui.desk import Desk
from desktop.ui.parts import card, clear, column, label
from desktop.ui.so_far import source_line
from wizards.mapping.footing import Contract, contracts_of


class FootingCard(QWidget):
    """The contracts behind `counts`; hidden while no account is counted."""

    def __init__(self, desk: Desk, counts: Mapping[str, int]) -> None:
        super().__init__()
        self._desk = desk
        self._layout = column()
        self.setLayout(self._layout)
        if not self._filled(counts):  # never shown by itself: before it has a parent it would be a window of its own
            self.hide()

    def count(self, counts: Mapping[str, int]) -> None:
        """Show the contracts behind other counts."""
        clear(self._layout)
        self.setVisible(self._filled(counts))

    def _filled(self, counts: Mapping[str, int]) -> bool:
        found = contracts_of(counts)
        if found:
            self._layout.addWidget(self._card(found))
        return bool(found)

    def _card(self, found: tuple[Contract, ...]) -> QWidget:
        desk, bank = self._desk, self._desk.open.bank
        items: list[QWidget] = [label(desk.say("footing.contracts"), "strong")]
        for contract in found:
            items.append(label(bank.reasons[contract.reason].text.fill(desk.lang, count=str(contract.number))))
            kinds = [kind for kind in (bank.option("accounts", "", kind) for kind in contract.kinds) if kind]
            if len(kinds) > 1:
                items.append(label(" · ".join(desk.text(kind.text) for kind in kinds), "muted"))
        sources = dict.fromkeys(source for contract in found for source in bank.reasons[contract.reason].sources)
        items += [source_line(desk, bank.records[source]) for source in sources]
        return card(*items, spacing=6)
