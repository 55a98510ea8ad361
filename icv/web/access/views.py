"""Accounts as the coordinator sees them: invite, invite many, make a fresh link."""

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import EmailField, SelectChoice, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length

from icv.rules.access import Action, Role
from icv.rules.bounds import MOST_NAME
from icv.rules.reaching import LONGEST_ADDRESS
from icv.services import accounts as desk
from icv.services import invitations
from icv.store.accounts import Account, LinkPurpose, accounts_listed
from icv.web.accounts.forms import has_an_address
from icv.web.clock import now
from icv.web.db import db
from icv.web.gate import needs
from icv.web.links import address_of, can_send_letters
from icv.web.pages import choices, page
from icv.web.refusals import told_in

bp = Blueprint("access", __name__, url_prefix="/accounts")


class InviteForm(FlaskForm):
    email = EmailField(
        "E-mail address",
        [InputRequired("Enter an e-mail address"), Length(max=LONGEST_ADDRESS), has_an_address],
    )
    name = StringField(
        "Name", [Length(max=MOST_NAME)], description="Leave empty for a visitor who is on record"
    )
    roles = SelectMultipleField(
        "What they do",
        [InputRequired("Choose at least one")],
        choices=[
            SelectChoice(Role.COORDINATOR.value, "Coordinator: runs the scheme"),
            SelectChoice(Role.VOLUNTEER.value, "Volunteer: a visitor who is on record with this address"),
            SelectChoice(Role.PANEL.value, "Panel member: reads figures"),
            SelectChoice(Role.POLICE.value, "Police: answers findings"),
        ],
    )


@bp.get("/")
@needs(Action.INVITE)
def index() -> ResponseReturnValue:
    return page(
        "access/index.html",
        accounts=accounts_listed(db.session()),
        uninvited=invitations.uninvited_visitors(db.session()),
        marking=choices().records_marking,
    )


@bp.route("/invite", methods=["GET", "POST"])
@needs(Action.INVITE)
def invite() -> ResponseReturnValue:
    form = InviteForm()
    if form.validate_on_submit():
        with told_in(form):
            link = invitations.invite_by_letter(
                db.session(),
                form.email.data,
                {Role(role) for role in form.roles.data},
                name=form.name.data or "",
                by=current_user.actor,
                address_of=address_of,
                at=now(),
            )
            db.session.commit()
            shown = [(form.name.data or form.email.data, form.email.data, link)]
            return page("access/links.html", links=shown, can_send=can_send_letters())
    return page("access/invite.html", form=form)


@bp.post("/invite-visitors")
@needs(Action.INVITE)
def invite_visitors() -> ResponseReturnValue:
    links = invitations.invite_visitors(db.session(), by=current_user.actor, address_of=address_of, at=now())
    db.session.commit()
    if not links:
        flash("Every visitor has an account already.")
        return redirect(url_for("access.index"))
    return page("access/links.html", links=links, can_send=can_send_letters())


@bp.post("/<int:account_id>/link")
@needs(Action.INVITE)
def make_link(account_id: int) -> ResponseReturnValue:
    account = db.session.get(Account, account_id) or abort(404)
    purpose = LinkPurpose.NEW_PASSWORD if account.password_hash else LinkPurpose.INVITATION
    token = desk.make_link(db.session(), account.id, purpose, by=current_user.actor.account_id, at=now())
    shown = [(account.name, account.email, address_of(token))]
    db.session.commit()
    return page("access/links.html", links=shown, can_send=False)
