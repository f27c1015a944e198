"""Does equal behaviour mean an equal inside? XOR, learned twenty times and read off the weights.

Setup. A network with two inputs, eight ReLU units and one output has 33 parameters:

    before = W x + b,   hidden = max(0, before),   logit = v . hidden + c,   P(yes) = sigmoid(logit)

Twenty of them, which differ in their random start only, learn "are the two bits different?" from all
four inputs there are. Everything is written out in numpy, gradients too; torch only draws the starting
weights and checks the gradients. The first axis of an array counts networks, trained side by side.

What to expect. Most starts succeed and agree on every input. Inside there are a few kinds of unit, put
together differently from seed to seed. The failures stop at losses that can be worked out on paper.
More seeds and other widths show how typical that is; noisy points with wrong labels show overfitting.
"""

from collections import deque
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from house import INK, LINE, PALETTE, RAMP, Lab

X = np.array([[[0, 0], [0, 1], [1, 0], [1, 1]]], dtype=float)  # one data set for all networks
Y = np.array([[0, 1, 1, 0]], dtype=float)
XOR = np.array([-1, 1, 1, -1])  # the signs of the four answers
UNITS, SEEDS, STEPS, RATE = 8, 20, 600, 0.02
MANY, WIDTHS = 500, (2, 4, 8, 16)
VETO, DETECT, FOUR, STUCK = 10, 14, 13, 17  # the seeds that the page reads
KINDS = ("neither", "only x₂", "only x₁", "both", "mixed")
POINTS, HELD_OUT, SETS, WIDE, EVERY = 40, 1000, 10, 64, 10  # the overfitting part

Net = list[np.ndarray]  # W (networks, units, 2), b (networks, units), v (networks, units), c (networks,)


def start(seeds: range, units: int) -> Net:
    """One untrained network per seed, with the starting weights of torch.nn.Linear."""
    nets = []
    for seed in seeds:
        torch.manual_seed(seed)
        first, last = torch.nn.Linear(2, units), torch.nn.Linear(units, 1)
        nets.append([p.detach().double().numpy() for p in (first.weight, first.bias, last.weight[0], last.bias[0])])
    return [np.array(parts) for parts in zip(*nets, strict=True)]


def forward(net: Net, x: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Each unit before and after its ReLU (networks, inputs, units), and the logits (networks, inputs)."""
    W, b, v, c = net
    before = x @ W.transpose(0, 2, 1) + b[:, None]
    hidden = np.maximum(0, before)
    return before, hidden, (hidden @ v[:, :, None])[..., 0] + c[:, None]


def sigmoid(logits: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-logits))


def loss_of(logits: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Mean cross-entropy of each network, in nats."""
    return np.mean(np.logaddexp(0, logits) - y * logits, axis=1)


def backward(net: Net, x: np.ndarray, y: np.ndarray) -> Net:
    """The gradient of the loss with respect to W, b, v and c: the chain rule, last layer first."""
    before, hidden, logits = forward(net, x)
    d_logits = (sigmoid(logits) - y) / y.shape[1]
    d_before = d_logits[..., None] * net[2][:, None] * (before > 0)  # a silent unit passes nothing on
    return [d_before.transpose(0, 2, 1) @ x, d_before.sum(1), (hidden * d_logits[..., None]).sum(1), d_logits.sum(1)]


def gradient_error(net: Net) -> float:
    """Largest difference between our gradients and torch's automatic ones."""
    W, b, v, c = tensors = [torch.tensor(part, requires_grad=True) for part in net]
    logits = (torch.relu(torch.tensor(X) @ W.mT + b[:, None]) * v[:, None]).sum(-1) + c[:, None]
    torch.nn.functional.softplus(-torch.tensor(XOR) * logits).mean(1).sum().backward()
    pairs = zip(backward(net, X, Y), tensors, strict=True)
    return max(float(np.abs(ours - theirs.grad.numpy()).max()) for ours, theirs in pairs)


def train(
    net: Net, x: np.ndarray, y: np.ndarray, *, steps: int = STEPS, rate: float = RATE, adam: bool = True
) -> Iterator[Net]:
    """Yield the networks before training and after each step on the whole data, with Adam or plain."""
    mean, square = [np.zeros_like(part) for part in net], [np.zeros_like(part) for part in net]
    yield net
    for t in range(1, steps + 1):
        step = backward(net, x, y)
        if adam:
            mean = [0.9 * m + 0.1 * g for m, g in zip(mean, step, strict=True)]
            square = [0.999 * s + 0.001 * g**2 for s, g in zip(square, step, strict=True)]
            pairs = zip(mean, square, strict=True)
            step = [m / (1 - 0.9**t) / (np.sqrt(s / (1 - 0.999**t)) + 1e-8) for m, s in pairs]
        net = [part - rate * change for part, change in zip(net, step, strict=True)]
        yield net


def trained(net: Net, x: np.ndarray, y: np.ndarray, **options: Any) -> Net:
    """The networks after the last step."""
    return deque(train(net, x, y, **options), maxlen=1).pop()


def solved(net: Net) -> np.ndarray:
    """Which networks put all four answers on the right side of one half."""
    return (XOR * forward(net, X)[2] > 0).all(1)


def kinds_of(hidden: np.ndarray) -> np.ndarray:
    """The kind of each unit (networks, units), an index of KINDS; -1: silent or on at all four inputs.

    "On" means more than 5 % of the unit's own largest activation. A bare `> 0` would count rounding
    errors: training leaves many hinges within a hair of an input, on either side.
    """
    peak = hidden.max(1, keepdims=True)
    on = (hidden > 0.05 * peak) & (peak > 0.01)
    count = on.sum(1)
    return np.where(count == 1, on.argmax(1), np.where((count == 2) | (count == 3), 4, -1))


def draw_rules(lab: Lab, shares: np.ndarray, groups: dict[str, np.ndarray]) -> None:
    """One row per seed: how much of the XOR in its logits each kind of unit supplies."""
    fig, ax = lab.figure(width=4.2, height=5.4)
    order = [int(seed) for members in groups.values() for seed in np.flatnonzero(members)]
    ax.pcolormesh(shares[order], cmap=RAMP, vmin=0, vmax=40, edgecolors="none")
    for row, column in zip(*np.nonzero(shares[order] > 0.5), strict=True):
        label = f"{shares[order][row, column]:.0f}"
        ax.text(column + 0.5, row + 0.54, label, ha="center", va="center", color=INK)
    edge = 0
    for label, members in groups.items():
        ax.text(5.15, edge + members.sum() / 2, label, va="center", color=INK)
        ax.plot([0, 6.6], [edge, edge], color=LINE, lw=0.8, clip_on=False)
        edge += members.sum()
    ax.set_xticks(np.arange(5) + 0.5, KINDS, rotation=40, ha="left", rotation_mode="anchor")
    ax.set_yticks(np.arange(len(order)) + 0.54, [str(seed) for seed in order])
    ax.set(ylim=(len(order), 0), xlim=(0, 5), ylabel="seed")
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    lab.save(fig, "rules")


def draw_maps(lab: Lab, net: Net, kinds: np.ndarray) -> None:
    """The answer of three networks at every point of the plane, with the hinges of their units."""
    side = np.linspace(-0.7, 1.7, 241)
    plane = np.stack(np.meshgrid(side, side), axis=-1).reshape(1, -1, 2)
    panels = []
    for seed, title in ((VETO, "vetoes"), (DETECT, "detectors"), (STUCK, "stuck")):
        fig, ax = lab.figure(width=2.3, height=2.65)
        logits = forward([part[[seed]] for part in net], plane)[2].reshape(241, 241)
        ax.contourf(side, side, logits, levels=[0, 1e9], colors=[PALETTE[0]], alpha=0.25)
        for unit in np.flatnonzero(kinds[seed] >= 0):
            (w1, w2), b = net[0][seed, unit], net[1][seed, unit]
            ax.plot(side, -(b + w1 * side) / w2, color=PALETTE[1], lw=1.4, ls=(0, (4, 2)))
        for (x1, x2), answer in zip(X[0], Y[0], strict=True):
            ax.plot(x1, x2, "o", ms=9, color=INK, mfc=INK if answer else "none", mew=1.6)
        ax.set(xlim=(-0.7, 1.7), ylim=(-0.7, 1.7), xticks=[0, 1], yticks=[0, 1], xlabel="x₁", ylabel="x₂")
        ax.set_title(f"seed {seed}: {title}")
        ax.set_aspect("equal")
        panels.append(fig)
    lab.save(panels, "maps")


def read_seeds(lab: Lab, net: Net, votes: np.ndarray, kinds: np.ndarray) -> None:
    """Record what the page needs to write four networks down as rules."""
    W, b, v, c = net
    for unit in np.flatnonzero(kinds[VETO] >= 0):
        row = [*W[VETO, unit], b[VETO, unit], v[VETO, unit], votes[VETO, kinds[VETO, unit], unit]]
        lab.record(f"veto.unit{unit}", row, expect=(-16, 4))
    lab.record("veto.silent", (forward(net, X)[1][VETO].max(0) == 0).sum(), expect=(4, 6))
    lab.record("veto.c", c[VETO], expect=(5, 6.5))
    lab.record("veto.logits", votes[VETO].sum(1) + c[VETO], expect=(-8, 7))
    neither, unequal, _, both = votes[VETO].sum(1) + c[VETO]
    lab.record("veto.slopes", [unequal - neither, unequal - both], expect=(11, 13))
    logits = votes[DETECT].sum(1) + c[DETECT]
    lab.record("detect.offset", -logits[[0, 3]].mean(), expect=(6, 7.2))
    lab.record("detect.slopes", logits[[1, 2]] - logits[[0, 3]].mean(), expect=(12.5, 14))
    lab.record("four.votes", [votes[FOUR, kind, kinds[FOUR] == kind].sum() for kind in range(4)], expect=(-7, 9))
    lab.record("four.c", c[FOUR], expect=(-1.5, -0.7))
    unit = int(np.flatnonzero(kinds[FOUR] == 1)[0])
    lab.record("four.hair", max(0, b[FOUR, unit]), expect=(0, 0.02))
    lab.record("four.sure_without_vetoes", sigmoid(-c[FOUR]), expect=(0.65, 0.85))
    lab.record("stuck.probability", sigmoid(votes[STUCK].sum(1) + c[STUCK]), expect=(0.3, 1))


def overfit(lab: Lab) -> None:
    """Ten wide networks, each on 40 noisy points of its own, of which some have the wrong label."""
    random = np.random.default_rng(0)
    bits = random.integers(0, 2, (SETS, POINTS + HELD_OUT, 2))
    x = bits + random.normal(0, 0.25, bits.shape)
    y = (bits.sum(2) % 2) ^ (random.random(bits.shape[:2]) < 0.1)
    (x_seen, y_seen), (x_new, y_new) = (x[:, :POINTS], y[:, :POINTS]), (x[:, POINTS:], y[:, POINTS:])
    curves = []
    for step, net in enumerate(train(start(range(SETS), WIDE), x_seen, y_seen, steps=2000, rate=0.005)):
        if step % EVERY == 0:
            seen, new = forward(net, x_seen)[2], forward(net, x_new)[2]
            right = ((seen > 0) == y_seen).mean(), ((new > 0) == y_new).mean()
            curves.append((loss_of(seen, y_seen).mean(), loss_of(new, y_new).mean(), *right))
    seen, new, seen_right, new_right = np.array(curves).T
    best = int(new.argmin())
    lab.record("overfit.best", [new[best], new_right[best], seen[best], seen_right[best]], expect=(0.25, 0.95))
    lab.record("overfit.best_step", EVERY * best, expect=(30, 300))
    lab.record("overfit.end", [new[-1], new_right[-1], seen[-1], seen_right[-1]], expect=(0, 8))
    lab.record("overfit.true_rule_right", ((x_new > 0.5).sum(2) % 2 == y_new).mean(), expect=(0.84, 0.88))


def main() -> None:
    lab = Lab("networks-and-training", settings={"units": UNITS, "seeds": SEEDS, "steps": STEPS, "adam_rate": RATE})
    first = start(range(SEEDS), UNITS)
    lab.record("check.gradient", gradient_error(first), expect=(0, 1e-12))
    net = trained(first, X, Y)
    (before, hidden, logits), good = forward(net, X), solved(net)
    lab.record("solved.adam", good.sum(), expect=(15, 19))
    lab.record("solved.least_sure", sigmoid(XOR * logits[good]).min(), expect=(0.98, 1))
    lab.record("solved.gd_same_rate", solved(trained(first, X, Y, adam=False)).sum(), expect=(5, 13))
    lab.record("solved.gd_large_rate", solved(trained(first, X, Y, adam=False, rate=0.5)).sum(), expect=(17, 20))

    # Who does the XOR? Its part of a logit is z(01) + z(10) - z(00) - z(11), a sum over units.
    votes, kinds = hidden * net[2][:, None], kinds_of(hidden)
    xor = (votes * XOR[:, None]).sum(1)
    shares = np.stack([np.where(kinds == kind, xor, 0).sum(1) for kind in range(5)], axis=1)
    used = shares > 0.01 * xor.sum(1, keepdims=True).clip(1)
    detect, veto = good & ~used[:, [0, 3, 4]].any(1), good & ~used[:, [1, 2, 4]].any(1)
    rest = good & ~detect & ~veto
    groups = {"detectors\nonly": detect, "vetoes\nonly": veto, "several\nkinds": rest, "failed": ~good}
    lab.record("kinds.groups", [members.sum() for members in groups.values()], expect=(1, 13))
    lab.record("kinds.combinations", len({tuple(row) for row in used[good]}), expect=(6, 11))
    for name, on in (("raw", before > 0), ("clean", hidden > 0.05 * hidden.max(1, keepdims=True))):
        patterns = [len({tuple(unit) for unit in units.T}) for units in on[good]]
        lab.record(f"kinds.{name}_patterns", [min(patterns), max(patterns)], expect=(2, 8))
    centre = sigmoid(forward(net, np.full((1, 1, 2), 0.5))[2][good, 0])
    lab.record("centre.yes", (centre > 0.5).sum(), expect=(6, 12))
    lab.record("centre.range", [centre.min(), centre.max()], expect=(0, 1))
    read_seeds(lab, net, votes, kinds)
    draw_rules(lab, shares, groups)
    draw_maps(lab, net, kinds)

    lab.record("failed.seeds", np.flatnonzero(~good), expect=(0, SEEDS))
    longer = forward(trained([part[~good] for part in first], X, Y, steps=10_000), X)[2]
    lab.record("failed.loss", loss_of(logits[~good], Y), expect=(0.34, 0.70))
    lab.record("failed.loss_longer", loss_of(longer, Y), expect=(0.34, 0.70))
    lab.record("failed.silent_start", (forward(first, X)[1].max(1) == 0).sum(1)[~good], expect=(0, 8))
    random = np.random.default_rng(0)
    copies = [np.repeat(part[~good], 200, axis=0) for part in net]
    kicked = trained([part + random.normal(0, 0.1, part.shape) for part in copies], X, Y)
    lab.record("failed.freed_by_kick", solved(kicked).reshape(-1, 200).mean(1), expect=(0.05, 0.95))
    paper = np.array([np.log(2), 0.75 * np.log(3) - 0.5 * np.log(2), 0.5 * np.log(2)])  # derived on the page
    many = {units: trained(start(range(MANY), units), X, Y) for units in WIDTHS}
    lab.record("many.solved", [solved(net).mean() for net in many.values()], expect=(0.1, 1))
    losses = loss_of(forward(many[UNITS], X)[2], Y)[~solved(many[UNITS])]
    lab.record("many.failed", len(losses), expect=(8, 30))
    lab.record("many.explained", (np.abs(losses[:, None] - paper).min(1) < 0.01).sum(), expect=(8, 30))
    overfit(lab)
    lab.write()


if __name__ == "__main__":
    main()
