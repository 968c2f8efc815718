"""What Guia needs of the library of the window, and what one of its versions got wrong."""

import sys

from PySide6.QtWidgets import QApplication, QLabel


def test_calls_leave_none_alone(qapp: QApplication) -> None:
    """PySide6 6.12.0 takes a reference from None in each call without a result; Python 3.11 dies when none is left."""
    assert qapp is not None
    label = QLabel()
    before = sys.getrefcount(None)
    for _ in range(1000):
        label.setText("x")
    assert abs(sys.getrefcount(None) - before) < 100
