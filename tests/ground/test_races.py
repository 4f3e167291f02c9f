"""Two people, or two clicks, at once: what one has read may be old by the time it is used."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from rfp.accounts.models import User
from rfp.briefs.models import Brief, Criterion
from rfp.db import db
from rfp.errors import IllegalMoveError
from rfp.evaluation import services as evaluation
from rfp.evaluation.models import Bid, Mark, PanelMember
from rfp.responses import queries, services
from rfp.responses.models import Response, Submission
from rfp.vocabulary import Role
from tests import factories


def test_a_mark_does_not_slip_in_after_the_marks_were_handed_in(app: Flask) -> None:
    with factories.built(app):
        buyer = factories.a_buyer()
        evaluator = factories.a_colleague(buyer, Role.EVALUATOR)
        brief = factories.an_evaluation(buyer, agencies=[factories.an_agency()], evaluators=[evaluator])
        factories.all_marks(evaluator, brief)
        before = [mark.value for mark in db.session.scalars(select(Mark).order_by(Mark.id))]
    with app.app_context():
        member = db.session.scalars(select(PanelMember)).one()
        bid = db.session.scalars(select(Bid)).one()
        criterion = db.session.scalars(select(Criterion).where(Criterion.scale_id.is_not(None))).first()
        assert criterion and criterion.scale
        db.session.commit()
        with factories.built(app):  # another window of the same evaluator
            evaluation.hand_in(
                actor=db.session.get_one(User, evaluator.id),
                brief=db.session.scalars(select(Brief)).one(),
                member=db.session.scalars(select(PanelMember)).one(),
                now=datetime.now(UTC),
            )

        with pytest.raises(IllegalMoveError):
            evaluation.save_mark(
                actor=evaluator,
                member=member,
                bid=bid,
                criterion=criterion,
                value=Decimal(0),
                comment="Too late.",
                seen=1,
                now=datetime.now(UTC),
            )
        db.session.rollback()

        assert [mark.value for mark in db.session.scalars(select(Mark).order_by(Mark.id))] == before


def test_two_clicks_make_one_submission(app: Flask) -> None:
    with factories.built(app):
        agency = factories.an_agency()
        response_id = factories.a_complete_response(agency, factories.a_published_brief(factories.a_buyer())).id
    now = datetime.now(UTC)
    with app.app_context():
        response = queries.load_whole(db.session.get_one(Response, response_id))
        db.session.commit()
        with factories.built(app):  # the first click, received while the second was being read
            first = services.submit(actor=agency, response=db.session.get_one(Response, response_id), now=now).number

        second = services.submit(actor=agency, response=response, now=now)
        db.session.commit()

        assert (first, second.number) == (1, 1)
        assert db.session.scalar(select(func.count()).select_from(Submission)) == 1
