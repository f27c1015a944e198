"""One attention head, set by hand and learned: what do its weights do, and what does its pattern show?

The sequences are random tokens, so a position can know another position's token only by attention. The lab

1. sets the weights of a head by hand so that it outputs the previous token, and trains a head to do the same.
   Expect equal accuracy, and a blurred pattern in the trained head;
2. measures the scores of random queries and keys with and without the divisor sqrt(d_head), and trains with and
   without it. Expect the divisor to help. Surprise: with small starting vectors it slows training down;
3. trains two heads whose patterns agree to about 0.001 although one of them moves nothing from the first token.

About 15 CPU seconds.
"""

import math
from collections.abc import Callable
from functools import partial

import torch
from house import INK_SOFT, LINE, RAMP, Lab
from matplotlib.axes import Axes
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, one_hot

VOCABULARY, LENGTH, WIDTH, D_HEAD = 32, 32, 64, 32
SMALL, UNIT = 1 / math.sqrt(WIDTH), math.sqrt(0.5)  # spreads at the start; UNIT: token + position have variance 1
SIZES = (4, 16, 64, 256, 1024)  # of the random queries and keys in part 2
START, TRIGGER = 0, 1  # the special tokens of part 3
SEEDS, SHOWN = (0, 1, 2), 33  # SHOWN: the test sequence in the figure of part 3


class Model(nn.Module):
    """Embed tokens and positions, attend with one head, unembed. There is no path around the head."""

    def __init__(self, start: float = SMALL, scaled: bool = True) -> None:
        super().__init__()
        self.w_e, self.p = (nn.Parameter(start * torch.randn(n, WIDTH)) for n in (VOCABULARY, LENGTH))
        self.w_q, self.w_k, self.w_v = (nn.Parameter(SMALL * torch.randn(D_HEAD, WIDTH)) for _ in range(3))
        self.w_o = nn.Parameter(SMALL * torch.randn(WIDTH, D_HEAD))
        self.w_u = nn.Parameter(SMALL * torch.randn(VOCABULARY, WIDTH))
        self.divisor = math.sqrt(D_HEAD) if scaled else 1.0

    def pattern(self, tokens: Tensor, blind: bool = False, drop_first: bool = False) -> Tensor:
        """Return A[sequence, destination, source]; `blind`: from positions alone; `drop_first`: without source 1."""
        r = self.w_e[tokens] * (not blind) + self.p
        scores = (r @ self.w_q.T) @ (r @ self.w_k.T).mT / self.divisor
        scores = scores.masked_fill(torch.ones(LENGTH, LENGTH).triu(1).bool(), -math.inf)  # the causal mask
        if drop_first:
            scores[:, 1:, 0] = -math.inf
        return scores.softmax(-1)

    def written(self, tokens: Tensor) -> Tensor:
        """Return what each source adds to the logits of a destination at weight 1: [sequence, source, token]."""
        return (self.w_e[tokens] + self.p) @ (self.w_u @ self.w_o @ self.w_v).T

    def forward(self, tokens: Tensor, pattern: Tensor | None = None) -> Tensor:
        """Return logits[sequence, destination, token], by the model's own pattern or by a given one."""
        return (self.pattern(tokens) if pattern is None else pattern) @ self.written(tokens)


def previous_token(size: int) -> tuple[Tensor, Tensor]:
    """Return random tokens and, as the target of each position, the token before it."""
    tokens = torch.randint(VOCABULARY, (size, LENGTH))
    targets = tokens.roll(1, 1)
    targets[:, 0] = -100  # the label of a position without a target
    return tokens, targets


def on_trigger(size: int, announce: bool = False) -> tuple[Tensor, Tensor]:
    """Return tokens and target vectors: at a trigger the previous token; elsewhere zero or, to `announce`, START."""
    tokens = torch.randint(2, VOCABULARY, (size, LENGTH))
    trigger = torch.rand(size, LENGTH) < 0.25
    trigger[:, :2] = False
    trigger[:, 1:] = trigger[:, 1:] & ~trigger[:, :-1]
    tokens[trigger], tokens[:, 0] = TRIGGER, START
    vectors = one_hot(tokens.roll(1, 1), VOCABULARY) * trigger[..., None]
    vectors[..., START] = ~trigger * announce
    return tokens, vectors.float()


def loss_of(logits: Tensor, targets: Tensor) -> Tensor:
    """Return the cross-entropy against tokens, or the squared distance to vectors, averaged over positions."""
    if targets.is_floating_point():
        return (logits - targets).square().sum(-1).mean()
    return cross_entropy(logits.flatten(0, 1), targets.flatten())


def accuracy(logits: Tensor, targets: Tensor) -> Tensor:
    """Return the share of positions with a target at which the largest logit is the right one."""
    return (logits.argmax(-1) == targets)[targets >= 0].float().mean()


def on_previous(pattern: Tensor) -> Tensor:
    """Return the mean weight on the previous position."""
    return pattern.diagonal(-1, -2, -1).mean()


@torch.enable_grad()
def learn(task: Callable[[int], tuple], steps: int, seed: int, rate: float = 3e-3, **options: float) -> Model:
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
    model.w_k[:, 32:] = eye  # the key of position s is unit vector number s
    model.w_q[:, 32:] = gap * math.sqrt(D_HEAD) * eye.roll(-1, 0)  # the query of t points along number t - 1
    model.w_q[-1] = 0  # nothing lies before the first position
    model.w_v[:, :32], model.w_o[:32], model.w_u[:, :32] = eye, eye, gap * eye  # copy the token half
    return model


def heat_map(axis: Axes, weights: Tensor, title: str, ticks: list[str], what: str) -> None:
    """Draw the allowed half of a destination-by-source table, 0 pale and 1 full."""
    shown = weights.masked_fill(torch.ones_like(weights).triu(1).bool(), math.nan).numpy()
    mesh = axis.pcolormesh(shown, cmap=RAMP, vmin=0, vmax=1, linewidth=0.2)
    mesh.set_edgecolor(["none" if math.isnan(cell) else LINE for cell in shown.flat])
    middles = [n + 0.5 for n in range(len(shown))]
    axis.set(aspect="equal", xticks=middles, yticks=middles, xticklabels=ticks, yticklabels=ticks)
    axis.set(title=title, xlabel=f"source {what}", ylabel=f"destination {what}")
    axis.tick_params(length=0)
    axis.invert_yaxis()


def measure_previous(lab: Lab, tokens: Tensor, targets: Tensor) -> None:
    """Part 1: compare the head that was set by hand with trained ones."""
    hand = by_hand()
    lab.record("hand.accuracy", accuracy(hand(tokens), targets), expect=(1, 1))
    lab.record("hand.previous", on_previous(hand.pattern(tokens)), expect=(0.999, 1))
    lab.record("hand.loss", loss_of(hand(tokens), targets), expect=(0.001, 0.002))
    for steps in (100, 1000):
        models = [learn(previous_token, steps, seed) for seed in SEEDS]
        losses = [loss_of(model(tokens), targets) for model in models]
        lab.record(f"trained.loss.step{steps}", losses, expect=(0, 0.005))
        weights = [on_previous(model.pattern(tokens)) for model in models]
        lab.record(f"trained.previous.step{steps}", weights, expect=(0.8, 0.95))
    lab.record("trained.accuracy", min(accuracy(model(tokens), targets) for model in models), expect=(0.999, 1))
    trained, sharp = models[0], hand.pattern(tokens)
    lab.record("trained.loss.sharp", loss_of(trained(tokens, sharp), targets), expect=(0, 1e-4))
    blind = trained.pattern(tokens, blind=True)  # queries and keys without the tokens
    lab.record("trained.previous.blind", on_previous(blind), expect=(0.8, 0.95))
    lab.record("trained.accuracy.blind", accuracy(trained(tokens, blind), targets), expect=(0.99, 1))
    panels, ticks = [], [str(n) if n % 4 == 0 or n == 1 else "" for n in range(1, 17)]
    for name, model, title in (("hand", hand, "Set by hand"), ("trained", trained, "Trained, 1000 steps")):
        copied = model.written(tokens).gather(-1, tokens[..., None])  # what a token adds to its own logit
        lab.record(f"{name}.copied", copied.mean(), expect=(9.9, 40))
        fig, axis = lab.figure(width=3.3, height=3.3)
        heat_map(axis, model.pattern(tokens[:1])[0, :16, :16], title, ticks, "position")
        axis.text(15.7, 1.8, "the future, masked", ha="right", color=INK_SOFT)
        panels.append(fig)
    lab.save(panels, "previous")


def measure_scale(lab: Lab, tokens: Tensor, targets: Tensor) -> None:
    """Part 2: the divisor sqrt(d_head) for random queries and keys, and in training from two starts."""
    scores = {d: torch.einsum("bd,bsd->bs", torch.randn(1000, d), torch.randn(1000, 32, d)) for d in SIZES}
    for name, power in (("raw", 0.0), ("scaled", 0.5)):
        largest = [(table / d**power).softmax(-1).amax(-1).mean() for d, table in scores.items()]
        lab.record(f"scale.largest.{name}", largest, expect=(0.1, 1))
    for kind, start in (("unit", UNIT), ("small", SMALL)):
        for name in ("scaled", "raw"):
            models = [learn(previous_token, 50, seed, start=start, scaled=name == "scaled") for seed in SEEDS]
            expect = (0, 0.2) if (kind == "unit") == (name == "scaled") else (0.1, 4)
            lab.record(f"scale.loss.{kind}.{name}", [loss_of(m(tokens), targets) for m in models], expect=expect)


def measure_trigger(lab: Lab) -> None:
    """Part 3: two heads with one pattern. Take their favourite source away in two ways and see who minds."""
    tokens, _ = on_trigger(512)
    ordinary = (tokens != TRIGGER) & (tokens != START)
    letters = ["S!abcdefghijklmnopqrstuvwxyzABCD"[token] for token in tokens[SHOWN, :12]]
    panels = {what: lab.figure(width=3.3, height=6.2, rows=2) for what in ("attention", "moved")}
    patterns = []
    for number, name in enumerate(("quiet", "announcing")):
        model = learn(partial(on_trigger, announce=number == 1), 600, number, rate=1e-2)
        target = number * one_hot(torch.tensor(START), VOCABULARY)  # at ordinary positions
        pattern, sizes = model.pattern(tokens), model.written(tokens).norm(dim=-1)
        patterns.append(pattern[:, 1:])
        cut = pattern.clone()
        cut[:, :, 0] = 0
        lab.record(f"{name}.first", pattern[:, :, 0][ordinary].mean(), expect=(0.95, 1))
        lab.record(f"{name}.size.first", sizes[:, 0].mean(), expect=(number - 0.05, number + 0.05))
        dropped = model.pattern(tokens, drop_first=True)
        for way, weights, low in (("intact", pattern, 0), ("cut", cut, number), ("dropped", dropped, number + 0.2)):
            error = (model(tokens, weights) - target).square().sum(-1)[ordinary].mean()
            lab.record(f"{name}.error.{way}", error, expect=(low - 0.05, low + (1 if way == "dropped" else 0.05)))
        for what, (_, axes) in panels.items():
            shown = pattern[SHOWN] * (sizes[SHOWN] if what == "moved" else 1)
            heat_map(axes[number], shown[:12, :12], f"{name.capitalize()} head: {what}", letters, "token")
    lab.record("trigger.apart", (patterns[0] - patterns[1]).abs().sum(-1).mean() / 2, expect=(0, 0.01))
    lab.save([fig for fig, _ in panels.values()], "same-pattern")


@torch.no_grad()
def main() -> None:
    """Run the three parts."""
    lab = Lab("attention-mechanism", seed=99, settings={"vocabulary": VOCABULARY, "length": LENGTH, "seeds": SEEDS})
    test = previous_token(512)
    measure_previous(lab, *test)
    measure_scale(lab, *test)
    measure_trigger(lab)
    lab.write()


if __name__ == "__main__":
    main()
