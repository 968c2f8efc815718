"""From the command to the first picture, against a window with nothing in it."""

from collections.abc import Iterator
from typing import Final

from tests.benchmarks.guard import loaded_too_early
from tests.benchmarks.measure import Ratio, alternating, program, thrown_away

ROUNDS: Final = 15
EMPTY: Final = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Empty(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, application.quit)

application = QApplication(sys.argv)
window = Empty()
window.resize(1280, 800)
window.show()
application.exec()
"""


def measure() -> Iterator[Ratio]:
    with thrown_away() as home:
        early = loaded_too_early(str(home))
        yield Ratio("at the first paint", len(early), "modules too early", most=0, told=", ".join(early))
        guia = program("-m", "desktop", home=str(home))
        ratio, ours, empty = alternating(guia, program("-c", EMPTY, home=str(home)), ROUNDS)
        yield Ratio("start to first paint", ratio, "an empty window", most=1.2, told=f"{ours:.3f} s, {empty:.3f} s")
