"""Makes the pictures of the README from today's program: `make pictures`. Needs poppler-utils for the plan's page."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
# file, language, colours, sample, page
WINDOWS = (
    ("home.png", "en", "light", "insurance-broker", "home", ""),
    ("map.png", "en", "light", "insurance-broker", "map", ""),
    ("log.png", "en", "light", "insurance-broker", "log", ""),
    ("question.png", "zh-Hant", "light", "clinic", "page", "flows/flows"),
    ("plan.png", "pt", "dark", "restaurant", "plan", ""),
)


def main() -> None:
    """Draw each window without a screen, and the second page of a plan."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    sys.path.insert(0, str(ROOT))
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ["GUIA_HOME"] = home
        _windows()
        _page(Path(home))


def _windows() -> None:
    from desktop import content
    from desktop.app import build
    from desktop.doors import Settings
    from desktop.ui import theme
    from desktop.ui.desk import Place

    app = build()
    theme.load_font("Bold")
    app.words.update(content.words())
    for file, lang, scheme, sample, name, of in WINDOWS:
        app.settings = Settings(lang, scheme)  # type: ignore[arg-type]  # one of the three schemes
        app.entered(app.doors.sample(sample, lang), sample=True)
        app.window.resize(1280, 800)
        app.dress(Place(name, of))
        app.window.show()
        for _ in range(20):
            app.qt.processEvents()
        app.window.grab().save(str(PICTURES / file))
        print(f"docs/pictures/{file}")
    app.close()


def _page(folder: Path) -> None:
    guia = [sys.executable, "-m", "desktop"]
    answers, plan = folder / "answers.json", folder / "plan.pdf"
    with answers.open("wb") as file:
        subprocess.run([*guia, "sample", "restaurant"], check=True, cwd=ROOT, stdout=file)
    subprocess.run([*guia, "plan", str(answers), "--out", str(plan)], check=True, cwd=ROOT)
    page = ["pdftoppm", "-r", "80", "-f", "2", "-l", "2", "-singlefile", "-png", str(plan)]
    subprocess.run([*page, str(PICTURES / "plan-pdf")], check=True)
    print("docs/pictures/plan-pdf.png")


if __name__ == "__main__":
    main()
