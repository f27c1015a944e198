"""How many directions fit into a space, and what can a matrix of low rank do with them?

The lab asks four questions about random directions (unit vectors drawn evenly from the sphere):

1. How large are the cosines between them in 2, 10, 100 and 1000 dimensions? Expect a spread of 1/sqrt(d).
2. How many fit if no two may have a cosine beyond 0.2? Greedy: draw candidates and keep each one that is
   far enough from all kept. Expect fewer than d for small d (a surprise) and many more for large d; and
   directions that push each other apart should do better than both.
3. If k of 2000 directions are added up, can dot products tell which? Expect noise of about sqrt(k/d).
4. A matrix reads 8 directions and writes 8 others, in 64 dimensions. Does the singular value decomposition
   find how many there are (yes), the subspace that they span (yes), and each of them (only in part)?

About four CPU seconds.
"""

import numpy as np
from house import INK, INK_SOFT, LINE, PALETTE, RAMP, Lab
from numpy.typing import NDArray

Array = NDArray[np.float64]

LIMIT = 0.2  # two directions are 'nearly orthogonal' here if |cosine| stays below this
SUPPLY = 20_000  # candidates offered to the greedy count
SPREAD_IN = (2, 10, 100, 1000)  # dimensions for question 1
GREEDY = {2: (2, 2), 5: (4, 6), 10: (7, 10), 20: (13, 19), 50: (36, 49), 100: (128, 150), 150: (370, 415),
          200: (965, 1045)}  # fmt: skip  # dimensions for question 2, with the counts to expect
WIDTH, INNER = 64, 8  # of the matrix in question 4: its vectors, and how many directions it moves
NOISE = 0.05  # standard deviation of what is added to every entry of that matrix
WEAK = 0.3  # strength of a ninth property, too weak to be seen in this noise


def directions(rng: np.random.Generator, n: int, d: int) -> Array:
    """Draw `n` unit vectors in `d` dimensions, one a row."""
    rows = rng.standard_normal((n, d))
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def cosines(rows: Array) -> Array:
    """Return the cosine of every pair of different rows (unit vectors), each pair once."""
    return (rows @ rows.T)[np.triu_indices(len(rows), k=1)]


def greedy(candidates: Array) -> list[int]:
    """Keep each candidate that is nearly orthogonal to all kept so far; return the count after each candidate."""
    kept = np.empty_like(candidates)
    count, history = 0, []
    for candidate in candidates:
        if count == 0 or np.abs(kept[:count] @ candidate).max() < LIMIT:
            kept[count] = candidate
            count += 1
        history.append(count)
    return history


def push_apart(rows: Array, steps: int) -> bool:
    """Move unit vectors by gradient descent until no cosine is beyond 0.199; say whether that succeeds.

    A little inside the limit of 0.2, so that the result holds for 11.5 degrees (cosine 0.1994) as well.
    """
    for _ in range(steps):
        gram = rows @ rows.T
        np.fill_diagonal(gram, 0.0)
        if np.abs(gram).max() < LIMIT - 0.001:
            return True
        excess = np.sign(gram) * np.maximum(0.0, np.abs(gram) - (LIMIT - 0.002))
        rows = rows - 0.2 * excess @ rows
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return False


def pursue(x: Array, rows: Array, k: int) -> set[int]:
    """Explain `x` by `k` rows: take the best match, fit all that are taken, go on with what is left over."""
    taken: list[int] = []
    rest = x
    for _ in range(k):
        taken.append(int(np.abs(rows @ rest).argmax()))
        weights = np.linalg.lstsq(rows[taken].T, x, rcond=None)[0]
        rest = x - weights @ rows[taken]
    return set(taken)


def measure_cosines(lab: Lab, rng: np.random.Generator) -> dict[int, Array]:
    """Question 1: the spread of the cosines; and the mean square of a crowd of 2000 in 100 dimensions."""
    drawn = {d: cosines(directions(rng, 1000, d)) for d in SPREAD_IN}
    for d, values in drawn.items():
        lab.record(f"spread.d{d}", values.std(), expect=(0.97 / d**0.5, 1.03 / d**0.5))
        lab.record(f"beyond.d{d}", (np.abs(values) > LIMIT).mean(), expect=(0, 0.9))
    crowd = cosines(directions(rng, 2000, 100))
    lab.record("crowd.mean_square", (crowd**2).mean(), expect=(0.0098, 0.0102))
    return drawn


def measure_packing(lab: Lab, rng: np.random.Generator) -> tuple[list[int], dict[int, int]]:
    """Question 2: greedy counts, and directions that push each other apart."""
    counts = []
    for d, bounds in GREEDY.items():
        history = greedy(directions(rng, SUPPLY, d))
        counts.append(history[-1])
        lab.record(f"packing.d{d}", history[-1], expect=bounds)
        if d == 100:
            lab.record("packing.d100_of_2000", history[1999], expect=(85, 115))
    again = [greedy(directions(rng, SUPPLY, 10))[-1] for _ in range(20)]
    lab.record("packing.d10_range", [min(again), max(again)], expect=(6, 12))
    rows = directions(rng, 2000, 1000)
    lab.record("packing.d1000_of_2000", greedy(rows)[-1], expect=(2000, 2000))
    lab.record("packing.d1000_largest", np.abs(cosines(rows)).max(), expect=(0.14, 0.19))
    fits = [n for n in range(11, 17) if any(push_apart(directions(rng, n, 10), 4000) for _ in range(5))]
    lab.record("arranged.d10", max(fits), expect=(14, 16))
    arranged = {10: max(fits), 100: 600 if push_apart(directions(rng, 600, 100), 1000) else 0}
    lab.record("arranged.d100", arranged[100], expect=(600, 600))
    return counts, arranged


def measure_crosstalk(lab: Lab, rng: np.random.Generator) -> None:
    """Question 3: add k of 2000 directions; say which, by 2000 dot products and by pursuit."""
    n, d, trials = 2000, 1000, 20
    rows = directions(rng, n, d)
    for k in (10, 50):
        wrong, found, silent = 0, 0, []
        for _ in range(trials):
            is_active = np.isin(np.arange(n), rng.choice(n, size=k, replace=False))
            x = rows[is_active].sum(axis=0)
            readings = rows @ x
            wrong += ((readings > 0.5) != is_active).sum()
            silent.append(readings[~is_active])
            found += pursue(x, rows, k) == set(np.flatnonzero(is_active))
        lab.record(f"crosstalk.k{k}.sd", np.std(silent), expect=(0.9 * (k / d) ** 0.5, 1.1 * (k / d) ** 0.5))
        lab.record(f"crosstalk.k{k}.wrong", wrong / trials, expect=(0, 40))
        lab.record(f"crosstalk.k{k}.pursuit", found / trials, expect=(0.95, 1))


def measure_matrix(lab: Lab, rng: np.random.Generator) -> tuple[Array, Array, Array]:
    """Question 4: 100 matrices that read 8 directions and write 8 others; the last goes into the figure."""
    strengths = {"graded": np.arange(INNER, 0, -1.0), "equal": np.full(INNER, 4.5)}
    match: dict[str, list[float]] = {"graded": [], "equal": [], "chance": []}
    held, overlap = [], []
    for _ in range(100):
        reads, writes = directions(rng, INNER, WIDTH), directions(rng, INNER, WIDTH)
        for name, strength in strengths.items():
            right = np.linalg.svd((writes.T * strength) @ reads)[2][:INNER]  # eight singular vectors, one a row
            table = np.abs(reads @ right.T)  # |cosine| of each planted direction with each singular vector
            match[name].append(table.max(axis=1).mean())
            held.append((table**2).sum(axis=1).min())
        turn = np.linalg.qr(rng.standard_normal((INNER, INNER)))[0]  # other axes for the same subspace
        match["chance"].append(np.abs(reads @ right.T @ turn).max(axis=1).mean())
        overlap.append(((writes @ right.T) ** 2).sum(axis=1).mean())  # writing unrelated to reading: chance
    lab.record("matrix.match_graded", np.mean(match["graded"]), expect=(0.8, 0.93))
    lab.record("matrix.match_equal", np.mean(match["equal"]), expect=(0.55, 0.75))
    lab.record("matrix.match_chance", np.mean(match["chance"]), expect=(0.55, 0.7))
    lab.record("matrix.held", min(held), expect=(0.999999, 1.000001))
    lab.record("matrix.overlap", np.mean(overlap), expect=(0.11, 0.14))
    exact = (writes.T * strengths["graded"]) @ reads
    noise = NOISE * rng.standard_normal(exact.shape)
    noisy = exact + noise
    values = np.linalg.svd(exact)[1]
    left, noisy_values, right = np.linalg.svd(noisy)
    cut = (left[:, :INNER] * noisy_values[:INNER]) @ right[:INNER]
    ninth = WEAK * np.outer(directions(rng, 1, WIDTH), directions(rng, 1, WIDTH))
    lab.record("matrix.weak_ninth", np.linalg.svd(noisy + ninth)[1][INNER], expect=(0.6, 0.85))
    lab.record("matrix.rank", np.linalg.matrix_rank(exact), expect=(INNER, INNER))
    lab.record("matrix.rank_noisy", np.linalg.matrix_rank(noisy), expect=(WIDTH, WIDTH))
    lab.record("matrix.ninth", values[INNER], expect=(0, 1e-12))
    lab.record("matrix.noisy_ninth", noisy_values[INNER], expect=(0.6, 0.85))
    lab.record("matrix.noise_alone", np.linalg.norm(noise, 2), expect=(0.7, 0.9))
    lab.record("matrix.error_noisy", np.linalg.norm(noise) / np.linalg.norm(exact), expect=(0.2, 0.25))
    lab.record("matrix.error_cut", np.linalg.norm(cut - exact) / np.linalg.norm(exact), expect=(0.08, 0.15))
    return values, noisy_values, table


def draw_packing(lab: Lab, drawn: dict[int, Array], counts: list[int], arranged: dict[int, int]) -> None:
    """Panel one: densities of the cosines. Panel two: how many directions fit."""
    left, axes = lab.figure(width=3.5, height=2.9)
    labels = {2: (0.6, 1.15), 10: (-0.72, 1.0), 100: (0.14, 2.9), 1000: (0.07, 8.5)}
    for (d, place), colour in zip(labels.items(), PALETTE, strict=False):
        height, edges = np.histogram(drawn[d], bins=160 if d == 1000 else 40, range=(-1, 1), density=True)
        axes.plot((edges[1:] + edges[:-1]) / 2, np.where(height > 0, height, np.nan), color=colour)
        axes.text(*place, f"d = {d}", color=colour)
    axes.set(xlabel="cosine of two random directions", ylabel="density", title="Chance", xlim=(-1, 1), ylim=(0, None))
    right, axes = lab.figure(width=3.5, height=2.9)
    below = np.linspace(2, 22.5, 400)  # the ceiling exists while d < 1 / LIMIT**2 = 25
    axes.plot(below, below * (1 - LIMIT**2) / (1 - below * LIMIT**2), color=PALETTE[1], linewidth=1.2)
    axes.plot([2, 200], [2, 200], color=LINE, linewidth=1)
    axes.plot(list(GREEDY), counts, "o-", color=PALETTE[0], markersize=4)
    axes.plot(list(arranged), list(arranged.values()), "s", color=PALETTE[2], markersize=5)
    axes.text(215, 170, "n = d", color=INK_SOFT)
    axes.text(17, 90, "proved\nceiling", color=PALETTE[1], ha="right")
    axes.text(215, 700, "random,\ngreedy", color=PALETTE[0])
    axes.text(84, 540, "arranged", color=PALETTE[2], ha="right")
    axes.set(xscale="log", yscale="log", xlim=(1.8, 900), ylim=(1.5, 2500), title="Room")
    axes.set(xlabel="dimensions d", ylabel="directions that fit, n")
    axes.set_xticks([2, 10, 100], ["2", "10", "100"])
    axes.set_yticks([2, 10, 100, 1000], ["2", "10", "100", "1000"])
    axes.minorticks_off()
    lab.save([left, right], "packing")


def draw_matrix(lab: Lab, values: Array, noisy_values: Array, table: Array) -> None:
    """Panel one: singular values with and without noise. Panel two: planted directions against singular vectors."""
    left, axes = lab.figure(width=3.5, height=2.9)
    axes.axvline(INNER + 0.5, color=LINE, linewidth=0.8)
    for series, colour in ((noisy_values, PALETTE[1]), (values, PALETTE[0])):
        axes.plot(range(1, 17), series[:16], "o-", color=colour, markersize=4, linewidth=1)
    axes.text(11, 1.0, "with noise", color=PALETTE[1])
    axes.text(11, -0.72, "exact", color=PALETTE[0])
    axes.text(INNER + 0.8, 6.5, "eight properties\nend here", color=INK_SOFT)
    axes.set(xlabel="number of the singular value", ylabel="singular value", title="How many", ylim=(-0.9, None))
    right, axes = lab.figure(width=3.5, height=2.9)
    edges, ticks = np.arange(INNER + 1) + 0.5, range(1, INNER + 1)
    grid = axes.pcolormesh(edges, edges, table, cmap=RAMP, vmin=0, vmax=1)
    bar = right.colorbar(grid, ax=axes, ticks=[0, 0.5, 1], boundaries=np.linspace(0, 1, 21))
    bar.outline.set_visible(False)
    bar.set_label("|cosine|", color=INK)
    axes.set(xlabel="singular vector", ylabel="planted direction", title="Which", xticks=ticks, yticks=ticks)
    lab.save([left, right], "matrix")


def main() -> None:
    """Answer the four questions in order; every part draws from one seeded generator."""
    lab = Lab("vectors-and-directions", seed=0, settings={"limit": LIMIT, "supply": SUPPLY, "noise": NOISE})
    rng = np.random.default_rng(lab.seed)
    drawn = measure_cosines(lab, rng)
    counts, arranged = measure_packing(lab, rng)
    measure_crosstalk(lab, rng)
    values, noisy_values, table = measure_matrix(lab, rng)
    draw_packing(lab, drawn, counts, arranged)
    draw_matrix(lab, values, noisy_values, table)
    lab.write()


if __name__ == "__main__":
    main()
