"""Addresses on code hosts: a line of a file at a commit, the editor for it, a new file, an upload, a question.

Where the forms of these addresses come from:
GitHub: issue forms are filled in by the ids of their fields (docs.github.com, “Syntax for GitHub's form schema”); its
``edit/``, ``new/`` and ``upload/`` stand before branch and path, and a new file takes ``filename`` and ``value``.
GitLab: ``config/routes/repository.rb`` of gitlab-org/gitlab for ``/-/edit/`` and ``/-/new/`` (with ``file_name`` and
``content``), docs.gitlab.com “Using a URL with prefilled values” for issues; uploading begins at the folder's page.
Gitea and Forgejo: ``routers/web/web.go`` of go-gitea/gitea for ``_edit``, ``_new`` and ``_upload``; its issue page
takes ``title``, and ``field:ID`` for the form of a template, which may be one below ``.github/`` (``NewIssue``).
Gitee: ``edit/`` as VitePress's theme links to it, templates as help.gitee.com says. It documents no address for a
question that is filled in; ours has the form of the GitLab that it grew out of, and at worst the fields stay empty.
Whoever may not write to a repository is led by all four to a copy of their own, and from there to a proposal.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from generator.problems import Place
from generator.registers.school.records import is_branch
from generator.values.text import is_link

DATA = "data"
FORM = "wrong-figure.yml"
BRANCH = "main"
HOSTS = {
    "github.com": "github", "gitlab.com": "gitlab", "gitee.com": "gitee", "codeberg.org": "gitea", "gitea.com": "gitea",
}  # fmt: skip
"""The kind of the hosts that everybody knows; any other is told by the school's setting."""

_part = lru_cache(maxsize=4096)(quote)


@dataclass(frozen=True)
class Routes:
    """What follows the address of a repository on one kind of code host; every value is encoded before it is put in."""

    at_commit: str
    at_branch: str
    edit: str
    new: str
    begun: str
    tree: str
    upload: str
    ask: str


ROUTES = {
    "github": Routes(
        at_commit="/blob/{commit}/",
        at_branch="/blob/{branch}/",
        edit="/edit/{branch}/{file}",
        new="/new/{branch}/{folder}?filename={name}",
        begun="&value={text}",
        tree="/tree/{branch}/{folder}",
        upload="/upload/{branch}/{folder}",
        ask=f"/issues/new?template={FORM}&title={{title}}&place={{place}}",
    ),
    "gitlab": Routes(
        at_commit="/-/blob/{commit}/",
        at_branch="/-/blob/{branch}/",
        edit="/-/edit/{branch}/{file}",
        new="/-/new/{branch}/{folder}?file_name={name}",
        begun="&content={text}",
        tree="/-/tree/{branch}/{folder}",
        upload="/-/tree/{branch}/{folder}",
        ask="/-/issues/new?issue%5Btitle%5D={title}&issue%5Bdescription%5D={place}",
    ),
    "gitea": Routes(
        at_commit="/src/commit/{commit}/",
        at_branch="/src/branch/{branch}/",
        edit="/_edit/{branch}/{file}",
        new="/_new/{branch}/{folder}?filename={name}",
        begun="",
        tree="/src/branch/{branch}/{folder}",
        upload="/_upload/{branch}/{folder}",
        ask=f"/issues/new?template=.github/ISSUE_TEMPLATE/{FORM}&title={{title}}&field%3Aplace={{place}}",
    ),
    "gitee": Routes(
        at_commit="/blob/{commit}/",
        at_branch="/blob/{branch}/",
        edit="/edit/{branch}/{file}",
        new="/new/{branch}/{folder}?filename={name}",
        begun="",
        tree="/tree/{branch}/{folder}",
        upload="/tree/{branch}/{folder}",
        ask="/issues/new?issue%5Btitle%5D={title}&issue%5Bdescription%5D={place}",
    ),
}


@dataclass(frozen=True)
class Forge:
    """A repository on a code host, with the branch that is published and the school's folder in it (``schools/a/``)."""

    repository: str
    kind: str
    branch: str = BRANCH
    folder: str = ""

    @property
    def routes(self) -> Routes:
        """What the addresses on a host of this kind look like."""
        return ROUTES[self.kind]

    def source(self, place: Place, commit: str = "") -> str:
        """Return the address of a line of a file as it was at a commit, or as it is on the branch."""
        start = _start(self.repository, self.kind, commit, self.branch, self.folder)
        return f"{start}{_part(place.file)}" + (f"#L{place.line}" if place.line else "")

    def edit(self, file: str) -> str:
        """Return the address at which a file is edited in the browser."""
        return self._at(self.routes.edit, file=_part(self.folder + file))

    def new(self, folder: str, name: str = "", text: str = "") -> str:
        """Return the address at which a new file is begun in a folder, called `name` and holding `text`."""
        begun = self.routes.begun.format(text=quote(text, safe="")) if text else ""
        return self._at(self.routes.new, folder=self._below(folder), name=quote(name, safe="")) + begun

    def tree(self, folder: str) -> str:
        """Return the address of a folder's page."""
        return self._at(self.routes.tree, folder=self._below(folder))

    def upload(self, folder: str) -> str:
        """Return the address at which files are uploaded into a folder, or of its page, from where one does."""
        return self._at(self.routes.upload, folder=self._below(folder))

    def ask(self, place: Place | str, title: str = "") -> str:
        """Return the address of the form that asks about a place, or about whatever the words say.

        The title is followed by the file's name and the line, or by the words.
        """
        if isinstance(place, str):
            return self._at(self.routes.ask, title=quote(title + place, safe=""), place=place_words(place))
        short = (
            _part(title, safe="") + _part(place.file.rpartition("/")[2]) + (f"%3A{place.line}" if place.line else "")
        )
        return self.repository + self.routes.ask.format(title=short, place=place_words(place))

    def _at(self, route: str, **values: str) -> str:
        return self.repository + route.format(branch=_part(self.branch), **values)

    def _below(self, folder: str) -> str:
        return _part((self.folder + folder).strip("/"))


def forge_of(
    repository: str | None, kind: str | None = None, branch: str | None = None, folder: str = ""
) -> Forge | None:
    """Return the code host of a repository, or None where its kind is not known or an address cannot be made.

    ``kind`` is the school's setting; without one, a few public hosts are known by their names. ``folder`` is where the
    school lies in the repository, empty or with a slash at its end.
    """
    address, branch = (repository or "").rstrip("/").removesuffix(".git"), branch or BRANCH
    host, _, path = address.removeprefix("https://").partition("/")
    kind = kind or HOSTS.get(host.lower(), "")
    known = kind in ROUTES and is_link(address) and path and not set("?#%") & set(address) and _plain(path)
    return Forge(address, kind, branch, folder) if known and is_branch(branch) else None


def place_words(place: Place | str) -> str:
    """Return a place as it is typed into a form, ``file:line:column (cell)``, encoded for an address."""
    if isinstance(place, str):
        return quote(place, safe="")
    numbers = f"%3A{place.line}%3A{place.column}" if place.line else ""
    if not place.cell:
        return _part(place.file) + numbers
    plain = place.cell.isascii() and place.cell.isalnum()
    return f"{_part(place.file)}{numbers}%20({place.cell if plain else quote(place.cell, safe='')})"


def _plain(path: str) -> bool:
    """Whether a path has no empty part and none of dots alone, which lead elsewhere."""
    return all(part.strip(".") for part in path.split("/"))


@lru_cache(maxsize=64)
def _start(repository: str, kind: str, commit: str, branch: str, folder: str) -> str:
    """Return what all addresses of lines begin with: a page has hundreds of them."""
    route = ROUTES[kind].at_commit if commit else ROUTES[kind].at_branch
    return repository + route.format(commit=_part(commit), branch=_part(branch)) + _part(folder)
