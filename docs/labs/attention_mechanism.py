"""One attention head, set by hand and learned: what do its weights do, and what does its pattern show?

The sequences are random tokens, so a position can know another position's token only by attention. The lab

1. sets the weights of a head by hand so that it outputs the previous token, and trains a head to do the same.
   Expect equal accuracy, and a blurred pattern in the trained head;
2. measures the scores of random queries and keys with and without the divisor sqrt(d_head), and trains with and
   without it. Expect the divisor to help. Surprise: with small starting vectors it slows training down;
3. trains the prediction of a random next token with and without the causal mask. Expect ln 32 nats with the mask;
   without it a perfect score that is worth nothing;
4. trains two heads whose patterns agree to about 0.001 although one of them moves nothing from the first token.

About 25 CPU seconds.
"""

from __future__ import annotations

import math

import torch
from house import INK_SOFT, LINE, PALETTE, RAMP, Lab
from matplotlib.axes import Axes
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, one_hot

VOCABULARY, LENGTH, WIDTH, D_HEAD = 32, 32, 64, 32
SMALL, UNIT = 1 / math.sqrt(WIDTH), math.sqrt(0.5)  # spreads at the start; UNIT: token + position have variance 1
START, TRIGGER, QUIET, ANNOUNCING = 0, 1, "quiet", "announcing"  # part 4: two special tokens, two tasks
SEEDS, SHOWN = (0, 1, 2), 33  # SHOWN: the test sequence in the figure of part 4


class Model(nn.Module):
    """Embed tokens and positions, attend with one head, unembed. There is no path around the head."""

    def __init__(self, start: float = SMALL, scaled: bool = True, masked: bool = True) -> None:
        super().__init__()
        self.w_e, self.p = (nn.Parameter(start * torch.randn(n, WIDTH)) for n in (VOCABULARY, LENGTH))
        self.w_q, self.w_k, self.w_v = (nn.Parameter(SMALL * torch.randn(D_HEAD, WIDTH)) for _ in range(3))
        self.w_o, self.w_u = (nn.Parameter(SMALL * torch.randn(*size)) for size in ((WIDTH, D_HEAD), (VOCABULARY, WIDTH)))
        self.divisor, self.masked = math.sqrt(D_HEAD) if scaled else 1.0, masked

    def pattern(self, tokens: Tensor, blind: bool = False, drop_first: bool = False) -> Tensor:
        """Return A[sequence, destination, source]; `blind`: from positions alone; `drop_first`: as if it were absent."""
        r = self.w_e[tokens] * (not blind) + self.p
        scores = (r @ self.w_q.T) @ (r @ self.w_k.T).mT / self.divisor
        if self.masked:
            scores = scores.masked_fill(torch.ones(LENGTH, LENGTH).triu(1).bool(), -math.inf)
        if drop_first:
            scores[:, 1:, 0] = -math.inf
        return scores.softmax(-1)

    def written(self, tokens: Tensor) -> Tensor:
        """Return what each source adds to the logits of a destination at weight 1: [sequence, source, token]."""
        return (self.w_e[tokens] + self.p) @ (self.w_u @ self.w_o @ self.w_v).T

    def forward(self, tokens: Tensor, pattern: Tensor | None = None) -> Tensor:
        """Return logits[sequence, destination, token], by the model's own pattern or by a given one."""
        return (self.pattern(tokens) if pattern is None else pattern) @ self.written(tokens)


def batch(task: int | str, size: int) -> tuple[Tensor, Tensor]:
    """Return random tokens and targets. Task 1: the previous token; -1: the next one; the others as in part 4."""
    if isinstance(task, int):
        tokens = torch.randint(VOCABULARY, (size, LENGTH))
        targets = tokens.roll(task, 1)
        targets[:, 0 if task > 0 else -1] = -100  # the label of a position that has no target
        return tokens, targets
    tokens = torch.randint(2, VOCABULARY, (size, LENGTH))
    trigger = torch.rand(size, LENGTH) < 0.25
    trigger[:, :2] = False
    trigger[:, 1:] = trigger[:, 1:] & ~trigger[:, :-1]
    tokens[trigger], tokens[:, 0] = TRIGGER, START
    vectors = one_hot(tokens.roll(1, 1), VOCABULARY) * trigger[..., None]  # at a trigger: the previous token
    vectors[..., START] = ~trigger * (task == ANNOUNCING)  # elsewhere: nothing, or the start token
    return tokens, vectors.float()


def loss_of(logits: Tensor, targets: Tensor) -> Tensor:
    """Return the cross-entropy against tokens, or the squared distance to vectors, averaged over positions."""
    if targets.is_floating_point():
        return (logits - targets).square().sum(-1).mean()
    return cross_entropy(logits.flatten(0, 1), targets.flatten())


def accuracy(logits: Tensor, targets: Tensor) -> float:
    """Return the share of positions with a target at which the largest logit is the right one."""
    return (logits.argmax(-1) == targets)[targets >= 0].float().mean().item()


def on_previous(pattern: Tensor) -> Tensor:
    """Return the mean weight on the previous position."""
    return pattern.diagonal(-1, -2, -1).mean()


@torch.enable_grad()
def learn(task: int | str, steps: int, seed: int = 0, rate: float = 3e-3, **options: float) -> Model:
    """Train a new model with Adam on fresh batches of 64 sequences."""
    torch.manual_seed(seed)
    model = Model(**options)
    adam = torch.optim.Adam(model.parameters(), lr=rate)
    for _ in range(steps):
        tokens, targets = batch(task, 64)
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
    model.w_k[:, 32:] = eye  # the key of position s is unit vector number s
    model.w_q[:, 32:] = gap * math.sqrt(D_HEAD) * eye.roll(-1, 0)  # the query of t points along number t - 1
    model.w_q[-1] = 0  # nothing lies before the first position
    model.w_v[:, :32], model.w_o[:32], model.w_u[:, :32] = eye, eye, gap * eye  # copy the token half
    return model


def heat_map(axis: Axes, weights: Tensor, ticks: list[str], **labels: str) -> None:
    """Draw the allowed half of a destination-by-source table, 0 pale and 1 full."""
    shown = weights.masked_fill(torch.ones_like(weights).triu(1).bool(), math.nan).numpy()
    mesh = axis.pcolormesh(shown, cmap=RAMP, vmin=0, vmax=1, linewidth=0.2)
    mesh.set_edgecolor(["none" if math.isnan(cell) else LINE for cell in shown.flat])
    middles = [n + 0.5 for n in range(len(shown))]
    axis.set(aspect="equal", xticks=middles, yticks=middles, xticklabels=ticks, yticklabels=ticks, **labels)
    axis.tick_params(length=0)
    axis.invert_yaxis()


def measure_previous(lab: Lab, tokens: Tensor, targets: Tensor) -> None:
    """Part 1: compare the head that was set by hand with trained ones."""
    hand = by_hand()
    lab.record("hand.accuracy", accuracy(hand(tokens), targets), expect=(1, 1))
    for steps in (100, 1000):
        models = [learn(1, steps, seed) for seed in SEEDS]
        lab.record(f"trained.loss.step{steps}", [loss_of(m(tokens), targets) for m in models], expect=(0, 0.005))
        lab.record(f"trained.previous.step{steps}", [on_previous(m.pattern(tokens)) for m in models], expect=(0.8, 0.95))
    lab.record("trained.accuracy", min(accuracy(m(tokens), targets) for m in models), expect=(0.999, 1))
    sharp = [loss_of(m(tokens, hand.pattern(tokens)), targets) for m in models]
    lab.record("trained.loss.sharp", sharp, expect=(0, 1e-4))
    blind = [m.pattern(tokens, blind=True) for m in models]  # with the tokens taken out of queries and keys
    lab.record("trained.previous.blind", [on_previous(pattern) for pattern in blind], expect=(0.8, 0.95))
    correct = [accuracy(m(tokens, pattern), targets) for m, pattern in zip(models, blind, strict=True)]
    lab.record("trained.accuracy.blind", min(correct), expect=(0.99, 1))
    panels, ticks = [], [str(n) if n % 4 == 0 or n == 1 else "" for n in range(1, 17)]
    for name, model, title in (("hand", hand, "Set by hand"), ("trained", models[0], "Trained, 1000 steps")):
        pattern, copied = model.pattern(tokens), model.written(tokens).gather(-1, tokens[..., None])
        lab.record(f"{name}.previous", on_previous(pattern), expect=(0.8, 1))
        lab.record(f"{name}.loss", loss_of(model(tokens), targets), expect=(0, 0.002))
        lab.record(f"{name}.copied", copied.mean(), expect=(9.9, 40))  # what a token adds to its own logit
        fig, axis = lab.figure(width=3.3, height=3.3)
        heat_map(axis, pattern[0, :16, :16], ticks, xlabel="source position s", ylabel="destination position t")
        axis.set_title(title)
        axis.text(15.7, 2.7, "the future:\nmasked", ha="right", color=INK_SOFT)
        panels.append(fig)
    lab.save(panels, "previous")


def measure_scale(lab: Lab, tokens: Tensor, targets: Tensor) -> None:
    """Part 2: the divisor sqrt(d_head) for random queries and keys, and in training from two starts."""
    fig, axis = lab.figure(width=4.0, height=2.7)
    sizes = [4, 16, 64, 256, 1024]
    scores = [torch.einsum("bd,bsd->bs", torch.randn(1000, d), torch.randn(1000, 32, d)) for d in sizes]
    spread = [(table.std() / math.sqrt(d)).item() for table, d in zip(scores, sizes, strict=True)]
    lab.record("scale.spread", spread, expect=(0.95, 1.05))  # in units of sqrt(d_head)
    for name, power, color, x, y, text in (
        ("raw", 0.0, PALETTE[1], 24, 0.56, "scores as they are"),
        ("scaled", 0.5, PALETTE[0], 4, 0.21, "scores divided by √d_head"),
    ):
        top = [(table / d**power).softmax(-1).amax(-1) for table, d in zip(scores, sizes, strict=True)]
        lab.record(f"scale.largest.{name}", largest := [weights.mean().item() for weights in top], expect=(0.1, 1))
        lab.record(f"scale.slope.{name}", [(weights * (1 - weights)).mean() for weights in top], expect=(0, 0.25))
        axis.plot(sizes, largest, "o-", color=color, markersize=4)
        axis.text(x, y, text, color=color)
    axis.axhline(1 / 32, color=LINE, linewidth=0.8, linestyle=":")
    axis.text(1024, 1 / 32 + 0.015, "1/32: all weights equal", color=INK_SOFT, ha="right", va="bottom")
    axis.set(xscale="log", xticks=sizes, xticklabels=sizes, ylim=(0, 1))
    axis.set(xlabel="dimensions of query and key, d_head", ylabel="largest of 32 weights (mean)")
    axis.minorticks_off()
    lab.save(fig, "scale")
    for kind, start in (("unit", UNIT), ("small", SMALL)):
        for name in ("scaled", "raw"):
            models = [learn(1, 50, seed, start=start, scaled=name == "scaled") for seed in SEEDS]
            lab.record(f"scale.loss.{kind}.{name}", [loss_of(m(tokens), targets) for m in models])
