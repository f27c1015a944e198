"""Can anything seen from outside tell two networks apart that do the same thing in different ways?

Question. Two networks answer "are these two bits different?". They share one hidden layer of four
units and differ only in the weights that read it out. Network A compares the bits, network B counts
them. Which tests see the difference?

Setup. All weights are set by hand. In this order:
  1. outside: the outputs on all four inputs, exact Shapley values, integrated gradients;
  2. inside, looking: what the hidden units show;
  3. inside, acting: switch one hidden unit off, or force it on;
  4. outside the four inputs: the outputs on the whole unit square;
  5. which readout gradient descent picks when it starts from random weights.

What to expect. Steps 1 and 2 cannot separate the networks, not even integrated gradients, which use
the inside. Step 3 does: each unit that matters to one is idle in the other. Step 4: the routes differ
about inputs that nobody tried. Step 5 is sobering: descent mostly ends with a mixture of A and B.
"""

from __future__ import annotations

from itertools import product

import numpy as np
from house import INK, INK_SOFT, LINE, PALETTE, RAMP, Lab
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

Array = NDArray[np.float64]

INPUTS = np.array(list(product([0.0, 1.0], repeat=2)))  # 00, 01, 10, 11
TARGETS = np.array([0.0, 1.0, 1.0, 0.0])  # 1 where the bits differ
WEIGHTS = np.array([[1.0, -1.0], [-1.0, 1.0], [1.0, 1.0], [1.0, 1.0]])  # one row a hidden unit
BIASES = np.array([0.0, 0.0, 0.0, -1.0])
READOUTS = {"a": np.array([1.0, 1.0, 0.0, 0.0]), "b": np.array([0.0, 0.0, 1.0, -2.0])}
MINUS = "\u2212"
UNITS = [f"1: x₁ {MINUS} x₂", f"2: x₂ {MINUS} x₁", "3: x₁ + x₂", f"4: x₁ + x₂ {MINUS} 1"]
STARTS, STEPS, RATE, GRID = 1000, 4000, 0.2, 400
WEIGHT_PLACES = [(2.6, 2.6), (2.3, 2.15), (2.3, 1.38), (2.62, 0.42)]  # where the drawing puts the readout weights
COLOURS = {"a": PALETTE[0], "b": PALETTE[1]}


def hidden(x: Array) -> Array:
    """Return the activations of the four hidden units, one row for each row of `x`."""
    return np.maximum(x @ WEIGHTS.T + BIASES, 0.0)


def run(x: Array, readout: Array, replace: dict[int, float] | None = None) -> Array:
    """Return the outputs for the rows of `x`; `replace` overwrites hidden units (0 to 3) by a value."""
    h = hidden(x)
    for unit, value in (replace or {}).items():
        h[:, unit] = value
    return h @ readout


def accuracy(outputs: Array) -> float:
    """Share of the four inputs answered rightly, where an output above one half means 'different'."""
    return float(np.mean((outputs > 0.5) == (TARGETS > 0.5)))


def shapley(x: Array, readout: Array, references: Array) -> Array:
    """Return the exact Shapley values of both bits; a hidden bit takes the value of each reference in turn."""

    def worth(first: bool, second: bool) -> float:
        mixed = np.where(np.array([first, second]), x, references)
        return float(run(mixed, readout).mean())

    none, one, two, both = worth(False, False), worth(True, False), worth(False, True), worth(True, True)
    return np.array([(one - none) + (both - two), (two - none) + (both - one)]) / 2


def integrated_gradients(x: Array, readout: Array, steps: int = 1000) -> Array:
    """Return integrated gradients of `x` from the reference 00: mean gradient on the way, times `x`."""
    way = ((np.arange(steps) + 0.5) / steps)[:, None] * x
    open_units = (way @ WEIGHTS.T + BIASES > 0.0).astype(float)
    return x * ((open_units * readout) @ WEIGHTS).mean(axis=0)


def descend(rng: np.random.Generator) -> Array:
    """Train only the readout, by gradient descent on the squared error, from many random starts."""
    h = hidden(INPUTS)
    readouts = rng.normal(size=(STARTS, 4))
    for _ in range(STEPS):
        readouts -= RATE * (readouts @ h.T - TARGETS) @ h / len(h)
    return readouts


def draw_routes(lab: Lab) -> None:
    """Draw both networks; an edge that does not reach the output is thin and dashed."""
    panels, titles = [], {"a": "A compares the bits", "b": "B counts the bits"}
    for name, readout in READOUTS.items():
        fig, ax = lab.figure(width=3.3, height=2.7)
        ax.set_title(titles[name])
        for unit, height in enumerate([3.0, 2.0, 1.0, 0.0]):
            used = readout[unit] != 0.0
            look = {"color": COLOURS[name], "lw": 2.2} if used else {"color": LINE, "lw": 0.9, "ls": (0, (3, 3))}
            for bit in range(2):
                ax.plot([0.0, 0.85], [2.3 - 1.6 * bit, height], **look)
            ax.plot([2.15, 3.0], [height, 1.5], **look)
            ax.add_patch(Rectangle((0.85, height - 0.3), 1.3, 0.6, fill=False, **look))
            ax.text(1.5, height, UNITS[unit], ha="center", va="center", color=INK if used else INK_SOFT)
            if used:
                ax.text(*WEIGHT_PLACES[unit], f"{readout[unit]:+g}".replace("-", MINUS), va="center")
        for x, y, name_of_node in ((-0.16, 2.3, "x₁"), (-0.16, 0.7, "x₂"), (3.12, 1.5, "y")):
            ax.text(x, y, name_of_node, ha="center", va="center")
        ax.set(xlim=(-0.3, 3.25), ylim=(-0.4, 3.4))
        ax.axis("off")
        panels.append(fig)
    lab.save(panels, "routes")


def draw_ablation(lab: Lab, scores: dict[str, list[float]]) -> None:
    """Draw the accuracy of both networks after each unit is switched off."""
    fig, ax = lab.figure(width=4.0, height=2.9)
    places = np.arange(4)[::-1] + 0.19
    for name, values in scores.items():
        ax.barh(places, values, height=0.34, color=COLOURS[name])
        for place, value in zip(places, values, strict=True):
            ax.text(value + 0.02, place, f"{name.upper()}  {value:.2f}", va="center")
        places = places - 0.38
    ax.set_yticks(range(3, -1, -1), [f"unit {unit}" for unit in UNITS])
    ax.tick_params(axis="y", length=0)
    ax.set(xlim=(0, 1.3), xticks=[0, 0.25, 0.5, 0.75, 1.0], xlabel="accuracy, this unit at zero")
    ax.spines["bottom"].set_bounds(0.0, 1.0)
    lab.save(fig, "ablation")


def draw_square(lab: Lab) -> None:
    """Draw both outputs on the unit square, and the border where the answer flips."""
    panels, line = [], np.linspace(0.0, 1.0, 41)
    points = np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 2)
    for name, readout in READOUTS.items():
        fig, ax = lab.figure(width=3.3, height=3.4)
        ax.set_title(f"Output of {name.upper()}")
        values = run(points, readout).reshape(len(line), len(line))
        ax.contourf(line, line, values, levels=np.linspace(0, 1, 9), cmap=RAMP, vmin=0.0, vmax=1.7)
        ax.contour(line, line, values, levels=[0.5], colors=[INK], linewidths=1.6)
        for bits, target in [*zip(INPUTS, TARGETS, strict=True), (np.array([0.5, 0.5]), values[20, 20])]:
            ax.plot(*bits, "o", color=INK, markersize=6, clip_on=False)
            place = bits + 0.08 * np.sign(0.51 - bits)
            ax.text(*place, f"{target:.0f}", ha="center", va="center")
        ax.set(xlabel="x₁", ylabel="x₂", aspect="equal", xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])
        panels.append(fig)
    lab.save(panels, "square")


def main() -> None:
    """Measure, from the outside in."""
    lab = Lab("what-is-mechanistic-interpretability", seed=0, settings={"starts": STARTS, "steps": STEPS, "rate": RATE})
    a, b = READOUTS["a"], READOUTS["b"]

    # 1. Outside.
    for name, readout in READOUTS.items():
        lab.record(f"outputs.{name}", run(INPUTS, readout), expect=(-1e-9, 1 + 1e-9))
        lab.record(f"accuracy.{name}", accuracy(run(INPUTS, readout)), expect=(1, 1))
    choices = [*INPUTS[:, None, :], INPUTS]  # each single input as reference, then all four with equal weight
    values = {k: np.array([[shapley(x, v, r) for x in INPUTS] for r in choices]) for k, v in READOUTS.items()}
    lab.record("shapley.count", values["a"].size, expect=(40, 40))
    lab.record("shapley.gap", np.abs(values["a"] - values["b"]).max().round(6), expect=(0, 1e-9))
    for name in READOUTS:
        lab.record(f"shapley.{name}", values[name][-1][:, 0], expect=(-0.25, 0.25))  # both bits get the same
    paths = {k: np.array([integrated_gradients(x, v) for x in INPUTS]) for k, v in READOUTS.items()}
    lab.record("integrated.gap", np.abs(paths["a"] - paths["b"]).max().round(6), expect=(0, 1e-6))

    # 2. Inside, looking: unit 4 shows "both on" in both networks, since they share the hidden layer.
    reads = (hidden(INPUTS)[:, 3] > 0.5) == (INPUTS.sum(axis=1) > 1.5)
    lab.record("unit4.reads_both_on", reads.mean(), expect=(1, 1))

    # 3. Inside, acting.
    scores = {k: [accuracy(run(INPUTS, v, {unit: 0.0})) for unit in range(4)] for k, v in READOUTS.items()}
    for name, readout in READOUTS.items():
        lab.record(f"ablation.{name}", scores[name], expect=(0.5, 1))
        lab.record(f"forced.{name}", run(np.array([[1.0, 0.0]]), readout, {3: 1.0})[0], expect=(-1, 1))
        for kind, value in (("zero", 0.0), ("mean", hidden(INPUTS)[:, 3].mean())):
            error = np.abs(run(INPUTS, readout, {3: value}) - run(INPUTS, readout)).mean()
            lab.record(f"unit4.{kind}.{name}", error, expect=(0, 0.75))

    # 4. Between the bits.
    square = np.stack(np.meshgrid(*[(np.arange(GRID) + 0.5) / GRID] * 2), axis=-1).reshape(-1, 2)
    maps = {k: run(square, v) for k, v in READOUTS.items()}
    lab.record("square.gap", np.abs(maps["a"] - maps["b"]).mean(), expect=(0.32, 0.345))
    lab.record("square.disagree", np.mean((maps["a"] > 0.5) != (maps["b"] > 0.5)), expect=(0.49, 0.51))

    # 5. The readout that gradient descent finds: A + t (B - A), where t is fixed by the start.
    found = descend(np.random.default_rng(0))
    lab.record("descent.starts", len(found), expect=(STARTS, STARTS))
    share = (found - a) @ (b - a) / ((b - a) @ (b - a))
    lab.record("descent.error", np.abs(found @ hidden(INPUTS).T - TARGETS).max().round(6), expect=(0, 1e-3))
    lab.record("descent.off_line", np.abs(found - a - share[:, None] * (b - a)).max().round(6), expect=(0, 1e-3))
    lab.record("descent.mean", share.mean(), expect=(0.2, 0.37))
    lab.record("descent.spread", share.std(), expect=(0.33, 0.43))
    lab.record("descent.pure", np.mean((np.abs(share) < 0.1) | (np.abs(share - 1) < 0.1)), expect=(0.12, 0.27))

    draw_routes(lab)
    draw_ablation(lab, scores)
    draw_square(lab)
    lab.write()


if __name__ == "__main__":
    main()
