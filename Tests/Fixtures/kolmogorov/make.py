"""Writes tails.csv: the probability that Kolmogorov's one-sample statistic D of `count` values is `distance` or more.

Durbin's matrix (Marsaglia, Tsang and Wang 2003) in interval arithmetic of 400 bits, so that all digits shown hold:
`pip install python-flint==0.9.0`, then `python make.py > tails.csv`.
"""
import flint
from flint import arb, arb_mat, fmpq

flint.ctx.prec = 400


def upper_tail(count, distance):
    scaled = distance * count
    k = int(scaled.p // scaled.q) + 1
    h = arb(fmpq(k) - scaled)
    size = 2 * k - 1
    rows = [[arb(1 if i - j + 1 >= 0 else 0) for j in range(size)] for i in range(size)]
    for i in range(size):
        rows[i][0] -= h ** (i + 1)
        rows[size - 1][i] -= h ** (size - i)
    if 2 * h - 1 > 0:
        rows[size - 1][0] += (2 * h - 1) ** size
    factorial = arb(1)
    for difference in range(1, size + 1):
        factorial *= difference
        for i in range(difference - 1, size):
            rows[i][i - difference + 1] /= factorial
    below = (arb_mat(rows) ** count)[k - 1, k - 1]
    for i in range(1, count + 1):
        below = below * i / count
    return 1 - below


print("count,distance,probability")
for count in (5, 20, 100, 140, 141, 200, 500, 1000, 2000, 5000):
    for square in (0.25, 0.5, 1.0, 1.5, 2.1, 2.5, 4):
        distance = (square / count) ** 0.5
        if 1 < count * distance and distance < 1:
            tail = upper_tail(count, fmpq(*distance.as_integer_ratio()))
            print(f"{count},{distance!r},{tail.str(20, radius=False)}", flush=True)
