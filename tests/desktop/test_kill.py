"""The program is killed while an owner answers, again and again on one vault: nothing that was acknowledged is lost."""

import json
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from signal import SIGKILL
from threading import Timer

import pytest

from desktop import vault
from desktop.paths import Paths
from tests.desktop.watch import Said, acknowledged, lost, opened, start

CHAINS = 2
"""Owners at work side by side, each with a vault of its own: one for each core."""


class Chain:
    """One vault, and everything that its owner was shown as given."""

    def __init__(self, home: Path, seed: int) -> None:
        self.home, self.errors = home, home.with_suffix(".errors")
        self.chance = random.Random(seed)  # noqa: S311 - no secret hangs on it
        self.passphrase = ""
        self.said: list[Said] = []
        self.killed_at_work = 0

    def run(self, rounds: int) -> None:
        for _ in range(rounds):
            self.work_until_killed()
            self.look()

    def work_until_killed(self) -> None:
        """One round in five is killed while Guia opens or makes the vault, the others within or after some page."""
        early = self.chance.random() < 0.2
        pages, delay = self.chance.randrange(4), self.chance.uniform(0.0, 1.2 if early else 0.4)
        seed = str(self.chance.randrange(10**6))
        with start(self.home, "on", "--passphrase", self.passphrase, "--seed", seed, errors=self.errors) as owner:
            kill = Timer(delay, owner.kill)
            if early:
                kill.start()
            assert owner.stdout is not None
            for line in owner.stdout:
                said = json.loads(line)
                self.passphrase = said.get("passphrase", self.passphrase)
                self.said.append(said)
                if not early and ("at_work" in said or "answers" in said):
                    pages -= 1
                    if pages == -1:
                        kill.start()
                        self.killed_at_work += 1
        assert owner.returncode == -SIGKILL, self.errors.read_text()[-3000:]
        assert "Traceback" not in self.errors.read_text(), self.errors.read_text()[-3000:]

    def look(self) -> None:
        """Open the vault as it was left, and hold it against what was acknowledged."""
        if vault.exists(Paths(self.home)):
            with opened(self.home, self.passphrase) as store:
                assert lost(store, acknowledged(self.said)) == []


def torture(folder: Path, rounds: int) -> list[Chain]:
    chains = [Chain(folder / f"home-{number}", seed=number) for number in range(CHAINS)]
    with ThreadPoolExecutor(CHAINS) as pool:
        for done in [pool.submit(chain.run, -(-rounds // CHAINS)) for chain in chains]:
            done.result()
    return chains


@pytest.mark.parametrize("rounds", [25, pytest.param(200, marks=pytest.mark.torture)])
def test_killed_while_answering_nothing_acknowledged_is_lost(tmp_path: Path, rounds: int) -> None:
    chains = torture(tmp_path, rounds)
    assert sum(chain.killed_at_work for chain in chains) > rounds // 2
    assert sum(len(acknowledged(chain.said)) for chain in chains) > rounds // 2
    for chain in chains:
        with opened(chain.home, chain.passphrase) as store:
            assert len(store.answers()) > 5
