"""The commands that open the vault without a window: export, import, backup, restore."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click

from desktop import cli, clock, plain, terminal
from desktop.terminal import BAD_INPUT, NO_VAULT, stop

if TYPE_CHECKING:
    from desktop.paths import Paths
    from desktop.storage.faults import VaultError
    from desktop.storage.store import Store

# the vault is open or being made; what failed is the disk or the file that was handed over
_NOT_THE_VAULT: Final = frozenset({"not-a-backup", "disk-full", "read-only", "disk-error"})
_ASK_PASSPHRASE: Final = frozenset(
    {"keychain-missing", "keychain-locked", "keychain-hung", "keychain-empty", "wrong-key"}
)
COMMAND: Final = "command"
_LONGEST_LINE: Final = 4096


@click.command()
@click.option("--out", required=True, type=cli.A_FILE)
@cli.lang_option
def export(out: Path, lang: str) -> None:
    """Write the vault's answers to a file."""
    from desktop.trail import Trail

    cli.refuse_place(out, lang)
    with opened(lang) as store:
        cli.write(out, (cli.document(store.answers()) + "\n").encode(), lang)
        Trail(store).exported("answers", "answers")


@click.command(name="import")
@click.argument("file", type=cli.A_FILE)
@cli.lang_option
def import_(file: Path, lang: str) -> None:
    """Replace the vault's answers by those of a file: one undoable change, with a backup first."""
    from desktop import paths, vault
    from desktop.storage import backups

    answers = cli.good_answers(file, lang)
    found = paths.find()
    if vault.exists(found):
        with opened(lang) as store:
            backups.before(store, "import", clock.today())
            store.replace_all(answers, clock.now())
        terminal.say("cli.imported", lang, count=str(len(answers)))
    else:
        passphrase = _needed_passphrase(lang)
        with _said(lang, _NOT_THE_VAULT):
            _make(found, passphrase, answers)
        terminal.say("cli.imported-first", lang, count=str(len(answers)))


def _make(found: "Paths", passphrase: str, answers: dict[str, Any]) -> None:
    """Make the vault with these answers in it: finished aside, then put in place, so that nothing is ever half made."""
    from desktop import paths, vault
    from desktop.storage.connection import hold
    from desktop.storage.envelope import MINIMUM_CHARACTERS
    from desktop.storage.faults import VaultError, as_vault_error
    from desktop.storage.moves import put_in_place, staging
    from desktop.storage.store import open_store

    if len(passphrase) < MINIMUM_CHARACTERS:
        raise VaultError("weak-passphrase")
    with as_vault_error():
        paths.prepare(found)
    with hold(found.lock), staging(found) as staged:
        key = vault.create(staged, passphrase, use_keychain=False)
        with open_store(staged, key, COMMAND) as store:
            store.replace_all(answers, clock.now())
        if vault.exists(found):
            raise VaultError("vault-exists")
        put_in_place(found, staged, aside="nothing")


@click.command()
@click.option("--out", required=True, type=cli.A_FILE)
@cli.lang_option
def backup(out: Path, lang: str) -> None:
    """Write a checked, encrypted copy of the vault."""
    from desktop.storage import backups
    from desktop.storage.faults import VaultError

    cli.refuse_place(out, lang)
    with opened(lang) as store:
        try:
            backups.backup_to(store, out)
        except VaultError as error:
            if isinstance(error.__cause__, OSError):
                stop(BAD_INPUT, "cli.unwritable", lang, file=str(out), why=terminal.why(error.__cause__, lang))
            raise
    terminal.say("cli.written", lang, file=str(out))


@click.command()
@click.argument("file", type=cli.A_FILE, metavar="BACKUP")
@cli.lang_option
def restore(file: Path, lang: str) -> None:
    """Check a backup and make it the vault. The vault before is kept."""
    from desktop import paths, vault

    try:
        plain.beginning(file, 1)
    except OSError as error:
        stop(BAD_INPUT, "cli.unreadable", lang, file=str(file), why=terminal.why(error, lang))
    passphrase = _needed_passphrase(lang)
    found = paths.find()
    had = vault.exists(found)
    # what is damaged here is the file that was handed over
    with _said(lang, _NOT_THE_VAULT | {"damaged"}):
        vault.restore(found, file, passphrase, clock.now(), use_keychain=False, who=COMMAND)
    if had:
        terminal.say("cli.restored", lang, file=str(found.replaced))
    else:
        terminal.say("cli.restored-first", lang)


@contextlib.contextmanager
def opened(lang: str) -> "Iterator[Store]":
    """The open vault, by the passphrase file where one is named, else by the keychain; exit 5 where it stays closed."""
    from desktop import paths, vault
    from desktop.storage.store import open_store, refuse_missing

    found = paths.find()
    with _said(lang, frozenset()):
        refuse_missing(found)
        passphrase = _passphrase(lang)
        if passphrase is None:
            key = vault.unlock_with_keychain(found)
        else:
            key = vault.unlock_with_passphrase(found, passphrase)
        store = open_store(found, key, COMMAND)
    with store, _said(lang, _NOT_THE_VAULT):
        yield store


@contextlib.contextmanager
def _said(lang: str, bad_input: frozenset[str]) -> Iterator[None]:
    """A vault's fault as its sentence: exit 2 for the codes in `bad_input`, 5 for all others."""
    from desktop.storage.faults import VaultError

    try:
        yield
    except VaultError as error:
        _stop(error, lang, bad_input)


def _stop(error: "VaultError", lang: str, bad_input: frozenset[str]) -> NoReturn:
    code = BAD_INPUT if error.code in bad_input else NO_VAULT
    # a damaged file that was handed over is said as such
    word = "not-a-backup" if error.code == "damaged" and code == BAD_INPUT else error.code
    terminal.say(f"vault.{word}", lang)
    if error.code in _ASK_PASSPHRASE:
        terminal.say("cli.no-passphrase", lang)
    raise SystemExit(code)


def _needed_passphrase(lang: str) -> str:
    passphrase = _passphrase(lang)
    if passphrase is None:
        stop(NO_VAULT, "cli.no-passphrase", lang)
    return passphrase


def _passphrase(lang: str) -> str | None:
    """The first line of the file named by GUIA_PASSPHRASE_FILE; None where none is named."""
    named = os.environ.get("GUIA_PASSPHRASE_FILE")
    if not named:
        return None
    try:
        first = plain.beginning(Path(named), _LONGEST_LINE).split(b"\n", 1)[0]
        return first.decode("utf-8-sig").removesuffix("\r")
    except OSError as error:
        stop(NO_VAULT, "cli.unreadable", lang, file=named, why=terminal.why(error, lang))
    except UnicodeDecodeError:
        stop(NO_VAULT, "cli.passphrase-not-text", lang, file=named)


COMMANDS = (export, import_, backup, restore)
