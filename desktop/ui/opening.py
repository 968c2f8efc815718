"""The page of the first paint: Guia is opening. Also says calmly that something could not be opened.

Made of Qt's plainest widgets alone: the namespace of Qt's names, which the other pages need, costs a fifth of an empty
window to load, and is loaded after this page was shown.
"""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget


class Opening(QWidget):
    """The ground of the rail, and one quiet card."""

    def __init__(self, words: dict[str, str], fault: str = "") -> None:
        super().__init__()
        rail, card = QFrame(), QFrame()
        rail.setObjectName("rail")
        rail.setFixedWidth(216)
        card.setProperty("card", "plain")
        name, said = QLabel("Guia"), QLabel(words["fault"].replace("{kind}", fault) if fault else words["text"])
        name.setProperty("role", "heading")
        said.setProperty("role", "muted")
        said.setWordWrap(True)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(20, 20, 20, 20)
        inside.addWidget(name)
        inside.addWidget(said)
        middle = QVBoxLayout()
        middle.setContentsMargins(36, 36, 36, 36)
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(rail)
        whole.addLayout(middle, 1)
