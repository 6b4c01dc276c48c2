"""A trained network as the four files that `kg.parsing.encoder.network` reads.

Weights are quantised to integers (7 bits, one scale for each output), activations as they come (8
bits, one scale for each product). With 7 bits no sum of two products leaves 16 bits, so that
processors with and without VNNI add up the same integers (onnxruntime, "Quantize ONNX models").
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from kg.parsing.encoder.network import OUTPUTS, Labels
from kg.parsing.encoder.pieces import Coder
from training.encoder.network import FLAT, Network
from training.encoder.vocabulary import known_words

OPSET = 17
TRIED = 4  # rules of lemmas from which the first is taken that makes a known word


class _Attention(torch.autograd.Function):
    """Attention of all heads, exported as the one operator that onnxruntime has for it."""

    @staticmethod
    def forward(ctx: Any, query: Tensor, key: Tensor, value: Tensor, heads: int) -> Tensor:
        """Return what each row of `query` (1, n, width) takes from `value` (1, m, width)."""
        split = [part.unflatten(-1, (heads, -1)).transpose(1, 2) for part in (query, key, value)]
        return nn.functional.scaled_dot_product_attention(*split).transpose(1, 2).flatten(2)

    @staticmethod
    def symbolic(g: Any, query: Any, key: Any, value: Any, heads: int) -> Any:
        """Return the node of the graph."""
        found = g.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=heads)
        return found.setType(query.type())


def _together(states: Tensor, *maps: nn.Linear) -> tuple[Tensor, ...]:
    """Return what several linear maps make of the same states, computed in one product."""
    weight = torch.cat([one.weight for one in maps])
    bias = torch.cat([one.bias for one in maps])
    found = nn.functional.linear(states, weight, bias)
    return found.split([one.out_features for one in maps], dim=-1)


class Reader(nn.Module):
    """What is exported: decisions where a class is enough, scores where trees and names need them.

    The encoder is written out for one text, so that nothing is padded or masked; its last layer
    looks at the first pieces of words alone, which are all that the heads need.
    """

    def __init__(self, model: Network) -> None:
        super().__init__()
        self.model = model

    def states(self, pieces: Tensor, cases: Tensor, first: Tensor) -> Tensor:
        """Return the same as `Network.states`."""
        model, encoder = self.model, self.model.encoder
        embeddings = encoder.embeddings
        known = embeddings.word_embeddings(pieces) + model.case(cases)
        known = known + embeddings.token_type_embeddings.weight[0]
        known = embeddings.LayerNorm(
            known + embeddings.position_embeddings.weight[: pieces.shape[1]]
        )
        weights = torch.softmax(model.mix, 0)
        mixed = weights[0] * known[:, first[0]]
        for number, layer in enumerate(encoder.encoder.layer, 1):
            last = number == len(encoder.encoder.layer)
            asking = known[:, first[0]] if last else known
            own = layer.attention.self
            if last:
                query, (key, value) = own.query(asking), _together(known, own.key, own.value)
            else:
                query, key, value = _together(known, own.query, own.key, own.value)
            found = _Attention.apply(query, key, value, own.num_attention_heads)
            output = layer.attention.output
            middle = output.LayerNorm(output.dense(found) + asking)
            inner = nn.functional.gelu(layer.intermediate.dense(middle))
            known = layer.output.LayerNorm(layer.output.dense(inner) + middle)
            mixed = mixed + weights[number] * (known if last else known[:, first[0]])
        return mixed

    def forward(self, pieces: Tensor, cases: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """Return the outputs in the order of `OUTPUTS`."""
        model = self.model
        states = self.states(pieces, cases, first)
        heads = [*(model.flat[name] for name in FLAT), model.starts]
        maps = [
            mlp[0] for mlp in (model.arc_child, model.arc_head, model.label_child, model.label_head)
        ]
        found = _together(states, *heads, *maps)
        tags, forms, lemmas, names, kinds, starts = (part[:, 1:] for part in found[: len(heads)])
        child, head, label_child, label_head = (
            nn.functional.gelu(part) for part in found[len(heads) :]
        )
        return (
            tags.argmax(-1),
            forms.argmax(-1),
            lemmas.topk(TRIED, -1).indices,
            kinds.argmax(-1),
            torch.softmax(tags, -1).amax(-1),
            names,
            starts[..., 1] - starts[..., 0],
            model.arc.table(child[:, 1:], head),
            label_child[:, 1:],
            label_head,
            states[:, 1:].half(),
        )


class Relations(nn.Module):
    """Scores of the labels of arcs that are chosen."""

    def __init__(self, model: Network) -> None:
        super().__init__()
        self.label = model.label

    def forward(self, child: Tensor, head: Tensor) -> Tensor:
        """Return scores (words, labels) of words with their heads."""
        scored: Tensor = self.label.pairs(child[None], head[None])[0]
        return scored


def load(folder: Path, path: Path) -> tuple[Network, Labels]:
    """Return a trained network and its labels."""
    stored = torch.load(path)
    labels = Labels(**stored["labels"])
    model = Network(folder, labels)
    model.load_state_dict(stored["model"])
    model.eval()
    return model, labels


def export(
    folder: Path, trained: Path, target: Path, words: Iterable[str], *, quantised: bool = True
) -> None:
    """Write the network as files, `quantised` or in full precision, with the `words` it knows."""
    model, labels = load(folder, trained)
    vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    target.mkdir(parents=True, exist_ok=True)
    coded = Coder(vocabulary).code(["Talks", "resumed", "in", "Ankara", "."])
    sample = tuple(torch.tensor([row]) for row in (coded.pieces, coded.cases, coded.first))
    width = model.label.weight.shape[0] - 1
    pair = (torch.zeros(5, width), torch.zeros(5, width))
    plan = (
        ("encoder", Reader(model), sample, ("pieces", "cases", "first"), OUTPUTS),
        ("relations", Relations(model), pair, ("child", "head"), ("scores",)),
    )
    with tempfile.TemporaryDirectory() as scratch:
        for name, module, inputs, names, outputs in plan:
            raw = Path(scratch) / f"{name}.onnx"
            torch.onnx.export(
                module.eval(),
                inputs,
                str(raw),
                input_names=list(names),
                output_names=list(outputs),
                dynamic_axes=_axes(name),
                opset_version=OPSET,
                custom_opsets={"com.microsoft": 1},
                dynamo=False,
            )
            if quantised:
                ready = Path(scratch) / f"{name}.ready.onnx"
                quant_pre_process(str(raw), str(ready), skip_symbolic_shape=True)
                quantize_dynamic(
                    str(ready),
                    str(target / f"{name}.onnx"),
                    weight_type=QuantType.QInt8,
                    per_channel=True,
                    reduce_range=True,
                    extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
                )
            else:
                onnx.save(onnx.load(str(raw)), str(target / f"{name}.onnx"))
    (target / "vocabulary.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    (target / "words.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    (target / "labels.json").write_text(
        json.dumps(asdict(labels), indent=0, ensure_ascii=False), encoding="utf-8"
    )


def _axes(name: str) -> dict[str, dict[int, str]]:
    if name == "relations":
        return {key: {0: "words"} for key in ("child", "head", "scores")}
    axes = {"pieces": {1: "pieces"}, "cases": {1: "pieces"}, "first": {1: "states"}}
    axes |= {key: {1: "words"} for key in OUTPUTS}
    axes["arcs"] = {1: "words", 2: "states"}
    axes["head"] = {1: "states"}
    return axes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("encoder", type=Path, help="folder of the sentence encoder")
    parser.add_argument("trained", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--full", action="store_true", help="in full precision")
    options = parser.parse_args()
    words = known_words(options.corpora)
    export(options.encoder, options.trained, options.target, words, quantised=not options.full)


if __name__ == "__main__":
    main()
