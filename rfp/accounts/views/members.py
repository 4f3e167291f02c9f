"""Members of an organisation, and invitations."""

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from rfp.accounts import queries, services
from rfp.accounts.forms import InviteForm, JoinForm
from rfp.accounts.views import blueprint
from rfp.accounts.views.entering import Page
from rfp.accounts.views.sessions import enter
from rfp.errors import InvalidError
from rfp.i18n import language
from rfp.mail import send_after_commit
from rfp.vocabulary import ROLES, Role


def _page(form: InviteForm, status: int = 200) -> Page:
    owner = Role.OWNER in current_user.roles_in(g.organisation.id)
    return (
        render_template(
            "accounts/members.html",
            organisation=g.organisation,
            members=queries.members_of(g.organisation),
            invitations=queries.open_invitations(g.organisation, g.now),
            roles=ROLES[g.organisation.kind],
            owner=owner,
            form=form,
        ),
        status,
    )


@blueprint.get("/organisations/<organisation_id>/members")
def members(organisation_id: str) -> Page:
    """Who belongs, with what role; owners invite and change here."""
    return _page(InviteForm(formdata=None).offer(g.organisation.kind))


@blueprint.post("/organisations/<organisation_id>/members/invite")
def invite(organisation_id: str) -> Page:
    """Send a colleague a link."""
    form = InviteForm().offer(g.organisation.kind)
    if not form.validate():
        return _page(form, 422)
    try:
        services.count_mail(email=form.email.data, origin=f"from {organisation_id}", now=g.now)
        _invitation, token = services.invite_colleague(
            actor=current_user,
            organisation=g.organisation,
            email=form.email.data,
            role=Role(form.role.data),
            now=g.now,
        )
    except (InvalidError, services.ThrottledError) as error:
        form.email.errors = [error.message]
        return _page(form, error.status)
    link = current_app.config["BASE_URL"] + url_for("accounts.invitation", token=token)
    body = _(
        "%(name)s invites you to join %(organisation)s on Grille. Accept here within seven days:\n\n%(link)s",
        name=current_user.name,
        organisation=g.organisation.name,
        link=link,
    )
    send_after_commit(
        to=form.email.data,
        subject=_("Join %(organisation)s on Grille", organisation=g.organisation.name),
        body=body,
    )
    flash(_("An invitation is on its way to %(email)s.", email=form.email.data), "success")
    return redirect(url_for("accounts.members", organisation_id=organisation_id))


@blueprint.post("/organisations/<organisation_id>/invitations/<invitation_id>/revoke")
def revoke_invitation(organisation_id: str, invitation_id: str) -> Response:
    """Make an invitation unusable."""
    services.withdraw_invitation(actor=current_user, organisation=g.organisation, public_id=invitation_id, now=g.now)
    flash(_("The invitation is withdrawn."), "success")
    return redirect(url_for("accounts.members", organisation_id=organisation_id))


@blueprint.post("/organisations/<organisation_id>/members/<user_id>/role")
def change_role(organisation_id: str, user_id: str) -> Response:
    """Give a member another role."""
    given = request.form.get("role", "")
    role = Role(given) if given in {str(r) for r in ROLES[g.organisation.kind]} else None
    if role is None:
        raise InvalidError(_("Choose one of the roles."))
    services.change_role(actor=current_user, organisation=g.organisation, user_id=user_id, role=role, now=g.now)
    flash(_("The role is changed."), "success")
    return redirect(url_for("accounts.members", organisation_id=organisation_id))


@blueprint.post("/organisations/<organisation_id>/members/<user_id>/remove")
def remove_member(organisation_id: str, user_id: str) -> Response:
    """End a membership."""
    services.remove_member(actor=current_user, organisation=g.organisation, user_id=user_id, now=g.now)
    flash(_("This person is no longer a member."), "success")
    return redirect(
        url_for(
            "home.index" if user_id == current_user.public_id else "accounts.members",
            organisation_id=organisation_id,
        )
    )


@blueprint.route("/invitations/<token>", methods=["GET", "POST"])
def invitation(token: str) -> Page:
    """Join: with one button when signed in, by making an account otherwise."""
    found = queries.invitation_by_token(token, g.now)
    if found is None:
        return render_template("accounts/invitation_gone.html"), 410
    if current_user.is_authenticated and request.method == "POST":
        organisation = services.accept_invitation(actor=current_user, token=token, now=g.now)
        flash(_("You are now a member of %(name)s.", name=organisation.name), "success")
        return redirect(url_for("home.index"))
    form = JoinForm()
    known = queries.user_by_email(found.email) is not None
    if not current_user.is_authenticated and not known and form.validate_on_submit():
        enter(
            services.join_by_invitation(
                token=token, name=form.name.data, password=form.password.data, language=language(), now=g.now
            )
        )
        flash(_("You are now a member of %(name)s.", name=found.organisation.name), "success")
        return redirect(url_for("home.index"))
    return render_template(
        "accounts/invitation.html", invitation=found, form=form, known=known
    ), 422 if form.errors else 200
