"""Sign up, sign in, sign out, and a forgotten password."""

from typing import Any

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from rfp.accounts import queries, services
from rfp.accounts.forms import ChoosePasswordForm, ForgottenForm, SignInForm, SignUpForm
from rfp.accounts.views import blueprint
from rfp.accounts.views.sessions import enter, leave
from rfp.errors import InvalidError
from rfp.i18n import language
from rfp.mail import send_after_commit
from rfp.preferences import local_target
from rfp.vocabulary import OrganisationKind

Page = str | Response | tuple[str, int]
LINK_LIFE = 24 * 3600


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="sign-up")


def _link(endpoint: str, **values: Any) -> str:
    return str(current_app.config["BASE_URL"] + url_for(endpoint, **values))


@blueprint.route("/sign-up", methods=["GET", "POST"])
def sign_up() -> Page:
    """Always ends on the same page, so that nobody learns which addresses have an account."""
    form = SignUpForm(data={"kind": request.args.get("kind")})
    if form.validate_on_submit() and _may_send_mail(form):
        _send_sign_up_mail(form)
        return render_template("accounts/mail_sent.html", email=form.email.data)
    return render_template("accounts/sign_up.html", form=form), _status(form)


def _may_send_mail(form: Any) -> bool:
    """Counts the mail asked for; puts it on the form where there were too many."""
    try:
        services.count_mail(email=form.email.data, origin=request.remote_addr or "", now=g.now)
    except services.ThrottledError as error:
        form.form_errors.append(error.message)
        g.throttled = True
        return False
    return True


def _status(form: Any) -> int:
    if g.get("throttled"):
        return 429
    return 422 if form.errors else 200


def _send_sign_up_mail(form: SignUpForm) -> None:
    if queries.user_by_email(form.email.data):
        body = _(
            "Somebody, probably you, asked for an account with this address. You already have one: sign in at %(link)s",
            link=_link("accounts.sign_in"),
        )
        send_after_commit(to=form.email.data, subject=_("You already have an account"), body=body)
        return
    told = {name: form[name].data for name in ("kind", "organisation", "name", "email")}
    link = _link("accounts.confirm", token=_signer().dumps(told))
    body = _(
        "Welcome to Grille. Choose your password here to open your account (the link works for one day):\n\n%(link)s",
        link=link,
    )
    send_after_commit(to=form.email.data, subject=_("Open your account"), body=body)


@blueprint.route("/sign-up/<token>", methods=["GET", "POST"])
def confirm(token: str) -> Page:
    """The link of the mail: choose a password, and the account is open."""
    try:
        told = _signer().loads(token, max_age=LINK_LIFE)
    except BadSignature:
        flash(_("This link is not whole, or is older than one day. Ask for a new one."), "warning")
        return redirect(url_for("accounts.sign_up"))
    form = ChoosePasswordForm()
    if not form.validate_on_submit():
        return render_template("accounts/choose_password.html", form=form, told=told), 422 if form.errors else 200
    try:
        user = services.create_account(
            email=told["email"],
            name=told["name"],
            password=form.password.data,
            language=language(),
            organisation_name=told["organisation"],
            kind=OrganisationKind(told["kind"]),
            now=g.now,
        )
    except InvalidError as error:
        flash(error.message, "warning")
        return redirect(url_for("accounts.sign_in"))
    enter(user)
    flash(_("Your account is open. Welcome, %(name)s.", name=user.name), "success")
    return redirect(url_for("home.index"))


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Page:
    """The same words, in the same time, whether the address or the password is wrong."""
    if current_user.is_authenticated and request.method == "GET":
        return redirect(url_for("home.index"))
    form = SignInForm()
    if form.validate_on_submit():
        g.keep = True  # a failure is counted
        try:
            user = services.check_credentials(
                email=form.email.data,
                password=form.password.data,
                origin=request.remote_addr or "",
                now=g.now,
            )
        except services.ThrottledError as error:
            form.form_errors.append(error.message)
            return render_template("accounts/sign_in.html", form=form, accounts=queries.demonstration_accounts()), 429
        if user is not None:
            enter(user)
            return redirect(local_target(request.args.get("next")) or url_for("home.index"))
        form.form_errors.append(_("This address and this password do not go together."))
    return render_template(
        "accounts/sign_in.html", form=form, accounts=queries.demonstration_accounts()
    ), 422 if form.errors else 200


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """Kills the session, not only the cookie."""
    leave(current_user)
    return redirect(url_for("home.index"))


@blueprint.route("/password/forgotten", methods=["GET", "POST"])
def forgotten() -> Page:
    """Always ends on the same page."""
    form = ForgottenForm()
    if not form.validate_on_submit() or not _may_send_mail(form):
        return render_template("accounts/forgotten.html", form=form), _status(form)
    found = services.request_reset(email=form.email.data, now=g.now)
    if found:
        user, token = found
        link = _link("accounts.reset", token=token)
        body = _(
            "Hello %(name)s,\n\nchoose a new password here (the link works once, for one hour):\n\n%(link)s\n\n"
            "If you did not ask for it, do nothing.",
            name=user.name,
            link=link,
        )
        send_after_commit(to=user.email, subject=_("Choose a new password"), body=body)
    return render_template("accounts/mail_sent.html", email=form.email.data)


@blueprint.route("/password/reset/<token>", methods=["GET", "POST"])
def reset(token: str) -> Page:
    """The link of the mail: choose a new password, once."""
    if queries.reset_by_token(token, g.now) is None:
        flash(_("This link was used, or is older than one hour. Ask for a new one."), "warning")
        return redirect(url_for("accounts.forgotten"))
    form = ChoosePasswordForm()
    if not form.validate_on_submit():
        return render_template("accounts/choose_password.html", form=form, told=None), 422 if form.errors else 200
    enter(services.reset_password(token=token, password=form.password.data, now=g.now))
    flash(_("Your password is changed. Other browsers were signed out."), "success")
    return redirect(url_for("home.index"))
