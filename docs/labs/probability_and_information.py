"""How far is a model from the best possible prediction, and can we measure that distance?

Setup. A language of 32 syllables is a Markov chain: the next token depends on the current one alone. The
vowel says how many syllables may follow: one after -a, two after -e, four after -i, eight after -o (never
the same one), with probabilities in proportion to 1, 1/2, 1/3, ... Because we wrote the table, we can
compute the entropy rate: the lowest expected loss that any predictor can reach. A bigram model counts pairs
in a text of N tokens, adds a constant to every count (smoothing), and is judged on text it has not seen.

What to expect. The held-out loss falls to the entropy rate from above; the training loss of plain counts
rises to it from below. Loss minus entropy rate is the KL divergence from the true table to the counted
one: exactly in expectation, up to noise on a finite text (which can even put the loss below the floor).
The divergence falls as constant / N, and the constant can be computed beforehand. Last, mutual information:
what one token tells about a later one, and how much of it a short text invents. (Two CPU seconds.)
"""

import numpy as np
from house import INK, INK_SOFT, LINE, PALETTE, RAMP, Lab
from numpy.typing import NDArray

Array = NDArray[np.float64]
Tokens = NDArray[np.int64]
np.seterr(divide="ignore")  # the logarithm of 0 is wanted: minus infinity

SYLLABLES = [consonant + vowel for consonant in "bdfgklmn" for vowel in "aeio"]
SIZE = len(SYLLABLES)  # 32
FOLLOWERS = (1, 2, 4, 8)  # after -a, -e, -i, -o
ADDED = {"one": 1.0, "small": 0.05}  # what smoothing adds to each count
LENGTHS = [2**k for k in range(5, 17)]  # tokens in a training text
SHORT = LENGTHS.index(1024)
TEXTS = 20  # independent training texts
PIECES, PIECE, SHUFFLED = 20, 5000, 1000  # held-out text: 20 pieces of 5000 pairs; pairs of a shuffled text


def make_language(rng: np.random.Generator) -> Array:
    """Return P(next | current), one row per current token. A random cycle makes sure that all can be reached."""
    table, cycle = np.zeros((SIZE, SIZE)), rng.permutation(SIZE)
    for current, first in zip(cycle, np.roll(cycle, -1), strict=True):
        count = FOLLOWERS[current % 4]
        others = rng.choice(np.setdiff1d(np.arange(SIZE), [current, first]), count - 1, replace=False)
        weights = 1.0 / np.arange(1, count + 1)
        table[current, rng.permutation([first, *others])] = weights / weights.sum()
    return table


def stationary(table: Array) -> Array:
    """Return the share of each token in an endless text: the distribution that the table maps to itself."""
    equations = np.vstack([table.T - np.eye(SIZE), np.ones(SIZE)])
    return np.linalg.lstsq(equations, np.append(np.zeros(SIZE), 1.0), rcond=None)[0]


def write(table: Array, share: Array, texts: int, length: int, rng: np.random.Generator) -> Tokens:
    """Write `texts` texts of `length` tokens side by side; each starts with a token drawn from `share`."""
    cumulative, tokens = table.cumsum(1), np.empty((texts, length), dtype=np.int64)
    tokens[:, 0] = rng.choice(SIZE, size=texts, p=share)
    for place in range(1, length):
        draws = rng.random(texts)[:, None]
        tokens[:, place] = np.minimum((draws > cumulative[tokens[:, place - 1]]).sum(1), SIZE - 1)
    return tokens


def count_pairs(current: Tokens, following: Tokens) -> Array:
    """Count how often each token follows each other one."""
    pairs = np.bincount(current.ravel() * SIZE + following.ravel(), minlength=SIZE * SIZE)
    return pairs.reshape(SIZE, SIZE).astype(float)


def fit(counts: Array, added: float = 0.0) -> Array:
    """Turn counts into probabilities, one row per current token (a row without counts becomes uniform)."""
    empty = counts.sum(1, keepdims=True) + added == 0
    raised = np.where(empty, 1.0, counts + added)
    return raised / raised.sum(1, keepdims=True)


def entropy(p: Array) -> float:
    """Entropy of a distribution in nats."""
    return float(-(p[p > 0] * np.log(p[p > 0])).sum()) + 0.0


def cross_entropy(pairs: Array, model: Array) -> float:
    """Average -log model; `pairs` says how often each pair occurs. Infinite if one that occurs has probability 0."""
    used = pairs > 0
    return float(-(pairs[used] * np.log(model[used])).sum() / pairs.sum())


def divergence(share: Array, p: Array, q: Array) -> float:
    """Kullback-Leibler divergence from the rows of p to the rows of q, averaged over rows with `share`."""
    used = p > 0
    return float(((share[:, None] * p)[used] * np.log(p[used] / q[used])).sum())


def mutual_information(joint: Array) -> float:
    """Mutual information of two tokens whose joint distribution is `joint`."""
    return entropy(joint.sum(0)) + entropy(joint.sum(1)) - entropy(joint)


def draw_language(lab: Lab, table: Array) -> None:
    """Show the table of the language."""
    fig, axes = lab.figure(width=3.7, height=3.5)
    rows, columns = np.nonzero(table)
    shade = {"c": table[rows, columns], "cmap": RAMP, "vmin": -0.15, "vmax": 1}
    axes.scatter(columns + 0.5, rows + 0.5, **shade, s=36, marker="s", lw=0)
    for lines, ticks in ((axes.hlines, axes.set_yticks), (axes.vlines, axes.set_xticks)):
        lines(range(0, SIZE + 1, 4), 0, SIZE, color=LINE, lw=0.5, alpha=0.6)
        ticks(range(2, SIZE, 4), [f"{syllable[0]}-" for syllable in SYLLABLES[::4]])
    axes.set(xlabel="next syllable", ylabel="current syllable", aspect="equal", xlim=(0, SIZE), ylim=(SIZE, 0))
    lab.save(fig, "language")


def draw_learning(lab: Lab, curves: dict[str, list[float]], levels: dict[str, float], law: dict[str, float]) -> None:
    """Left: losses against the size of the text. Right: the gap to the floor, measured, exact and predicted."""
    (left, losses), (right, gaps) = (lab.figure(width=3.9, height=3.2) for _ in range(2))
    for (name, level), shift in zip(levels.items(), (0.06, -0.26, -0.34), strict=True):
        losses.axhline(level, color=LINE, lw=0.9, ls=(0, (4, 3)))
        losses.text(80_000, level + shift, f"{name} {level:.2f}", ha="right", color=INK_SOFT)
    for name, colour in (("held.one", PALETTE[1]), ("held.small", PALETTE[0]), ("train", PALETTE[2])):
        losses.plot(LENGTHS, curves[name], color=colour, marker="o", ms=3)
    losses.text(700, 1.9, "held out, 1 added", color=PALETTE[1])
    losses.text(31, 1.32, "held out,\n0.05 added", color=PALETTE[0])
    losses.text(240, 0.15, "training text,\nplain counts", color=PALETTE[2])
    losses.set(ylim=(0, 3.9), ylabel="loss (nats per token)")
    for name, colour in (("one", PALETTE[1]), ("small", PALETTE[0])):
        for source, style in ((f"kl.{name}", {}), (f"paired.{name}", {"ls": "", "marker": "o", "ms": 4.5})):
            gaps.plot(LENGTHS, 1000 * np.array(curves[source]), color=colour, **style)
        gaps.plot(LENGTHS[3:], 1000 * law[name] / np.array(LENGTHS[3:]), color=INK, lw=0.9, ls=(0, (2, 2)))
    gaps.text(4500, 280, "1 added", color=PALETTE[1])
    gaps.text(40, 90, "0.05 added", color=PALETTE[0])
    gaps.text(430, 2600, "dashed: predicted", color=INK)
    gaps.set(yscale="log", ylim=(0.7, 6000), ylabel="gap (thousandths of a nat)")
    gaps.set_yticks([1, 10, 100, 1000], ["1", "10", "100", "1,000"])
    for axes in (losses, gaps):
        axes.set(xscale="log", xlim=(25, 80_000), xlabel="training text (tokens)")
        axes.set_xticks([100, 1000, 10_000], ["100", "1,000", "10,000"])
        axes.minorticks_off()
    lab.save([left, right], "learning")


def main() -> None:
    """Make the language, compute what can be computed, then count and compare."""
    lab = Lab("probability-and-information", settings={"texts": TEXTS, "held_out": PIECES * PIECE, "added": ADDED})
    table, rng = make_language(np.random.default_rng(0)), np.random.default_rng(1)
    share = stationary(table)
    pairs = share[:, None] * table  # P(current, next)
    rate, unigram = cross_entropy(pairs, table), entropy(share)
    levels = {"uniform": float(np.log(SIZE)), "unigram entropy": unigram, "entropy rate": rate}
    lab.record("language.pairs", (table > 0).sum(), expect=(120, 120))
    lab.record("language.share", [share.min(), share.max()], expect=(0.0005, 0.12))
    lab.record("level", list(levels.values()), expect=(0.7, 3.466))
    lab.record("perplexity", list(np.exp(list(levels.values()))), expect=(2, 32.001))
    vowels = [entropy(table[v]) for v in range(4)]  # the same for all syllables with that vowel
    lab.record("vowel.entropy", vowels, expect=(0, 2.08))
    lab.record("vowel.perplexity", list(np.exp(vowels)), expect=(1, 8))
    lab.record("vowel.share", [share[v::4].sum() for v in range(4)], expect=(0.05, 0.6))
    draw_language(lab, table)

    texts = write(table, share, TEXTS, LENGTHS[-1] + 1, rng)
    pieces = [count_pairs(piece[:-1], piece[1:]) for piece in write(table, share, PIECES, PIECE + 1, rng)]
    held_pairs = np.sum(pieces, axis=0)
    held_true = cross_entropy(held_pairs, table)
    lab.record("sample.language", " ".join(SYLLABLES[token] for token in texts[0, :16]))
    lab.record("held.true_minus_rate", held_true - rate, expect=(-0.02, 0.02))
    lab.record("held.spread", np.std([cross_entropy(piece, table) for piece in pieces]), expect=(0.004, 0.03))
    counts = {n: [count_pairs(text[:n], text[1 : n + 1]) for text in texts] for n in LENGTHS}
    curves = {"train": [cross_entropy(c[0], fit(c[0])) for c in counts.values()]}
    law, errors = {}, []
    for name, added in ADDED.items():
        models = [[fit(c, added) for c in counts[n]] for n in LENGTHS]  # one list of models per length
        exact = np.array([[divergence(share, table, model) for model in row] for row in models])
        errors += [cross_entropy(pairs, row[0]) - rate - gaps[0] for row, gaps in zip(models, exact, strict=True)]
        curves[f"held.{name}"] = [cross_entropy(held_pairs, row[0]) for row in models]
        curves[f"paired.{name}"] = [loss - held_true for loss in curves[f"held.{name}"]]
        curves[f"kl.{name}"] = list(exact[:, 0])
        law[name] = ((table > 0).sum() - SIZE) / 2 + added * (table == 0).sum()
        lab.record(f"law.{name}", law[name], expect=(80, 1000))
        lab.record(f"law.{name}.measured", exact[-1].mean() * LENGTHS[-1], expect=(0.8 * law[name], 1.2 * law[name]))
        lab.record(f"leak.{name}", (share[:, None] * models[SHORT][0])[table == 0].sum(), expect=(0.01, 0.6))
        lab.record(f"below.{name}", sum(cross_entropy(p, models[-1][0]) < rate for p in pieces), expect=(0, 18))
    lab.record("kl.tiny", divergence(share, table, fit(counts[256][0], 0.001)), expect=(0.2, 1.2))
    lab.record("identity.error", np.abs(errors).max(), expect=(0, 1e-12))
    infinite = [sum(cross_entropy(held_pairs, fit(c)) == np.inf for c in counts[n]) for n in LENGTHS]
    lab.record("infinite", infinite, expect=(0, TEXTS))
    for name, curve in curves.items():
        lab.record(name, curve, expect=(-0.02, 3.6))
    plain = fit(counts[4096][0])
    lab.record("direction.plain", divergence(share, plain, table), expect=(0.001, 0.05))
    lab.record("direction.missing", int(((table > 0) & (plain == 0)).sum()), expect=(1, 60))
    draw_learning(lab, curves, levels, law)

    powers = [np.linalg.matrix_power(table, lag) for lag in range(1, 9)]
    lab.record("information.lag", [mutual_information(share[:, None] * power) for power in powers], expect=(0, 3))
    lab.record("information.bound", unigram - rate - curves["kl.small"][SHORT], expect=(2.0, 2.4))
    shuffled = [count_pairs(text[:SHUFFLED], rng.permutation(text[1 : SHUFFLED + 1])) for text in texts]
    invented = [mutual_information(c / SHUFFLED) for c in shuffled]
    lab.record("information.shuffled", np.mean(invented), expect=(0.35, 0.6))
    bound = np.mean([unigram - cross_entropy(np.outer(share, share), fit(c, 0.05)) for c in shuffled])
    lab.record("information.shuffled_bound", bound, expect=(-3, 0))
    lab.write()


if __name__ == "__main__":
    main()
