"""One section of questions: shown, saved, and saved on the way."""

from collections.abc import Collection
from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as HttpResponse

from rfp.errors import StaleError, TooLateError
from rfp.responses import queries, services
from rfp.responses.content import answers_of, as_text
from rfp.responses.forms import SectionForm
from rfp.responses.models import Answer
from rfp.responses.progress import SectionQuestions, sections_of
from rfp.responses.slots import slots_of
from rfp.responses.tokens import token
from rfp.responses.views.blueprint import blueprint, page
from rfp.responses.views.overview import flash_saved


@blueprint.route("/responses/<response_id>/sections/<key>", methods=["GET", "POST"])
def section(key: str, **_address: str) -> Any:
    """The questions of a section, to be answered bit by bit."""
    queries.load_whole(g.response)
    asked = _find(key)
    form = SectionForm(asked.written, answers_of(g.response))
    if request.method == "GET":
        return _page(asked, form)
    if request.headers.get("HX-Request"):
        return _save_on_the_way(asked, form)
    if not form.judge():
        return _page(asked, form, status=422)
    try:
        _save(form)
    except StaleError as error:
        return _page(asked, form, status=409, **_both(asked, form, error.theirs))
    except TooLateError as error:
        return _page(asked, form, status=409, refusal=error.message)
    flash_saved()
    return redirect(_next(asked))


def _find(key: str) -> SectionQuestions:
    found = next((s for s in sections_of(g.response) if s.section.key == key and s.written), None)
    if found is None:
        raise NotFound
    return found


def _save(form: SectionForm) -> list[str]:
    values = form.valid_values()
    shown = {key: request.form.get(f"shown:{key}", "") for key in values}
    return services.save_answers(
        response=g.response, values=values, shown=shown, actor=current_user, now=g.now
    )


def _page(asked: SectionQuestions, form: SectionForm, status: int = 200, **values: Any) -> tuple[str, int]:
    form.add_blank_rows(request.args.get("more", ""))
    ordered = [s for s in sections_of(g.response) if s.written]
    at = next(i for i, s in enumerate(ordered) if s.section.key == asked.section.key)
    return page(
        "section.html",
        status=status,
        asked=asked,
        form=form.form,
        definitions={d["key"]: d for d in form.definitions},
        faults=form.faults(),
        tokens=_tokens(asked, values.pop("renewed", ())),
        standing={a.question.key: a for a in g.response.answers},
        slots={s.key: s for s in slots_of(g.response.brief, g.response)},
        previous=ordered[at - 1] if at else None,
        place=(at + 1, len(ordered)),
        **{"conflicts": [], "conflict_by": "", "refusal": "", **values},
    )


def _both(asked: SectionQuestions, form: SectionForm, theirs: dict[str, Answer | None]) -> dict[str, Any]:
    """What stands beside what was typed, for each question in conflict."""
    mine = form.valid_values()
    conflicts = [
        {
            "label": q.text,
            "theirs": as_text(q.definition, answer.value if answer else None),
            "yours": as_text(q.definition, mine.get(q.key)),
        }
        for q in asked.written
        if q.key in theirs
        for answer in [theirs[q.key]]
    ]
    names = [answer.saved_by_name for answer in theirs.values() if answer]
    return {"conflicts": conflicts, "conflict_by": names[0] if names else "", "renewed": list(theirs)}


def _tokens(asked: SectionQuestions, renewed: Collection[str]) -> dict[str, str]:
    """What the page is made from. A form shown again still holds what it was first made from, so it keeps
    its tokens, but for the questions in ``renewed``: there the person now sees what stands.
    """
    standing: dict[str, Answer] = {a.question.key: a for a in g.response.answers}
    current = {q.key: token(standing.get(q.key)) for q in asked.written if q.definition["type"] != "file"}
    if request.method == "GET":
        return current
    posted = {key: request.form.get(f"shown:{key}", token(None))[:80] for key in current}
    return {**posted, **{key: current[key] for key in renewed}}


def _save_on_the_way(asked: SectionQuestions, form: SectionForm) -> HttpResponse | str:
    """Save what can be kept, and answer with one line that says so and the new tokens."""
    form.judge()
    conflict, refusal = False, ""
    try:
        _save(form)
    except StaleError:
        conflict = True
    except TooLateError as error:
        refusal = error.message
    saved = not conflict and not refusal
    kept = form.keys_that_stand(answers_of(g.response))
    return render_template(
        "responses/_saved.html",
        conflict=conflict,
        refusal=refusal,
        faults=form.faults(),
        tokens=_tokens(asked, kept) if saved else {},
        zone=g.response.brief.zone,
    )


def _next(asked: SectionQuestions) -> str:
    """The page after saving: this one, or the one that follows."""
    action = request.form.get("action", "")
    this = {"response_id": g.response.public_id, "key": asked.section.key}
    if row_of := request.form.get("add_row", ""):
        return url_for("responses.section", **this, more=row_of[:80], _anchor=row_of[:80])
    if action != "next":
        return url_for("responses.section", **this)
    keys = [s.section.key for s in sections_of(g.response) if s.written]
    following = keys[keys.index(asked.section.key) + 1 :]
    if following:
        return url_for("responses.section", response_id=g.response.public_id, key=following[0])
    return url_for("responses.requirements", response_id=g.response.public_id)
