"""How long a ranking takes, beside what does less: ``make bench-scoring``.

All in one run, on the same data; each round runs every contender once, so that a busy machine is busy for
all of them. Medians, and their ratio to the first line of each table.
"""

import argparse
import gc
import json
import os
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

# One thread: the others do without, and a busy machine would tell two stories.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.scoring_data import as_floats, evaluation_file
from scoring import Evaluation, rank, read_text
from scoring.robustness.draws import CONCENTRATION, SEED, draws

FEWEST_ROUNDS = 7
Contenders = dict[str, Callable[[], Any]]


def table(title: str, contenders: Contenders, rounds: int, aims: dict[str, float] | None = None) -> None:
    """Print the median of each contender and its ratio to the first."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(rounds + 1):  # the first is to warm up
        for name, run in contenders.items():
            gc.collect()
            start = time.perf_counter()
            kept = run()
            if turn:
                times[name].append(time.perf_counter() - start)
            del kept
    print(f"\n{title}  (medians of {rounds} rounds)")
    first = statistics.median(next(iter(times.values())))
    for name, taken in times.items():
        median, aim = statistics.median(taken), (aims or {}).get(name)
        said = f"  aim {aim:g}: {'met' if median <= aim * first else 'not met'}" if aim else ""
        print(f"  {name:<52}{median * 1000:10.2f} ms {median / first:8.2f}×{said}")


def competition_ranks(totals: Any) -> Any:
    """1, 2, 2, 4: one more than the number of higher totals."""
    ordered = np.sort(-totals)
    return np.searchsorted(ordered, -totals, side="left") + 1


def float_ranks(marks: Any, weights: Any) -> Any:
    """What a spreadsheet of floats would do: the mean, the weighted sum, to two decimals, ranked."""
    return competition_ranks(np.round(marks.mean(axis=2) @ weights, 2))


def scikit_ranks(marks: Any, weights: Any) -> Any:
    """scikit-criteria's weighted sum on the panel's means."""
    import skcriteria
    from skcriteria.agg.simple import WeightedSumModel

    matrix = skcriteria.mkdm(marks.mean(axis=2), [max] * len(weights), weights=weights)
    return WeightedSumModel().evaluate(matrix).rank_


def pymcdm_ranks(marks: Any, weights: Any) -> Any:
    """pymcdm's weighted sum on the panel's means, without rescaling them."""
    from pymcdm.methods import WSM

    method = WSM(normalization_function=lambda column, **_: column)
    return method.rank(method(marks.mean(axis=2), weights, np.ones(len(weights)), verbose=False))


def exact_ranks(evaluation: Evaluation) -> Any:
    """The ranks of the library, in file order."""
    ranks = {bid.key: bid.rank for bid in rank(evaluation).bids}
    return np.array([ranks[bid.key] for bid in evaluation.bids])


def from_memory(document: dict[str, Any], evaluation: Evaluation, rounds: int) -> None:
    """Ranking alone."""
    marks, weights = as_floats(document)
    contenders: Contenders = {
        "numpy, float: mean @ w, rounded, ranked": lambda: float_ranks(marks, weights),
        "scoring.rank, exact": lambda: rank(evaluation),
        "scikit-criteria, float: WeightedSumModel": lambda: scikit_ranks(marks, weights),
        "pymcdm, float: WSM": lambda: pymcdm_ranks(marks, weights),
    }
    table("Ranking 1,000 bids × 200 criteria × 10 evaluators", contenders, rounds, {"scoring.rank, exact": 3})
    exact = exact_ranks(evaluation)
    for name, found in [
        ("numpy", float_ranks(marks, weights)),
        ("scikit-criteria", scikit_ranks(marks, weights)),
        ("pymcdm", pymcdm_ranks(marks, weights)),
    ]:
        print(
            f"  {name}: {int((np.asarray(found) != exact).sum())} of {len(exact)} places differ from the exact ranking"
        )


def from_file(text: str, rounds: int) -> None:
    """Reading and ranking."""
    contenders: Contenders = {
        "json.loads alone": lambda: json.loads(text),
        "read_text and rank": lambda: rank(read_text(text)),
    }
    title = f"The same as a file of {len(text) / 1e6:.1f} MB"
    table(title, contenders, rounds, {"read_text and rank": 2})


def drawn(rounds: int) -> None:
    """Weights drawn at random, against the products they are for."""
    document = evaluation_file(50, 20, 5)
    evaluation = read_text(json.dumps(document))
    result = rank(evaluation)
    marks, weights = as_floats(document)
    scores = np.ascontiguousarray(marks.mean(axis=2).T)
    generator = np.random.default_rng(SEED)
    alpha = weights / weights.sum() * CONCENTRATION
    ready = generator.dirichlet(alpha, 100_000)
    contenders: Contenders = {
        "matrix product and argmax, weights ready": lambda: (ready @ scores).argmax(axis=1),
        "drawing the weights, product and argmax": lambda: (generator.dirichlet(alpha, 100_000) @ scores).argmax(
            axis=1
        ),
        "robustness.draws: every rank of every bid": lambda: draws(evaluation, result, count=100_000),
    }
    table("100,000 draws of weights, 50 bids × 20 criteria", contenders, rounds, {list(contenders)[-1]: 1.5})


def growth(rounds: int) -> None:
    """Whether the cost of a mark stays what it is."""
    print(f"\nCost by number of marks  (medians of {rounds} rounds)")
    for bids, criteria, evaluators in [(5, 5, 4), (50, 20, 10), (1000, 100, 10)]:
        text, times = json.dumps(evaluation_file(bids, criteria, evaluators)), []
        for _ in range(rounds):
            gc.collect()
            start = time.perf_counter()
            rank(read_text(text))
            times.append(time.perf_counter() - start)
        count, median = bids * criteria * evaluators, statistics.median(times)
        print(f"  {count:>9,} marks{median * 1000:12.2f} ms, read and ranked {median / count * 1e6:8.3f} µs a mark")


def main() -> None:
    """Every table."""
    parser = argparse.ArgumentParser(description="Time the scoring library.")
    parser.add_argument("--rounds", type=int, default=9, help=f"rounds of each contender, at least {FEWEST_ROUNDS}")
    rounds = max(parser.parse_args().rounds, FEWEST_ROUNDS)
    warnings.filterwarnings("ignore")  # pymcdm warns of weights that do not sum to 1
    document = evaluation_file(1000, 200, 10)
    text = json.dumps(document)
    from_memory(document, read_text(text), rounds)
    del document
    from_file(text, rounds)
    drawn(rounds)
    growth(rounds)


if __name__ == "__main__":
    main()
