"""spaCy's English tokenizer, fitted to the word cuts of the English UD treebanks."""

from __future__ import annotations

import spacy
from spacy.lang.char_classes import ALPHA, HYPHENS
from spacy.language import Language
from spacy.symbols import ORTH
from spacy.util import compile_infix_regex, compile_suffix_regex

# UD keeps prefixes with their word ("non-proliferation", "co-founder") and cuts other
# compounds at the hyphen ("Shanghai - based"). Counted on the training parts of EWT and GUM.
PREFIXES = "non anti pro pre post co re ex e mid multi semi sub counter cross over mini".split()
ABBREVIATIONS = (
    "Lt. Col. Cols. Maj. Sgt. Capt. Brig. Cmdr. Gens. Sens. Reps. Govs. Ft. Blvd. Ave. "
    "al. vol. approx. Mon. Tue. Tues. Wed. Thu. Thur. Thurs. Fri. Sat. Esp. esp. Ph."
).split()
# Cut like "and / or", or ordinary words that the stock rules mistake for contractions.
_DROP = ("and/or", "Ill", "ill", "Id", "id", "Hell", "hell", "Shell", "shell", "Well", "well")


def make_tokenizer_rules(nlp: Language) -> None:
    """Fit the tokenizer of `nlp` in place."""
    hyphen = rf"(?<=[{ALPHA}0-9])(?:{HYPHENS})(?=[{ALPHA}])"
    infixes = list(nlp.Defaults.infixes or [])
    if hyphen not in infixes:
        raise ValueError("spaCy's hyphen rule has changed; fit training/tokenizer.py to it")
    guards = "".join(rf"(?<!^{form})" for prefix in PREFIXES for form in (prefix, prefix.title()))
    at = infixes.index(hyphen)
    infixes[at : at + 1] = [
        rf"(?<=[{ALPHA}]){guards}(?:{HYPHENS})(?=[{ALPHA}0-9])",
        rf"(?<=[0-9])(?:{HYPHENS})(?=[{ALPHA}])",
        rf"(?<=[{ALPHA}]\.)(?:{HYPHENS})(?=[{ALPHA}])",
    ]
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    suffixes = [r"[!?]{2,}", *(nlp.Defaults.suffixes or [])]
    nlp.tokenizer.suffix_search = compile_suffix_regex(suffixes).search
    rules = {key: value for key, value in nlp.tokenizer.rules.items() if key not in _DROP}
    nlp.tokenizer.rules = rules
    for abbreviation in ABBREVIATIONS:
        nlp.tokenizer.add_special_case(abbreviation, [{ORTH: abbreviation}])


def base_pipeline() -> Language:
    """Return an empty English pipeline with the fitted tokenizer."""
    nlp = spacy.blank("en")
    make_tokenizer_rules(nlp)
    return nlp
