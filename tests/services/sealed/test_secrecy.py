"""The table of sealed times is read in one place, which asks who wants to know."""

import ast
from pathlib import Path

import icv


def test_one_module_alone_names_the_table_of_sealed_times() -> None:
    """Whoever wants a time has to ask a function there, and each of those asks who wants it."""
    root = Path(icv.__file__).parent
    naming = {
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        if "SealedTime" in (text := path.read_text()) or "sealed_times" in text
    }
    assert naming == {"store/sealed.py"}


def test_every_question_that_answers_with_a_time_asks_who_wants_it() -> None:
    source = Path(icv.__file__).parent / "store" / "sealed.py"
    statements = [node for node in ast.parse(source.read_text()).body if "starts_at" in ast.unparse(node)]
    reading = {
        getattr(node, "name", None) or ast.unparse(node).split(" = ")[0]
        for node in statements
        if not isinstance(node, ast.ClassDef)
    }
    assert reading == {
        "_STANDS",  # whether there is one
        "sealed_time_seen_by",  # by the actor's own duty
        "opened_time",  # by an opening on record
        "_mark",
        "_MARKS",  # by the person whose calendar it is
        "put",
        "forget",
        "fallen",
    }
