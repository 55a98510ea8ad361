"""Commands for ways in: invitations, and the link back in for anyone."""

import click

from icv.cli.words import now, to_write
from icv.config import from_environment
from icv.rules.access import Role
from icv.services import accounts
from icv.store.accounts import LinkPurpose, account_by_email


@click.group()
def user() -> None:
    """Accounts."""


@user.command()
@click.argument("email")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice([role.value for role in Role]),
    help="May be given several times.",
)
@click.option("--name", default="", help="Shown instead of the address.")
def invite(email: str, roles: tuple[str, ...], name: str) -> None:
    """Make an account or add roles to it, and print a one-time invitation."""
    config = from_environment()
    with to_write(config) as session:
        token = accounts.invite(session, email, {Role(role) for role in roles}, name=name, by=None, at=now())
        session.commit()
    click.echo(f"{config.base_url}/link/{token}")


@user.command()
@click.argument("email")
def link(email: str) -> None:
    """Print a one-time link that signs the account in, the last coordinator's included."""
    config = from_environment()
    with to_write(config) as session:
        account = account_by_email(session, email)
        if account is None or account.closed_at is not None:
            raise accounts.AccountError(
                f"No account has the address {email}. Make one with: icv user invite {email} --role ROLE"
            )
        token = accounts.make_link(session, account.id, LinkPurpose.SIGN_IN, by=None, at=now())
        session.commit()
    click.echo(f"{config.base_url}/link/{token}")


COMMANDS = (user,)
