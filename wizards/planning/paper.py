"""The plan as JSON in one language (contract: *Plan as JSON*). Same answers, content, day and language: same bytes."""

from collections.abc import Mapping
from typing import Any

from wizards.content.bank import Bank
from wizards.content.text import Text
from wizards.interview.answers import Answers, Value
from wizards.planning import spoken
from wizards.planning.plan import Plan, Task


def as_json(bank: Bank, answers: Answers, plan: Plan, lang: str, words: Mapping[str, Text]) -> dict[str, Any]:
    """The plan as a JSON object; `words` holds the roles and the words for yes, no and not known."""
    return {
        "content": plan.content,
        "as_of": plan.as_of.isoformat(),
        "lang": lang,
        "verdict": {"id": plan.verdict.id, "reasons": verdict_reasons(bank, plan, lang)},
        "first_six": list(plan.first),
        "tasks": [_task(bank, answers, task, lang, words) for task in plan.tasks],
        "flows": _flows(bank, plan, lang),
        "unknowns": [
            {"question": u.question, "task": u.task, **({"row": u.row, "column": u.column} if u.row else {})}
            for u in plan.unknowns
        ],
        "lawyer": lawyer_questions(bank, plan, lang),
        "exposure": [
            {
                "id": e.part.id,
                "title": e.part.title.to(lang),
                "low": e.low,
                "likely": e.likely,
                "high": e.high,
                "basis": e.part.basis.to(lang),
                "grade": e.grade,
            }
            for e in plan.exposure
        ],
        "open_steps": list(plan.open_steps),
    }


def verdict_reasons(bank: Bank, plan: Plan, lang: str) -> list[str]:
    """The sentences behind the verdict."""
    return [bank.reasons[g.reason].text.fill(lang, count=str(g.count)) for g in plan.verdict.reasons]


def lawyer_questions(bank: Bank, plan: Plan, lang: str) -> list[str]:
    """The questions for a lawyer, each once, in the order of the tasks."""
    asked = (spoken.filled(bank, t, lang, t.duty.lawyer.to(lang)) for t in plan.tasks if t.duty.lawyer)
    return list(dict.fromkeys(asked))


def sources(bank: Bank, ids: tuple[str, ...], lang: str) -> list[dict[str, str]]:
    """Law records as they stand beside a statement: citation, address, day checked and grade."""
    return [
        {
            "id": record.id,
            "article": record.citation.to(lang),
            "url": record.url,
            "checked": record.checked.isoformat(),
            "grade": record.grade,
        }
        for record in (bank.records[source] for source in ids)
    ]


def because(bank: Bank, answers: Answers, task: Task, lang: str, words: Mapping[str, Text]) -> list[dict[str, str]]:
    """The answers that produced a task: question id, its words, and the answer's words."""
    yes_no = {True: words["answer.yes"].to(lang), False: words["answer.no"].to(lang)}
    unknown = words["answer.unknown"].to(lang)
    found = []
    for question_id in task.because:
        question = bank.questions[question_id]
        value = answers.get(question_id)
        if task.row and question.kind == "rows":
            said = task.row_name
        elif value == []:
            said = words["paper-tasks.no-rows" if question.kind == "rows" else "answer.none"].to(lang)
        else:
            said = spoken.answer(question, concerned(task, question_id, value), lang, unknown, yes_no)
        found.append({"question": question_id, "text": question.text.to(lang), "answer": said})
    return found


def concerned(task: Task, question: str, value: Value) -> Value:
    """An answer that brought a task; of a table only the rows that the task is about, where it is about some."""
    if not isinstance(value, list):
        return value
    return [row for row in value if isinstance(row, dict) and (question, str(row["id"])) in task.about] or value


def _task(bank: Bank, answers: Answers, task: Task, lang: str, words: Mapping[str, Text]) -> dict[str, Any]:
    duty = task.duty
    home = bank.home_of_duty.get(duty.id)
    return {
        "id": task.id,
        "title": spoken.title(bank, task, lang),
        "phase": task.phase,
        "due": task.due.isoformat(),
        "who": words[f"role.{duty.who}"].to(lang),
        "why": {
            "rule": f"{home.id}/{duty.id}" if home else duty.id,
            "text": spoken.filled(bank, task, lang, duty.why.to(lang)),
            "answers": because(bank, answers, task, lang, words),
        },
        "how": {
            "short": spoken.filled(bank, task, lang, duty.how.short.to(lang)),
            "full": spoken.filled(bank, task, lang, duty.how.full.to(lang)),
        },
        "proof": duty.proof.to(lang),
        "effort_hours": duty.effort_hours,
        "sources": sources(bank, duty.sources, lang),
    }


def _flows(bank: Bank, plan: Plan, lang: str) -> list[dict[str, Any]]:
    found = []
    for flow, route, tier in plan.flows:
        cited = dict.fromkeys(s for why in route.reasons for s in bank.reasons[why.reason].sources)
        found.append(
            {
                "id": flow.id,
                "name": flow.name,
                "leaves": flow.leaves,
                "place": flow.place or "unknown",
                "route": route.outcome,
                "reasons": [spoken.why(bank, reason, lang) for reason in route.reasons],
                "tier": tier.id,
                "tier_reason": spoken.tier_why(bank, flow, tier, lang),
                "channel": flow.channel or "unknown",
                "sources": sources(bank, tuple(cited), lang),
            }
        )
    return found
