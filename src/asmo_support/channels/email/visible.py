"""What the person newly wrote: without the letter answered, without the signature. When unsure it shows more.

    forwarded or original letter, block of From/Sent/To/Subject   everything from there on goes, when it stands apart
    «… wrote:» with quoted lines at the end                       both go
    «… wrote:» after words of one's own, without quote signs      everything from there on goes
    «… wrote:» with quoted lines and an answer below               the quote on top, also below a greeting, goes;
                                                                   between answers it stays
    «-- » and «____» near the end, «Sent from …»                   go
    «С уважением, …» with names, posts, phones only to the end     goes (`closings`)

Quoted lines with nothing above and words below stay: somebody answers point by point.
"""

import re

from asmo_support.channels.email import closings, intros, markup

_QUOTED = re.compile(r"\s{0,3}>|[A-ZА-ЯЁ]{1,3}>(?: |$)")
_RULE = re.compile(r"[\s>*]*(?:-{2,}|—|–|_{3,}|={5,}|\*{3,}|#{4,}|~{3,}|\+{4,}|[-_]{2,}\s?)[\s*]*")
_SIGNATURE = re.compile(r"\s{0,2}(?:-- ?|— ?|––|_{5,})\s*")
# The Bat! greets above what it quotes, and the answer stands below.
_GREETING = re.compile(
    r"\s*(?:здравствуйте|добр(?:ый|ое|ого) (?:день|утро|вечер|дня|времени суток)|приветствую|уважаем\w+|hello|hi|dear)"
    r"(?:[ ,]+[\w.«»-]+){0,4}\s?[.,!]?\s*",
    re.IGNORECASE,
)
_SAYS = re.compile(r"\S+ .*[^\W\d_]{2}[.!?…]+$")
# As standards have it; with its blank nobody writes it by hand.
_SIGNED = "-- "
_LOGGED = re.compile(
    r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d|\w(?:Exception|Error)\b|^\s*at [\w.$]+\(|\b(?:Traceback|ERROR|FATAL|WARN(?:ING)?)\b"
)
_SIGNATURE_LINES = 15
_RULED_LINES = 6
_LONG_LINE = 200
_WRAPPED = 66
_LONGEST = 500_000
_ODD = re.compile("[ᐧ\u200b\u200c\u200d\u2060\ufeff\u200e\u200f]")


def of_text(text: str) -> str:
    """The new words of a plain text; empty when everything in it is quoted or forwarded."""
    return _folded(_ODD.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).replace("\xa0", " ").split("\n"))


def of_html(html: str) -> str:
    """The same of HTML, as text."""
    return of_marked(markup.to_marked(html))


def of_marked(marked: str) -> str:
    """The same of `markup.to_marked`."""
    return of_text(_without_marked_signature(marked))


def shown(marked: str) -> str:
    """What a ticket shows of a letter: the new words, or all of it when somebody forwards without a word."""
    if len(marked) > _LONGEST:
        return markup.unmarked(marked[:_LONGEST])
    new = of_marked(marked)
    if new.strip():
        return new
    lines = marked.split("\n")
    forwarded = any(intros.original(lines, at) or intros.header_block(lines, at) for at in range(len(lines)))
    return markup.unmarked(marked) if forwarded else ""


def _without_marked_signature(marked: str) -> str:
    """What the mail program itself calls a signature; quoted ones go with their quote."""
    kept: list[str] = []
    inside = False
    for line in marked.split("\n"):
        if line == markup.SIGNATURE:
            inside = True
        elif line == markup.SIGNATURE_END:
            inside = False
        elif not inside and line.strip("> ") not in {markup.SIGNATURE, markup.SIGNATURE_END}:
            kept.append(line)
    return "\n".join(kept)


def _folded(lines: list[str]) -> str:
    lines = _with_wrapped_quotes([line if line == _SIGNED else line.rstrip() for line in lines])
    lines = _before_original(lines)
    lines = _without_intros(lines)
    lines = _before_signature(lines)
    return "\n".join(_trimmed(lines)).strip("\n")


def _with_wrapped_quotes(lines: list[str]) -> list[str]:
    """A long quoted line that some program broke goes on without its sign; between two quoted lines it gets it back."""
    mended = list(lines)
    for at in range(1, len(lines) - 1):
        above, line, below = mended[at - 1], lines[at], lines[at + 1]
        is_lost = bool(line.strip()) and not _is_quoted(line) and len(above) > _WRAPPED
        if is_lost and above.startswith(">") and below.startswith(">"):
            mended[at] = f"> {line}"
    return mended


def _before_original(lines: list[str]) -> list[str]:
    at = 0
    while at < len(lines):
        count = intros.header_block(lines, at)
        if intros.original(lines, at) or (count and intros.is_head(lines, at, count)):
            return lines[:at]
        at += count or 1
    return lines


def _without_intros(lines: list[str]) -> list[str]:
    kept: list[str] = []
    ends = _quote_ends(lines)
    at, has_words, has_said = 0, False, False
    while at < len(lines):
        if not has_words and _opens_with_an_intro(lines, at):
            at = ends[at]
            continue
        count = 0 if _is_quoted(lines[at]) else intros.intro(lines, at)
        quote_end = ends[at + count] or at + count
        is_quoting = count and (quote_end > at + count or intros.is_certain(lines, at, count))
        if is_quoting and quote_end == at + count and _goes_on(lines, at, count):
            is_quoting = False
        if not is_quoting:
            kept.append(lines[at])
            is_word = _is_word(lines[at])
            has_words, has_said = (
                has_words or is_word,
                has_said or (is_word and not _GREETING.fullmatch(lines[at][:_WRAPPED])),
            )
            at += 1
            continue
        if quote_end == at + count and has_words:
            return kept
        at += count
        # A blank line says that what is quoted below is not attached to the words above.
        kept.append("")
        is_alone = not has_said and not any(_is_quoted(line) for line in lines[quote_end:])
        if not has_words or is_alone or lines[quote_end - 1].lstrip().startswith("|"):
            at = quote_end
    return kept


def _opens_with_an_intro(lines: list[str], at: int) -> bool:
    """Whether quoted lines begin here, and the first of them says who wrote them: Apple's way."""
    if not _is_quoted(lines[at]) or (at and _is_quoted(lines[at - 1])):
        return False
    count = intros.intro(lines, at)
    return bool(count) and intros.is_certain(lines, at, count)


def _goes_on(lines: list[str], at: int, count: int) -> bool:
    """Words stand right below: such a line in a log or a story, not above a letter one answers."""
    below = lines[at + count] if at + count < len(lines) else ""
    return bool(below.strip())


def _quote_ends(lines: list[str]) -> list[int]:
    """Where the quoted lines that follow each line, itself counted, end; 0 when there are none. Read once from below:
    asked of each line anew a text of quotes would cost the square of its length.
    """
    ends = [0] * (len(lines) + 1)
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at]
        if _is_quoted(line) or line.lstrip().startswith("|"):
            ends[at] = ends[at + 1] or at + 1
        elif not line.strip():
            ends[at] = ends[at + 1]
    return ends


def _is_word(line: str) -> bool:
    return bool(line.strip()) and not _is_rule(line) and not intros.mobile(line)


def _is_rule(line: str) -> bool:
    return len(line) < _LONG_LINE and bool(_RULE.fullmatch(line))


def _is_quoted(line: str) -> bool:
    return bool(_QUOTED.match(line))


def _before_signature(lines: list[str]) -> list[str]:
    """Cuts at the last «-- » that has a few lines below it; mobile lines go wherever they stand."""
    lines = [line for line in lines if not intros.mobile(line)]
    below = sum(_says(line) for line in lines)
    fenced = False
    for at, line in enumerate(lines):
        below -= _says(line)
        fenced ^= line.lstrip().startswith("```")
        if fenced or len(line) > _LONG_LINE or not _SIGNATURE.fullmatch(line):
            continue
        if below <= (_RULED_LINES if line.strip().startswith("_") else _SIGNATURE_LINES) and _closes(lines, at):
            return lines[:at]
    return lines[: closings.start(lines[: _quoteless_end(lines)])]


def _quoteless_end(lines: list[str]) -> int:
    end = len(lines)
    while end and (not lines[end - 1].strip() or _is_quoted(lines[end - 1])):
        end -= 1
    return end


def _closes(lines: list[str], at: int) -> bool:
    """Whether nothing speaks against a signature: a rule that frames something has a twin, what is announced with a
    colon follows, and who only drew two dashes goes on in sentences.
    """
    if lines[at] == _SIGNED:
        # Nobody signs with the lines of a log: then the dashes only part it from the words.
        return not any(_LOGGED.search(line[:_LONG_LINE]) for line in lines[at + 1 :])
    above = next((line for line in reversed(lines[:at]) if line.strip()), "")
    if above.rstrip().endswith(":"):
        return False
    is_ruled = lines[at].strip().startswith("_")
    if is_ruled and sum(_is_rule(line) and line.strip().startswith("_") for line in lines) != 1:
        return False
    below = [line for line in lines[at + 1 :] if not _is_quoted(line)]
    says = not is_ruled and any(_SAYS.match(line.strip()[:_LONG_LINE]) for line in below)
    return not says and closings.are_parts(below)


def _says(line: str) -> bool:
    return bool(line.strip()) and not _is_quoted(line)


def _trimmed(lines: list[str]) -> list[str]:
    """Without quotes, rules and blank lines at the end, blank lines at the start."""
    end = len(lines)
    has_words = any(line.strip() and not _is_quoted(line) and not _is_rule(line) for line in lines)
    first = next((at for at, line in enumerate(lines) if line.strip("> ")), 0)
    if lines and not has_words and intros.intro(lines, first):
        return []
    while end and (
        not lines[end - 1].strip() or _is_rule(lines[end - 1]) or (has_words and _is_quoted(lines[end - 1]))
    ):
        end -= 1
    return lines[: end + _attached(lines, end)]


def _attached(lines: list[str], end: int) -> int:
    """A single line with «>» right below the words, «> 1000 руб.» or a prompt, is one of them."""
    below = lines[end : end + 2]
    is_one = bool(below) and _is_quoted(below[0]) and not (len(below) > 1 and _is_quoted(below[1]))
    return int(is_one and end > 0 and _says(lines[end - 1]))
