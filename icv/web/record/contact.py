"""How I am reached: the own telephone number, and the own e-mail address."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.services import addresses
from icv.services import people as desk
from icv.store.addresses import change_waiting
from icv.web.accounts.forms import LinkForm
from icv.web.clock import now
from icv.web.db import db
from icv.web.gate import needs
from icv.web.links import can_send_letters, full_address
from icv.web.pages import choices, page
from icv.web.people.blueprint import seen
from icv.web.record.blueprint import bp, own_id
from icv.web.record.forms import AddressForm, PhoneForm
from icv.web.refusals import told_in


@bp.route("/phone", methods=["GET", "POST"])
@needs(Action.CHANGE_OWN_CONTACT)
def phone() -> ResponseReturnValue:
    form = PhoneForm(phone=seen(own_id()).phone)
    if form.validate_on_submit():
        with told_in(form):
            desk.change_own_phone(db.session(), form.phone.data or "", by=current_user.actor, at=now())
            db.session.commit()
            flash("Your telephone number is changed.")
            return redirect(url_for("record.show"))
    return page("record/phone.html", form=form, marking=choices().records_marking)


@bp.route("/address", methods=["GET", "POST"])
@needs(Action.CHANGE_OWN_CONTACT)
def address() -> ResponseReturnValue:
    person, form = seen(own_id()), AddressForm()
    if form.validate_on_submit():
        with told_in(form):
            addresses.ask_to_change(
                db.session(), form.email.data, by=current_user.actor, address_of=_address_of, at=now()
            )
            db.session.commit()
            flash("Two letters are on their way: one to each address. Confirm in both within two days.")
            return redirect(url_for("record.address"))
    return page(
        "record/address.html",
        form=form,
        person=person,
        waiting=change_waiting(db.session(), current_user.actor.account_id, at=now()),
        can_send=can_send_letters(),
        marking=choices().records_marking,
    )


@bp.post("/address/withdraw")
@needs(Action.CHANGE_OWN_CONTACT)
def withdraw_address() -> ResponseReturnValue:
    if LinkForm().validate_on_submit():
        addresses.withdraw(db.session(), by=current_user.actor, at=now())
        db.session.commit()
        flash("The change is stopped: your address stays as it is.")
    return redirect(url_for("record.address"))


def _address_of(token: str) -> str:
    return full_address("addresses.link", address_token=token)
