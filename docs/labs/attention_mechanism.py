"""One attention head, set by hand and learned: what do its weights do, and what does its pattern show?

The sequences are random tokens, so a position can know another position's token only by attention. The lab

1. sets the weights of a head by hand so that it outputs the previous token, and trains a head to do the same.
   Expect equal accuracy, and a blurred pattern in the trained head;
2. measures scores of random queries and keys with and without the divisor sqrt(d_head), and trains with and
   without it. Expect the divisor to help. Surprise: with small starting vectors it slows training down;
3. trains the prediction of a random next token with and without the causal mask. Expect ln 32 nats with the mask;
   without it a perfect score that is worth nothing;
4. gives one wide head and two narrow ones a task with two sources. Expect one head to serve one source.
   Surprise: it looks at both almost equally, and still gets just one of them right;
5. trains two heads whose patterns agree to about 0.001 although one of them moves nothing from the first token.

About 55 CPU seconds.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import torch
from house import INK_SOFT, LINE, PALETTE, RAMP, Lab
from matplotlib.axes import Axes
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, one_hot

VOCABULARY, LENGTH, WIDTH, D_HEAD = 32, 32, 64, 32
START, TRIGGER = 0, 1  # the two special tokens of part 5
IGNORE = -100  # the label of a position that has no target
SMALL, UNIT = 1 / math.sqrt(WIDTH), math.sqrt(0.5)  # spreads at the start; UNIT: token + position have variance 1
SEEDS = (0, 1, 2)
SHOWN = 33  # the sequence that the figure of part 5 shows
Task = Callable[[int], tuple[Tensor, Tensor]]


class Model(nn.Module):
    """Embed tokens and positions, attend once, unembed. There is no path around the heads."""

    def __init__(
        self,
        heads: int = 1,
        d_head: int = D_HEAD,
        spread: float = SMALL,
        scaled: bool = True,
        masked: bool = True,
        readouts: int = 1,
    ) -> None:
        super().__init__()

        def normal(*shape: int, std: float = SMALL) -> nn.Parameter:
            return nn.Parameter(std * torch.randn(*shape))

        self.w_e, self.p = normal(VOCABULARY, WIDTH, std=spread), normal(LENGTH, WIDTH, std=spread)
        self.w_q, self.w_k, self.w_v = (normal(heads, d_head, WIDTH) for _ in range(3))
        self.w_o, self.w_u = normal(heads, WIDTH, d_head), normal(readouts, VOCABULARY, WIDTH)
        self.divisor, self.masked = (math.sqrt(d_head) if scaled else 1.0), masked

    def pattern(self, tokens: Tensor, blind: bool = False, without_first: bool = False) -> Tensor:
        """Return A[sequence, head, destination, source]; `blind`: as computed from the positions alone."""
        r = self.w_e[tokens] * (not blind) + self.p
        q, k = (torch.einsum("btd,hed->bhte", r, w) for w in (self.w_q, self.w_k))
        scores = q @ k.mT / self.divisor
        if self.masked:
            scores = scores.masked_fill(torch.ones(LENGTH, LENGTH).triu(1).bool(), -math.inf)
        if without_first:  # as if the first token had been dropped: softmax shares its weight out among the others
            scores[:, :, 1:, 0] = -math.inf
        return scores.softmax(-1)

    def written(self, tokens: Tensor) -> Tensor:
        """Return what each source of a single head adds to the logits at weight 1: [sequence, source, token]."""
        return (self.w_e[tokens] + self.p) @ (self.w_u[0] @ self.w_o[0] @ self.w_v[0]).T

    def forward(self, tokens: Tensor, pattern: Tensor | None = None) -> Tensor:
        """Return logits[readout, sequence, position, token], by the model's own pattern or by a given one."""
        weights = self.pattern(tokens) if pattern is None else pattern
        v = torch.einsum("btd,hed->bhte", self.w_e[tokens] + self.p, self.w_v)
        return torch.einsum("btd,rud->rbtu", torch.einsum("bhte,hde->btd", weights @ v, self.w_o), self.w_u)


def shifted(*offsets: int) -> Task:
    """Task: output the token `offset` places back (-1: the next token), one readout for each offset."""

    def batch(size: int) -> tuple[Tensor, Tensor]:
        tokens = torch.randint(VOCABULARY, (size, LENGTH))
        targets = torch.stack([tokens.roll(offset, 1) for offset in offsets])
        targets[:, :, : max(0, *offsets)] = IGNORE
        targets[:, :, LENGTH + min(0, *offsets) :] = IGNORE
        return tokens, targets

    return batch


def on_trigger(announce: bool) -> Task:
    """Task: write the previous token at each trigger; elsewhere write nothing or, to `announce`, the token START."""

    def batch(size: int) -> tuple[Tensor, Tensor]:
        tokens = torch.randint(2, VOCABULARY, (size, LENGTH))
        trigger = torch.rand(size, LENGTH) < 0.25
        trigger[:, :2] = False
        trigger[:, 1:] = trigger[:, 1:] & ~trigger[:, :-1]
        tokens[trigger], tokens[:, 0] = TRIGGER, START
        vectors = one_hot(tokens.roll(1, 1), VOCABULARY) * trigger[..., None]
        if announce:
            vectors[..., START] = ~trigger
        return tokens, vectors[None].float()

    return batch


def loss_of(logits: Tensor, targets: Tensor) -> Tensor:
    """Return the cross-entropy against tokens, or the squared distance to vectors, averaged over positions."""
    if targets.is_floating_point():
        return (logits - targets).square().sum(-1).mean()
    return cross_entropy(logits.flatten(0, 2), targets.flatten(), ignore_index=IGNORE)


def accuracy(logits: Tensor, targets: Tensor) -> float:
    """Return the share of positions with a target at which the largest logit is the right one."""
    return (logits.argmax(-1) == targets)[targets != IGNORE].float().mean().item()


@torch.enable_grad()
def learn(task: Task, steps: int, seed: int, rate: float = 3e-3, **options: float) -> Model:
    """Train a new model with Adam on fresh batches of 64 sequences."""
    torch.manual_seed(seed)
    model = Model(**options)
    adam = torch.optim.Adam(model.parameters(), lr=rate)
    for _ in range(steps):
        tokens, targets = task(64)
        loss = loss_of(model(tokens), targets)
        adam.zero_grad()
        loss.backward()
        adam.step()
    return model


def by_hand(gap: float = 10.0) -> Model:
    """Set the weights: half of the 64 dimensions hold the token, half the position, each as a one-hot vector."""
    model, eye = Model(), torch.eye(32)
    for parameter in model.parameters():
        parameter.zero_()
    model.w_e[:, :32], model.p[:, 32:] = eye, eye
    model.w_k[0, :, 32:] = eye  # the key of position s is unit vector number s
    model.w_q[0, :, 32:] = gap * math.sqrt(D_HEAD) * eye.roll(-1, 0)  # the query of t points along number t - 1
    model.w_q[0, -1] = 0  # nothing lies before the first position
    model.w_v[0, :, :32], model.w_o[0, :32] = eye, eye  # copy the token half
    model.w_u[0, :, :32] = gap * eye
    return model


def heat_map(axis: Axes, weights: Tensor, labels: list[str]) -> None:
    """Draw the allowed half of a destination-by-source table, 0 pale and 1 full."""
    size = len(weights)
    shown = weights.masked_fill(torch.ones(size, size).triu(1).bool(), math.nan).numpy()
    mesh = axis.pcolormesh(shown, cmap=RAMP, vmin=0, vmax=1, linewidth=0.2)
    mesh.set_edgecolor(["none" if math.isnan(cell) else LINE for cell in shown.flat])
    middles = [n + 0.5 for n in range(size)]
    axis.set(aspect="equal", xticks=middles, yticks=middles, xticklabels=labels, yticklabels=labels)
    axis.tick_params(length=0)
    axis.invert_yaxis()


def measure_previous(lab: Lab) -> None:
    """Part 1: compare the head that was set by hand with trained ones."""
    torch.manual_seed(99)
    tokens, targets = shifted(1)(512)
    hand = by_hand()
    lab.record("hand.accuracy", accuracy(hand(tokens), targets), expect=(1, 1))
    for steps in (100, 1000):
        models = [learn(shifted(1), steps, seed) for seed in SEEDS]
        losses = [loss_of(model(tokens), targets) for model in models]
        lab.record(f"trained.loss.step{steps}", losses, expect=(0, 0.005))
        weights = [model.pattern(tokens).diagonal(-1, -2, -1).mean() for model in models]
        lab.record(f"trained.previous.step{steps}", weights, expect=(0.8, 0.95))
    lab.record("trained.accuracy", min(accuracy(model(tokens), targets) for model in models), expect=(0.999, 1))
    sharp = [loss_of(model(tokens, hand.pattern(tokens)), targets) for model in models]
    lab.record("trained.loss.sharp", sharp, expect=(0, 1e-4))
    blind = [model.pattern(tokens, blind=True) for model in models]
    weights = [pattern.diagonal(-1, -2, -1).mean() for pattern in blind]
    lab.record("trained.previous.blind", weights, expect=(0.8, 0.95))
    correct = [accuracy(model(tokens, pattern), targets) for model, pattern in zip(models, blind, strict=True)]
    lab.record("trained.accuracy.blind", min(correct), expect=(0.99, 1))
    panels = []
    for name, model, title in (("hand", hand, "Set by hand"), ("trained", models[0], "Trained, 1000 steps")):
        pattern = model.pattern(tokens)
        lab.record(f"{name}.previous", pattern.diagonal(-1, -2, -1).mean(), expect=(0.8, 1))
        lab.record(f"{name}.previous.least", pattern.diagonal(-1, -2, -1).min(), expect=(0.4, 1))
        lab.record(f"{name}.loss", loss_of(model(tokens), targets), expect=(0, 0.002))
        copied = model.written(tokens).gather(-1, tokens[..., None]).mean()
        lab.record(f"{name}.copied", copied, expect=(9.9, 40))
        fig, axis = lab.figure(width=3.3, height=3.3)
        heat_map(axis, pattern[0, 0, :16, :16], [str(n) if n % 4 == 0 or n == 1 else "" for n in range(1, 17)])
        axis.set(title=title, xlabel="source position s", ylabel="destination position t")
        axis.text(15.7, 1.5, "the future:", ha="right", color=INK_SOFT)
        axis.text(15.7, 2.7, "masked", ha="right", color=INK_SOFT)
        panels.append(fig)
    lab.save(panels, "previous")


def measure_scale(lab: Lab) -> None:
    """Part 2: the divisor sqrt(d_head) for random queries and keys, and in training from two starts."""
    sizes = [4, 16, 64, 256, 1024]
    top: dict[str, list[Tensor]] = {"raw": [], "scaled": []}
    torch.manual_seed(99)
    for size in sizes:
        scores = torch.einsum("bd,bsd->bs", torch.randn(1000, size), torch.randn(1000, 32, size))
        lab.record(f"scale.spread.d{size}", scores.std(), expect=(0.95 * size**0.5, 1.05 * size**0.5))
        top["raw"].append(scores.softmax(-1).amax(-1))
        top["scaled"].append((scores / math.sqrt(size)).softmax(-1).amax(-1))
    fig, axis = lab.figure(width=4.0, height=2.7)
    for name, color, x, y, text in (
        ("raw", PALETTE[1], 24, 0.56, "scores as they are"),
        ("scaled", PALETTE[0], 4, 0.21, "scores divided by √d_head"),
    ):
        largest = [weights.mean() for weights in top[name]]
        lab.record(f"scale.largest.{name}", largest, expect=(0.1, 1))
        slopes = [(weights * (1 - weights)).mean() for weights in top[name]]
        lab.record(f"scale.slope.{name}", slopes, expect=(0, 0.25))
        axis.plot(sizes, largest, "o-", color=color, markersize=4)
        axis.text(x, y, text, color=color)
    axis.axhline(1 / 32, color=LINE, linewidth=0.8, linestyle=":")
    axis.text(1024, 1 / 32 + 0.015, "1/32: all weights equal", color=INK_SOFT, ha="right", va="bottom")
    axis.set(xscale="log", xticks=sizes, xticklabels=sizes, ylim=(0, 1))
    axis.set(xlabel="dimensions of query and key, d_head", ylabel="largest of 32 weights (mean)")
    axis.minorticks_off()
    lab.save(fig, "scale")
    test = shifted(1)(512)
    for start, spread in (("unit", UNIT), ("small", SMALL)):
        for name in ("scaled", "raw"):
            options = {"d_head": 128, "spread": spread, "scaled": name == "scaled"}
            models = [learn(shifted(1), 50, seed, **options) for seed in SEEDS]
            losses = [loss_of(model(test[0]), test[1]) for model in models]
            good = (start == "unit") == (name == "scaled")
            lab.record(f"scale.loss.{start}.{name}", losses, expect=(0, 0.05) if good else (0.1, 4))


def measure_mask(lab: Lab) -> None:
    """Part 3: predict a random next token with and without the mask; then put the mask on the model without."""
    torch.manual_seed(99)
    tokens, targets = shifted(-1)(512)
    for name in ("masked", "open"):
        model = learn(shifted(-1), 400, 0, masked=name == "masked")
        expect = (3.45, 3.6) if name == "masked" else (0, 0.01)
        lab.record(f"mask.{name}.loss", loss_of(model(tokens), targets), expect=expect)
    model.masked = True
    lab.record("mask.open.deployed", loss_of(model(tokens), targets), expect=(5, 50))


def measure_heads(lab: Lab) -> None:
    """Part 4: output both the previous token and the one before, with one head of 64 or two heads of 32."""
    torch.manual_seed(99)
    tokens, targets = shifted(1, 2)(512)
    for heads in (1, 2):
        models = [learn(shifted(1, 2), 1000, seed, heads=heads, d_head=64 // heads, readouts=2) for seed in SEEDS]
        scores = [[accuracy(logits, targets[n]) for n, logits in enumerate(model(tokens))] for model in models]
        lab.record(f"heads{heads}.better", [max(pair) for pair in scores], expect=(0.9, 1))
        lab.record(f"heads{heads}.better.back", [1 + pair.index(max(pair)) for pair in scores], expect=(1, 2))
        lab.record(f"heads{heads}.worse", [min(pair) for pair in scores], expect=(0, 0.4) if heads == 1 else (0.99, 1))
        for back in (1, 2):
            weights = [model.pattern(tokens).diagonal(-back, -2, -1)[..., 2:].mean((0, 2)).max() for model in models]
            lab.record(f"heads{heads}.back{back}", weights, expect=(0.4, 0.55) if heads == 1 else (0.75, 1))
        lost = [max(loss_of(logits[None], targets[[n]]) for n, logits in enumerate(model(tokens))) for model in models]
        lab.record(f"heads{heads}.loss.worse", lost, expect=(0.7, 1.5) if heads == 1 else (0, 0.01))


def measure_trigger(lab: Lab) -> None:
    """Part 5: two heads with one pattern. Cut the favourite source out in two ways and see who minds."""
    torch.manual_seed(99)
    tokens, targets = on_trigger(False)(512)
    ordinary = (tokens != TRIGGER) & (tokens != START)
    letters = ["S!abcdefghijklmnopqrstuvwxyzABCD"[token] for token in tokens[SHOWN, :12]]
    panels = {what: lab.figure(width=3.3, height=6.2, rows=2) for what in ("attention", "moved")}
    patterns = []
    for seed, name in enumerate(("quiet", "announcing")):
        model = learn(on_trigger(name == "announcing"), 600, seed, rate=1e-2)
        targets[0, :, :, START] = (tokens != TRIGGER) * seed
        pattern, sizes = model.pattern(tokens), model.written(tokens).norm(dim=-1)
        patterns.append(pattern[:, 0, 1:])
        cut = pattern.clone()
        cut[..., 0] = 0
        lab.record(f"{name}.first", pattern[:, 0, :, 0][ordinary].mean(), expect=(0.95, 1))
        at_trigger = pattern.diagonal(-1, -2, -1)[:, 0][(tokens == TRIGGER)[:, 1:]].mean()
        lab.record(f"{name}.previous", at_trigger, expect=(0.95, 1))
        lab.record(f"{name}.size.first", sizes[:, 0].mean(), expect=(seed - 0.05, seed + 0.05))
        lab.record(f"{name}.size.others", sizes[ordinary].mean(), expect=(0.9, 1.1))
        dropped = model.pattern(tokens, without_first=True)
        for case, weights, low in (("intact", pattern, 0), ("cut", cut, seed), ("dropped", dropped, 0.2 + seed)):
            errors = (model(tokens, weights) - targets).square().sum(-1)[0]
            expect = (low - 0.05, low + (2 if case == "dropped" else 0.05))
            lab.record(f"{name}.error.{case}", errors[ordinary].mean(), expect=expect)
        for what, (_, axes) in panels.items():
            axis, table = axes[seed], pattern[SHOWN, 0] * (sizes[SHOWN] if what == "moved" else 1)
            heat_map(axis, table[:12, :12], letters)
            axis.set(title=f"{name.capitalize()} head: {what}", xlabel="source token", ylabel="destination token")
    apart = (patterns[0] - patterns[1]).abs().sum(-1).mean() / 2
    lab.record("trigger.apart", apart, expect=(0, 0.01))
    lab.save([fig for fig, _ in panels.values()], "same-pattern")


@torch.no_grad()
def main() -> None:
    """Run the five parts."""
    settings = {"vocabulary": VOCABULARY, "length": LENGTH, "width": WIDTH, "d_head": D_HEAD, "seeds": list(SEEDS)}
    lab = Lab("attention-mechanism", seed=0, settings=settings)
    measure_previous(lab)
    measure_scale(lab)
    measure_mask(lab)
    measure_heads(lab)
    measure_trigger(lab)
    lab.write()


if __name__ == "__main__":
    main()
