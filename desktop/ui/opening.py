"""The page of the first paint: Guia is opening. Also says calmly that something could not be opened.

Made of Qt's plainest widgets alone: the namespace of Qt's names, which the other pages need, costs a fifth of an empty
window to load, and is loaded after this page was shown.
"""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget


class Opening(QWidget):
    """The ground of the rail, and one quiet card; no word of any language unless something is to be `said`."""

    def __init__(self, said: str = "") -> None:
        super().__init__()
        rail, card = QFrame(), QFrame()
        rail.setObjectName("rail")
        rail.setFixedWidth(216)
        card.setProperty("card", "plain")
        name, text = QLabel("Guia"), QLabel(said or "…")
        name.setProperty("role", "heading")
        text.setProperty("role", "muted")
        text.setWordWrap(True)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(20, 20, 20, 20)
        inside.addWidget(name)
        inside.addWidget(text)
        middle = QVBoxLayout()
        middle.setContentsMargins(36, 36, 36, 36)
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(rail)
        whole.addLayout(middle, 1)
