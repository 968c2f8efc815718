"""The commands that open the vault without a window: export, import, backup, restore."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desktop import cli, clock, terminal
from desktop.terminal import BAD_INPUT, NO_VAULT, stop

if TYPE_CHECKING:
    from desktop.storage.store import Store

IN_FILE = cli.IN_FILE


def add_to(group: click.Group) -> None:
    """Add the commands of this file."""
    for command in (export, import_, backup, restore):
        group.add_command(command)


@click.command()
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False))
@cli.lang_option
def export(out: Path, lang: str) -> None:
    """Write the vault's answers to a file."""
    with _opened(lang) as store:
        cli.write(out, (cli.document(store.answers()) + "\n").encode(), lang)
        store.record(clock.now(), "answers.export", "answers", None)


@click.command(name="import")
@click.argument("file", type=IN_FILE)
@cli.lang_option
def import_(file: Path, lang: str) -> None:
    """Replace the vault's answers by those of a file: one undoable change, with a backup first."""
    from desktop import paths, vault
    from desktop.storage import backups
    from wizards.interview.mistakes import Unreadable

    try:
        answers = cli.answers_in(file, lang)
    except Unreadable as error:
        cli.refuse(error, lang)
    found = paths.find()
    if not vault.exists(found):
        passphrase = _passphrase(lang)
        if passphrase is None:
            stop(NO_VAULT, "cli.no-passphrase", lang)
        with _vault_errors(lang):
            vault.create(found, passphrase, use_keychain=False)
    with _opened(lang) as store:
        if store.answers():
            backups.before(store, "import", clock.today())
        store.replace_all(answers, clock.now())
    terminal.say("cli.imported", lang, count=str(len(answers)))


@click.command()
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False))
@cli.lang_option
def backup(out: Path, lang: str) -> None:
    """Write a checked, encrypted copy of the vault."""
    from desktop.storage import backups

    with _opened(lang) as store:
        try:
            backups.backup_to(store, out)
        except OSError as error:
            stop(BAD_INPUT, "cli.unwritable", lang, file=str(out), why=error.strerror or type(error).__name__)
    terminal.say("cli.written", lang, file=str(out))


@click.command()
@click.argument("file", type=IN_FILE, metavar="BACKUP")
@cli.lang_option
def restore(file: Path, lang: str) -> None:
    """Check a backup and make it the vault. The vault before is kept."""
    from desktop import paths, vault

    if not file.is_file():
        stop(BAD_INPUT, "cli.unreadable", lang, file=str(file), why=os.strerror(2))
    passphrase = _passphrase(lang)
    if passphrase is None:
        stop(NO_VAULT, "cli.no-passphrase", lang)
    found = paths.find()
    had = vault.exists(found)
    with _vault_errors(lang):
        vault.restore(found, file, passphrase, clock.now(), use_keychain=False)
    if had:
        terminal.say("cli.restored", lang, file=str(found.replaced))
    else:
        terminal.say("cli.restored-first", lang)


@contextlib.contextmanager
def _opened(lang: str) -> "Iterator[Store]":
    """The open vault, by the passphrase file where one is named, else by the keychain; exit 5 where it stays closed."""
    from desktop import paths, vault
    from desktop.storage.store import open_store, refuse_missing

    found = paths.find()
    with _vault_errors(lang):
        refuse_missing(found)
        passphrase = _passphrase(lang)
        key = vault.unlock_with_keychain(found) if passphrase is None else vault.unlock_with_passphrase(found, passphrase)
        store = open_store(found, key)
    with store, _vault_errors(lang):
        yield store


@contextlib.contextmanager
def _vault_errors(lang: str) -> Iterator[None]:
    from desktop.storage.faults import VaultError

    try:
        yield
    except VaultError as error:
        code = BAD_INPUT if error.code in {"not-a-backup", "disk-full", "read-only", "disk-error"} else NO_VAULT
        stop(code, f"vault.{error.code}", lang)


def _passphrase(lang: str) -> str | None:
    """The first line of the file named by GUIA_PASSPHRASE_FILE; None where none is named."""
    named = os.environ.get("GUIA_PASSPHRASE_FILE")
    if not named:
        return None
    try:
        first: Any = Path(named).read_bytes()[:4096].decode().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        stop(NO_VAULT, "cli.unreadable", lang, file=named, why=type(error).__name__)
    return str(first[0]) if first else ""


