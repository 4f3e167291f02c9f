"""One's own account."""

from flask import abort, flash, g, redirect, render_template, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from rfp.accounts import queries, services
from rfp.accounts.forms import PasswordForm, ProfileForm
from rfp.accounts.views import blueprint
from rfp.accounts.views.entering import Page
from rfp.errors import InvalidError


@blueprint.route("/account", methods=["GET", "POST"])
def profile() -> Page:
    """Name, language, and where to find the rest."""
    form = ProfileForm(obj=current_user)
    if form.validate_on_submit():
        services.change_profile(actor=current_user, name=form.name.data, language=form.language.data, now=g.now)
        session.pop("language", None)  # what was switched to before gives way to what is chosen here
        flash(_("Saved."), "success")
        return redirect(url_for("accounts.profile"))
    return render_template("accounts/profile.html", form=form), 422 if form.errors else 200


@blueprint.route("/account/password", methods=["GET", "POST"])
def password() -> Page:
    """A new password, knowing the present one."""
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            services.change_password(
                actor=current_user, current=form.current_password.data, new=form.password.data, now=g.now
            )
        except InvalidError as error:
            form.current_password.errors = [error.message]
        else:
            flash(_("Your password is changed. Other browsers were signed out."), "success")
            return redirect(url_for("accounts.profile"))
    return render_template("accounts/password.html", form=form), 422 if form.errors else 200


@blueprint.get("/account/sessions")
def sessions() -> Page:
    """The browsers signed in to this account."""
    found = queries.sessions_of(current_user, g.now)
    return render_template("accounts/sessions.html", sessions=found, current=g.user_session.public_id)


@blueprint.post("/account/sessions/<session_id>/revoke")
def revoke_session(session_id: str) -> Response:
    """Sign one of them out."""
    if not services.revoke_session(actor=current_user, public_id=session_id, now=g.now):
        abort(404)
    flash(_("That browser is signed out."), "success")
    return redirect(url_for("accounts.sessions"))
