"""A real keychain: gnome-keyring on a session bus of its own, made for this test and gone after it.

pytest runs this file once more as a program under `dbus-run-session`; what it prints is what was seen there.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SERVICE = "keyring.backends.SecretService.Keyring"


def test_a_real_secret_service_keeps_the_key(tmp_path: Path) -> None:
    for needed in ("dbus-run-session", "gnome-keyring-daemon"):
        assert shutil.which(needed), f"{needed} is needed: apt-get install gnome-keyring dbus"
    environment = {name: value for name, value in os.environ.items() if "DBUS" not in name and "KEYRING" not in name}
    folders = {name: str(tmp_path) for name in ("HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    shown = subprocess.run(
        ["dbus-run-session", "--", sys.executable, __file__, str(tmp_path / "guia")],
        env=environment | folders | {"PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert shown.returncode == 0, shown.stderr
    assert json.loads(shown.stdout) == {
        "locked": "keychain-locked",
        "probe": SERVICE,
        "recorded": SERVICE,
        "unlocked": True,
        "wrong": "wrong-key",
        "wrong entry left": True,
        "kept again": True,
        "empty": "keychain-empty",
        "by passphrase": True,
        "restored": True,
        "other secret": True,
        "forgotten": "keychain-empty",
        # the bus may start another daemon, which is locked
        "stopped": True,
    }


def main(home: Path) -> None:
    """Walk through the life of a key and print what was seen."""
    import keyring

    from desktop import vault
    from desktop.paths import Paths
    from desktop.storage import backups
    from desktop.storage.store import open_store

    def code(ask: object, *given: object) -> str:
        try:
            ask(*given)  # type: ignore[operator]
        except vault.VaultError as error:
            return error.code
        return "none"

    daemon = ["gnome-keyring-daemon", "--components=secrets", "--foreground"]
    seen: dict[str, object] = {}
    with subprocess.Popen(daemon, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as locked:
        seen["locked"] = code(vault.probe)
        locked.terminate()
    with subprocess.Popen(
        [*daemon, "--unlock"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as service:
        assert service.stdin
        service.stdin.write(b"login")
        service.stdin.close()
        paths, passphrase = Paths(home), "correct horse battery"
        seen["probe"] = vault.probe()
        key = vault.create(paths, passphrase, use_keychain=True)
        place = json.loads(paths.key.read_bytes())["keychain"]
        seen["recorded"] = place["backend"]
        seen["unlocked"] = vault.unlock_with_keychain(paths) == key
        keyring.set_password(place["slot"], vault.USER, "00" * 32)
        seen["wrong"] = code(vault.unlock_with_keychain, paths)
        vault.keep_in_keychain(paths, key)
        seen["wrong entry left"] = keyring.get_password(place["slot"], vault.USER) == "00" * 32
        seen["kept again"] = vault.unlock_with_keychain(paths) == key
        with open_store(paths, key) as store:
            backups.backup_to(store, home / "copy")
        keyring.delete_password(json.loads(paths.key.read_bytes())["keychain"]["slot"], vault.USER)
        seen["empty"] = code(vault.unlock_with_keychain, paths)
        seen["by passphrase"] = vault.unlock_with_passphrase(paths, passphrase) == key
        vault.restore(paths, home / "copy", passphrase, "2026-11-23T10:15:30.000000Z", use_keychain=True)
        seen["restored"] = vault.unlock_with_keychain(paths) == key
        other = vault.keep_secret("nextcloud", "aB3" * 24)
        seen["other secret"] = vault.secret(other) == "aB3" * 24 and vault.unlock_with_keychain(paths) == key
        vault.forget_secret(other)
        seen["forgotten"] = code(vault.secret, other)
        service.terminate()
    seen["stopped"] = code(vault.unlock_with_keychain, paths) in {"keychain-missing", "keychain-locked"}
    sys.stdout.write(json.dumps(seen))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
