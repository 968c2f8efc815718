"""One flow, opened from the map: its form on the page of all flows."""

from desktop.ui.desk import Desk
from desktop.ui.fields.rows import Rows
from desktop.ui.question_page import QuestionPage
from wizards.interview.answers import rows


class FlowForm(QuestionPage):
    """`of` is the flow's id; a flow that is gone shows the table."""

    def __init__(self, desk: Desk, of: str) -> None:
        page = next(page for page in desk.open.pages() if any(question.id == "flows" for question in page.questions))
        super().__init__(desk, page.id)
        flow = next((row for row in rows(desk.open.answers, "flows") if row["id"] == of), None)
        field = self._holders["flows"][1]
        if flow is not None and isinstance(field, Rows):
            field.open_row(dict(flow))
            self.setProperty("first", None)  # the keyboard starts in the form
