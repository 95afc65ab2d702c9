"""The files of a school's repository beside its data: what judges it, publishes it, and says how it is used."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from string import Template

from generator.locale import Language, Message
from generator.registers.school.records import CodeHost
from generator.site.project import CHECKOUT
from generator.starter.answers import Given
from generator.starter.pin import FILE, Pin, StarterError, as_text
from generator.starter.workflows import derived

FILES = Path(__file__).resolve().parent / "files"
HIDDEN = ("github/", "githooks/", "gitattributes", "gitignore")
"""What begins with a dot in a repository; here it has none, because packages leave such files out."""
SHARED = (
    ".github/workflows/*.yml", ".github/comment/*.py", ".github/ISSUE_TEMPLATE/*.yml", ".github/PULL_REQUEST_TEMPLATE.md",
    ".github/live-ledger", ".githooks/pre-commit", ".githooks/commit-msg", ".pre-commit-config.yaml",
)  # fmt: skip
"""What a school has as this program's own repository has it, or nearly so."""
WORKFLOWS = ".github/workflows/"
FILLED_IN = ("README.md", ".github/CODEOWNERS")
EXECUTABLE = (".githooks/pre-commit", ".githooks/commit-msg")
GITHUB = "https://github.com/"


def sources(code: str = "zh", checkout: Path = CHECKOUT) -> dict[str, bytes]:
    """Return what the program holds for a school's repository, by the paths there, before anything is filled in.

    Raises `StarterError` where the program was installed without its own repository.
    """
    found: dict[str, bytes] = {}
    for pattern in SHARED:
        paths = sorted(checkout.glob(pattern))
        if not paths:
            raise StarterError(Message("Mingzhang must run from its own checkout for this: {file} is not in {folder}",
                                       file=pattern, folder=checkout))  # fmt: skip
        for path in paths:
            name = path.relative_to(checkout).as_posix()
            content = path.read_bytes()
            found[name] = derived(path.name, content.decode()).encode() if name.startswith(WORKFLOWS) else content
    for path in sorted(path for path in FILES.rglob("*") if path.is_file()):
        name = path.relative_to(FILES).as_posix()
        if name.startswith("README."):
            if name == f"README.{code}.md":
                found["README.md"] = path.read_bytes()
            continue
        target = ".github/CODEOWNERS" if name == "CODEOWNERS" else "." * name.startswith(HIDDEN) + name
        found[target] = path.read_bytes()
    return found


def repository_files(given: Given, words: Language) -> dict[str, bytes]:
    """Return the files for the answers of a school; without a host that runs workflows there are none of these."""
    values, texts = _values(given, words), sources(words.code)
    filled = {path: Template(texts[path].decode()).substitute(values).encode() for path in FILLED_IN}
    return shared_files(words, with_workflows=runs_workflows(given)) | filled


def shared_files(words: Language, *, with_workflows: bool) -> dict[str, bytes]:
    """Return the files that are the same in every school: what is filled in once belongs to the school from then on."""
    return {
        path: content for path, content in sources(words.code).items()
        if path not in FILLED_IN and (with_workflows or not path.startswith(WORKFLOWS))
    }  # fmt: skip


def runs_workflows(given: Given) -> bool:
    """Whether the school's host runs the workflows of GitHub; where no host is known yet they are written all the same."""
    repository, forge = given.get("repository"), given.get("forge")
    if forge:
        return forge is CodeHost.GITHUB
    return not repository or str(repository).startswith(GITHUB)


def _values(given: Given, words: Language) -> dict[str, str]:
    """Return what is filled into the texts."""
    owners = " ".join(given.get("owners") or _owner(given))
    return {
        "name": str(given["name"]),
        "term": str(given["term"]),
        "year": str(given["start"].year),
        "site": site_address(given) or words.say(Message("no address yet")),
        "owners": owners or "@ACCOUNT",
        "mark": "" if owners else "# ",
    }


def _parts(given: Given) -> list[str]:
    repository = str(given.get("repository") or "").rstrip("/").removesuffix(".git")
    return repository.removeprefix(GITHUB).split("/") if repository.startswith(GITHUB) else []


def _owner(given: Given) -> tuple[str, ...]:
    """Return the account that a repository on GitHub belongs to, until the school names others."""
    parts = _parts(given)
    return (f"@{parts[0]}",) if len(parts) == 2 else ()


def site_address(given: Given) -> str:
    """Return where GitHub will show the site, or nothing for another host."""
    parts = _parts(given)
    if len(parts) != 2:
        return ""
    owner, name = parts[0].lower(), parts[1]
    return f"https://{owner}.github.io/" + ("" if name.lower() == f"{owner}.github.io" else f"{name}/")


def sha256(content: bytes) -> str:
    """Return the SHA-256 of a file's content in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def pin_file(pin: Pin, files: Mapping[str, bytes], words: Language) -> tuple[str, bytes]:
    """Return the pin of a school with the hashes of the files that were written."""
    written = {path: sha256(content) for path, content in files.items() if path not in FILLED_IN}
    return FILE, as_text(Pin(pin.generator, pin.commit, pin.version, written), words).encode()
