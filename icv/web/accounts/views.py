"""Pages of signing in: a link is shown by GET and used by its button only, as mail scanners look at links."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.services import accounts as desk
from icv.services import invitations
from icv.store.accounts import Account, LinkPurpose, OneTimeLink, link_waiting, own_sign_ins
from icv.web import kept
from icv.web.accounts.forms import ForgottenForm, LinkForm, PasswordForm, SetUpForm, SignInForm
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs, open_to_all
from icv.web.links import address_of, can_send_letters
from icv.web.pages import page
from icv.web.refusals import told_in
from icv.web.signins import begin_sign_in, end_sign_in

bp = Blueprint("accounts", __name__)


@bp.route("/sign-in", methods=["GET", "POST"])
@open_to_all
def sign_in() -> ResponseReturnValue:
    form = SignInForm(next=request.args.get("next", ""))
    if form.validate_on_submit() and _password_passed(form) and (resumed := _go_on(form)):
        return resumed
    return page("accounts/sign-in.html", form=form)


def _password_passed(form: SignInForm) -> bool:
    """Begins the sign-in if the password fits; otherwise says in the form why not."""
    try:
        attempt = desk.begin_try(db.session(), form.email.data, request.remote_addr or "", at=now())
    except desk.AccountError as refusal:
        form.form_errors.append(str(refusal))
        return False
    # Committed before the password is looked at: tries made at once all count, and no lock waits.
    db.session.commit()
    if not desk.password_fits(attempt.password_hash, form.password.data) or attempt.account_id is None:
        form.form_errors.append("The e-mail address and the password do not belong together. Try again.")
        return False
    desk.forget_try(db.session(), attempt)
    if not begin_sign_in(attempt.account_id):
        form.form_errors.append("This account is closed. Ask the coordinator if you think it should not be.")
        return False
    db.session.commit()
    return True


def _go_on(form: SignInForm) -> ResponseReturnValue:
    """Back to what was asked for, or on to sending a form that was kept."""
    if waiting := kept.unpacked(form.kept.data or ""):
        return page("accounts/send-again.html", waiting=waiting)
    return redirect(_own_page(form.next.data or ""))


def _own_page(path: str) -> str:
    """The path if it is a page of this service, else the home page: nobody is sent elsewhere."""
    # Browsers leave tabs and line ends out of addresses: "/<tab>/elsewhere" would be "//elsewhere".
    if path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable():
        return path
    return url_for("home.index")


@bp.post("/sign-out")
@needs(Action.END_OWN_SIGN_INS)
def sign_out() -> ResponseReturnValue:
    end_sign_in()
    db.session.commit()
    flash("You are signed out.")
    return redirect(url_for("accounts.sign_in"))


@bp.route("/forgotten-password", methods=["GET", "POST"])
@open_to_all
def forgotten() -> ResponseReturnValue:
    form = ForgottenForm()
    if form.validate_on_submit():
        with told_in(form):
            invitations.ask_for_new_password(
                db.session(), form.email.data, request.remote_addr or "", address_of=address_of, at=now()
            )
            db.session.commit()
            return page("accounts/letter-on-its-way.html")
    return page("accounts/forgotten.html", form=form, can_send=can_send_letters())


@bp.route("/link/<token>", methods=["GET", "POST"])
@open_to_all
def link(token: str) -> ResponseReturnValue:
    waiting = link_waiting(db.session(), desk.digest(token), at=now())
    if waiting is None:
        return page("accounts/link-used.html", status=404)
    return LINK_PAGES[waiting.purpose](token, waiting)


def _sign_in_by_link(token: str, waiting: OneTimeLink) -> ResponseReturnValue:
    account = db.session.get_one(Account, waiting.account_id)
    form = LinkForm()
    if form.validate_on_submit():
        return _signed_in_by(token, account.id) or redirect(url_for("home.index"))
    return page("accounts/link-sign-in.html", form=form, account=account)


def _choose_password(token: str, waiting: OneTimeLink) -> ResponseReturnValue:
    account = db.session.get_one(Account, waiting.account_id)
    account_id, form = account.id, PasswordForm()
    form.email = account.email
    if form.validate_on_submit():
        password_hash = _hashed_apart(form.password.data)
        return _signed_in_by(
            token, account_id, lambda: desk.set_password(db.session(), account_id, password_hash, at=now())
        ) or redirect(url_for("home.index"))
    return page("accounts/link-password.html", form=form, account=account)


def _set_up(token: str, waiting: OneTimeLink) -> ResponseReturnValue:
    form = SetUpForm()
    if form.validate_on_submit():
        password_hash = _hashed_apart(form.password.data)
        with told_in(form):
            account = desk.set_up(
                db.session(),
                scheme_name=form.scheme_name.data,
                name=form.name.data,
                email=form.email.data,
                password_hash=password_hash,
                on=today(),
                at=now(),
            )
            flash("Welcome. The scheme is set up. Look through its settings first.")
            return _signed_in_by(token, account.id) or redirect(url_for("settings.show"))
    return page("accounts/set-up.html", form=form)


def _hashed_apart(password: str) -> str:
    """Hashing takes its time: let go of the database for so long."""
    db.session.rollback()
    return desk.hashed(password)


def _signed_in_by(
    token: str, account_id: int, first: Callable[[], None] | None = None
) -> ResponseReturnValue | None:
    """Uses the link up and signs in, all or nothing; an answer only where that was refused."""
    if desk.use_link(db.session(), token, at=now()) is None:
        db.session.rollback()
        return page("accounts/link-used.html", status=404)
    if first:
        first()
    if not begin_sign_in(account_id):
        db.session.rollback()
        abort(403)
    db.session.commit()
    return None


LINK_PAGES = {
    LinkPurpose.INVITATION: _choose_password,
    LinkPurpose.NEW_PASSWORD: _choose_password,
    LinkPurpose.SIGN_IN: _sign_in_by_link,
    LinkPurpose.SET_UP: _set_up,
}


@bp.get("/sign-ins/")
@needs(Action.END_OWN_SIGN_INS)
def own_sign_ins_page() -> ResponseReturnValue:
    held = own_sign_ins(db.session(), current_user.actor.account_id, at=now())
    return page("accounts/own-sign-ins.html", sign_ins=held, this_one=current_user.sign_in_id)


@bp.post("/sign-ins/<int:sign_in_id>/end")
@needs(Action.END_OWN_SIGN_INS)
def end_own_sign_in(sign_in_id: int) -> ResponseReturnValue:
    if not desk.end_sign_in(db.session(), sign_in_id, by=current_user.actor, at=now()):
        abort(404)
    db.session.commit()
    flash("That device is signed out.")
    return redirect(url_for("accounts.own_sign_ins_page"))
