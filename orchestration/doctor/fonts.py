"""Fonts: pages name their KPIs in English and Chinese; whoever prints them here needs glyphs for both."""

import shutil
import subprocess

from orchestration.doctor.finding import Finding, ok, warning

LANGUAGES = {"en": ("English", "fonts-dejavu-core"), "zh-cn": ("Chinese", "fonts-noto-cjk")}


def check_fonts() -> list[Finding]:
    """Whether this machine has a font per language of the pages; readers' own machines are not seen."""
    program = shutil.which("fc-list")
    if program is None:
        said = "fontconfig is not installed, so fonts cannot be listed"
        return [warning("fonts", said, "where pages are printed: apt-get install fontconfig fonts-noto-cjk")]
    missing = [code for code in LANGUAGES if not families(program, code)]
    if not missing:
        return [ok("fonts", "the pages' English and Chinese can be printed here")]
    names = ", ".join(LANGUAGES[code][0] for code in missing)
    packages = " ".join(LANGUAGES[code][1] for code in missing)
    said = f"no font for {names}: pages printed on this machine would show boxes"
    return [warning("fonts", said, f"apt-get install {packages}")]


def families(program: str, language: str) -> list[str]:
    """The font families that `fc-list` knows for a language."""
    command = [program, f":lang={language}", "family"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return sorted(set(done.stdout.splitlines()))
