"""From text to tokens, and from tokens to a next-token distribution with two matrices.

Question. What can a model know that sees only the current token, and what does the width of its vectors cost it?
Setup. (1) Byte-pair encoding, learnt on a word list small enough to check by hand. (2) A language of 32 tokens:
a Markov chain whose log table has rank 10 once each row is centred. A zero-layer model has an embedding W_E
(width x 32) and an unembedding W_U (32 x width). Its loss depends on a text only through the frequencies of the
text's pairs, so it is trained on those: exact ones (an endless text) or counts of a finite text.
What to expect. From width 10 on, the logits are the log table up to a constant per row; below, the loss degrades
smoothly. Tied matrices fail at every width; on a finite text the widest model is not the best. A cycle through
all 32 tokens, a table of full rank, is learnt at width 2: rank limits probabilities, not best guesses.
"""

from collections import Counter
from itertools import pairwise

import numpy as np
import torch
from house import INK_SOFT, LINE, PALETTE, Lab

WORDS = {"·read": 7, "·reader": 4, "·reading": 3, "·leader": 3, "·leading": 2, "·near": 2}  # · is a space
MERGES = 10
TOKENS, RANK = 32, 10
WIDTHS = [1, 2, 3, 4, 6, 8, 9, 10, 12, 16, 24, 32]
RESTARTS, TEXTS, TEXT_LENGTH = 3, 5, 20_000
STEPS, LEARNING_RATE = 3000, 0.05


def encode(word: str, merges: list[tuple[str, str, int]]) -> list[str]:
    """Apply the merges to the letters of a word in the order in which they were learnt."""
    pieces = list(word)
    for left, right, _ in merges:
        joined: list[str] = []
        for piece in pieces:
            if joined and joined[-1] == left and piece == right:
                joined[-1] = left + right
            else:
                joined.append(piece)
        pieces = joined
    return pieces


def learn_merges(count: int) -> list[tuple[str, str, int]]:
    """Byte-pair encoding: `count` times, join the most frequent adjacent pair (of a tie, the last by name)."""
    learnt: list[tuple[str, str, int]] = []
    for _ in range(count):
        pairs: Counter[tuple[str, str]] = Counter()
        for word, times in WORDS.items():
            pairs.update(list(pairwise(encode(word, learnt))) * times)
        (left, right), times = max(pairs.items(), key=lambda item: (item[1], item[0]))
        learnt.append((left, right, times))
    return learnt


def byte_pair_example(lab: Lab) -> None:
    """Learn the merges; then split words from the list and words that are not in it."""
    merges = learn_merges(MERGES)
    made = [left + right for left, right, _ in merges]
    lab.record("bpe.pair", [f"{left} + {right}" for left, right, _ in merges])
    lab.record("bpe.count", [times for _, _, times in merges], expect=(4, 21))
    lab.record("bpe.vocabulary", len(set("".join(WORDS))) + MERGES, expect=(19, 19))
    used = Counter(piece for word, times in WORDS.items() for piece in encode(word, merges) * times)
    lab.record("bpe.letters", sum(len(word) * times for word, times in WORDS.items()), expect=(134, 134))
    lab.record("bpe.pieces", used.total(), expect=(35, 35))
    lab.record("bpe.idle", len((set("".join(WORDS)) | set(made)) - set(used)), expect=(10, 10))
    lab.record("bpe.unused", ", ".join(token for token in made if token not in used))
    for name, word in {"reading": "·reading", "leader": "·leader", "bare": "reading", "new": "·dealer"}.items():
        lab.record(f"bpe.split.{name}", " | ".join(encode(word, merges)))


def make_language(rng: np.random.Generator) -> np.ndarray:
    """Return log P(next | current), rows = current: token frequencies, groups and six random factors."""
    index = np.arange(TOKENS)
    scores = -0.7 * np.log(rng.permutation(TOKENS) + 1.0)[None, :]  # rank 1: frequent and rare tokens
    scores = scores + 2.5 * (index[:, None] // 8 == index[None, :] % 4)  # rank 3 once rows are centred
    for strength in (0.8, 0.7, 0.6, 0.5, 0.4, 0.3):  # rank 6
        scores = scores + strength * np.outer(rng.normal(size=TOKENS), rng.normal(size=TOKENS))
    return log_softmax(scores)


def log_softmax(scores: np.ndarray) -> np.ndarray:
    """Logarithm of the softmax of each row."""
    return scores - np.logaddexp.reduce(scores, axis=-1, keepdims=True)


def centre(scores: np.ndarray) -> np.ndarray:
    """Subtract from each row its mean: what is left is what a softmax can see."""
    return scores - scores.mean(-1, keepdims=True)


def count_pairs(table: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Write a text with the chain `table` and return the frequency of each pair (current, next)."""
    cumulative, counts, current = table.cumsum(1), np.zeros_like(table), 0
    for number in rng.random(TEXT_LENGTH):
        following = min(int(np.searchsorted(cumulative[current], number)), TOKENS - 1)
        counts[current, following] += 1
        current = following
    return counts / TEXT_LENGTH


def train(pairs: np.ndarray, width: int, *, tied: bool = False) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Train a zero-layer model on each table in `pairs` (models, current, next); return W_E, W_U and the logits."""
    torch.manual_seed(width)
    frequency = torch.tensor(pairs, dtype=torch.float32)
    embed = (torch.randn(len(pairs), width, TOKENS) / width**0.5).requires_grad_()
    unembed = embed.mT if tied else (torch.randn(len(pairs), TOKENS, width) / width**0.5).requires_grad_()
    optimiser = torch.optim.Adam([embed] if tied else [embed, unembed], lr=LEARNING_RATE)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, STEPS)
    for _ in range(STEPS):
        logits = ((embed.mT if tied else unembed) @ embed).mT
        loss = -(frequency * torch.log_softmax(logits, dim=-1)).sum()  # the models' cross-entropies, added up
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
    w_e, w_u = (matrix.detach().double().numpy() for matrix in (embed, unembed))
    return w_e, w_u, (w_u @ w_e).swapaxes(1, 2)


def draw_widths(lab: Lab, log_table: np.ndarray, logits: dict[int, np.ndarray], curves: dict[str, list]) -> None:
    """Left: logits against the log table, rows centred. Right: excess loss against the width."""
    left, axes = lab.figure(width=3.4, height=3.3)
    for width, colour, label_y in ((4, PALETTE[1], 4.7), (10, PALETTE[0], 3.5)):
        x, y = centre(log_table)[:, ::4], centre(logits[width])[:, ::4]  # a quarter of the 1,024 pairs
        axes.scatter(x, y, s=7, color=colour, linewidths=0)
        axes.text(-7, label_y, f"width {width}", color=colour)
    axes.set(xlabel="log probability, row mean 0 (nats)", ylabel="logit, row mean 0 (nats)")
    axes.set(xticks=[-6, -3, 0, 3, 6], yticks=[-6, -3, 0, 3, 6], xlim=(-7.5, 6.5), ylim=(-7.5, 6.5))
    right, axes = lab.figure(width=3.8, height=3.3)
    for name, text, x, y, colour in (
        ("tied", "tied matrices", 8, 0.9, PALETTE[4]),
        ("svd", "truncated SVD", 5.2, 0.26, PALETTE[2]),
        ("text", f"text of {TEXT_LENGTH:,}", 10.5, 0.085, PALETTE[1]),
        ("exact", "exact\nfrequencies", 2.6, 0.007, PALETTE[0]),
    ):
        axes.plot(WIDTHS, np.maximum(curves[name], 1e-6), color=colour, marker="o", markersize=3)
        axes.text(x, y, text, color=colour)
    axes.axvline(RANK, color=LINE, linewidth=0.8, linestyle=":")
    axes.text(RANK * 1.1, 0.0025, "rank of the\nlog table", color=INK_SOFT)
    axes.set(xscale="log", yscale="log", ylim=(2e-3, 2), xlabel="width", ylabel="excess loss (nats a token)")
    axes.set_xticks(ticks := [1, 2, 4, 8, 16, 32], map(str, ticks))
    axes.set_yticks(ticks := [0.01, 0.1, 1], map(str, ticks))
    axes.minorticks_off()
    lab.save([left, right], "width")


def draw_cycle(lab: Lab, w_e: np.ndarray, w_u: np.ndarray) -> None:
    """The 32 rows of a trained unembedding of width 2, and the direction of one embedding."""
    fig, axes = lab.figure(width=3.3, height=3.2)
    axes.scatter(w_u[:, 0], w_u[:, 1], s=14, color=PALETTE[0])
    axes.scatter(*w_u[1], s=40, color=PALETTE[1])
    tip = 0.75 * np.linalg.norm(w_u[1]) * w_e[:, 0] / np.linalg.norm(w_e[:, 0])
    axes.annotate("", tip, (0, 0), arrowprops={"arrowstyle": "->", "color": PALETTE[1], "linewidth": 1.8})
    axes.text(0, 2, "direction of the\nembedding of x", color=PALETTE[1], ha="center")
    axes.text(*(0.86 * w_u[1] - (0, 3.4)), "unembedding of x + 1", color=PALETTE[1])
    axes.set(xlabel="coordinate 1", ylabel="coordinate 2", aspect="equal")
    lab.save(fig, "cycle")


def main() -> None:
    """Run the parts in the order of the page."""
    settings = {"tokens": TOKENS, "widths": WIDTHS, "steps": STEPS, "lr": LEARNING_RATE, "text": TEXT_LENGTH}
    lab = Lab("tokens-and-embeddings", seed=0, settings=settings)
    byte_pair_example(lab)
    rng = np.random.default_rng(lab.seed)
    log_table = make_language(rng)
    table = np.exp(log_table)
    share = np.linalg.matrix_power(table, 500)[0]  # how often each token occurs in a long text
    pairs = share[:, None] * table
    texts = np.stack([count_pairs(table, rng) for _ in range(TEXTS)])

    def excess(logits: np.ndarray) -> np.ndarray:
        """Cross-entropy above the least possible: the expected KL divergence from table to model."""
        return np.maximum((pairs * (log_table - log_softmax(logits))).sum((-2, -1)), 0)

    left, sizes, right = np.linalg.svd(centre(log_table))
    lab.record("language.rank_log", int((sizes > 1e-8).sum()), expect=(RANK, RANK))
    lab.record("language.rank_table", int(np.linalg.matrix_rank(table)), expect=(TOKENS, TOKENS))
    lab.record("language.unigram", -(share * np.log(share)).sum(), expect=(3.1, 3.4))
    lab.record("language.bigram", -(pairs * log_table).sum(), expect=(2.0, 2.3))
    lab.record("language.gap", excess(np.log(share)[None, :]), expect=(1.0, 1.2))

    ranges = {"exact": (0, 0.9), "spread": (0, 0.1), "svd": (0, 1.1), "tied": (0.65, 1.15), "text": (0.01, 0.9)}
    curves: dict[str, list] = {name: [] for name in ranges}
    best, repeated = {}, np.stack([pairs] * RESTARTS)
    for width in WIDTHS:
        *_, logits = train(repeated, width)
        losses = excess(logits)
        best[width] = logits[losses.argmin()]
        curves["exact"].append(losses.min())
        curves["spread"].append(losses.max() - losses.min())
        curves["svd"].append(excess((left[:, :width] * sizes[:width]) @ right[:width]))
        curves["tied"].append(excess(train(repeated, width, tied=True)[2]).min())
        curves["text"].append(excess(train(texts, width)[2]).mean())
    for name, curve in curves.items():
        lab.record(f"excess.{name}", [float(f"{value:.6f}") for value in curve], expect=ranges[name])
    lab.record("text.best_width", WIDTHS[int(np.argmin(curves["text"]))], expect=(8, 12))
    lab.record("text.unseen", (texts == 0).mean(), expect=(0.15, 0.35))
    lab.record("text.add_one", excess(np.log(texts * TEXT_LENGTH + 1)).mean(), expect=(0.01, 0.1))
    for width, largest in ((10, 0.05), (32, 2.0)):
        lab.record(f"error.w{width}.excess", excess(best[width]), expect=(0.0, 5e-7))
        error = abs(centre(best[width]) - centre(log_table))
        lab.record(f"error.w{width}.largest", error.max(), expect=(0.0, largest))
        lab.record(f"error.w{width}.common", error[table > 0.01].max(), expect=(0.0, 0.2))
    draw_widths(lab, log_table, best, curves)

    cycle = np.roll(np.eye(TOKENS), 1, axis=1) / TOKENS  # token x is always followed by x + 1
    for width, low, high in ((1, 0.0, 0.0625), (2, 0.9, 1.0)):
        w_e, w_u, logits = train(np.stack([cycle] * RESTARTS), width)
        correct = logits.argmax(-1) == np.roll(np.arange(TOKENS), -1)
        lab.record(f"cycle.w{width}.accuracy", correct.mean(-1), expect=(low, high))
        lab.record(f"cycle.w{width}.loss", -(cycle * log_softmax(logits)).sum((1, 2)), expect=(0.0, 3.5))
    draw_cycle(lab, w_e[0], w_u[0])
    lab.write()


if __name__ == "__main__":
    main()
