"""Writes pytorch.json: what PyTorch answers for every operation of the table on a grid of points with all edges.

Run with `npm run reference`; needs PyTorch (Debian: `apt-get install python3-torch`). The points are fixed, so the
file changes only with this script and with PyTorch.

The file has grids of points (one list of inputs each) and, per operation, the name of its grid, PyTorch's values, and
PyTorch's gradients in float64 (one number per input). Operations that PyTorch has no derivative for (comparisons,
`heaviside`) have no gradients. NaN and infinities are texts, as JSON has no numbers for them. Operations that PyTorch
does not have under one name are composed of its own, as written in OPERATIONS below.
"""

import itertools
import json
import math
import pathlib
import random

import torch

INF, NAN = math.inf, math.nan
TINY, SMALLEST, LARGEST = 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308

random.seed(20240607)


def ordinary(count):
    return [round(random.uniform(-3, 3), 4) for _ in range(count)]


def both_signs(*numbers):
    return [sign * number for number in numbers for sign in (1, -1)]


ONES = [0.0, -0.0, NAN, INF, -INF] + both_signs(
    TINY, SMALLEST, 1e-300, 1e-160, 1e-16, 1e-8, 1e-5, 0.1, 0.25, 0.5, 0.7, 1 - 2**-53, 1.0, 1 + 2**-52, 1.2, 1.5,
    math.pi / 2, 2.0, 2.5, 3.0, math.pi, 5.0, 10.0, 20.0, 36.7, 40.0, 100.0, 700.0, 710.0, 745.0, 750.0, 1e16,
    1e160, 1e300, LARGEST,
) + ordinary(20)

EDGES = [0.0, -0.0, 1.0, -1.0, 0.5, 2.0, -2.0, 3.0, -3.0, 0.3, TINY, 1e-300, -1e-300, 710.0, -710.0, 1e300, -1e300,
         INF, -INF, NAN]
TWOS = [list(pair) for pair in itertools.product(EDGES, EDGES)] + [ordinary(2) for _ in range(40)]

THREES = [list(triple) for triple in itertools.product([0.0, -0.0, 1.0, -1.0, 2.5, INF, -INF, NAN], repeat=3)]
THREES += [ordinary(3) for _ in range(20)]


def walk(count):
    """Tuples that go through the edges with several strides: ties (stride 0), neighbours, and far ones."""
    return [[EDGES[(start + slot * stride) % len(EDGES)] for slot in range(count)]
            for start in range(len(EDGES)) for stride in (0, 1, 3, 7)]


LISTS = [[edge] * 2 for edge in EDGES] + walk(4) + [ordinary(count) for count in (2, 4, 6, 10) for _ in range(8)]
LISTS += [[3e200, 4e200], [3e-200, 4e-200], [1000.0, 1000.0], [1000.0, 0.0], [0.0, -50.0], [2.0, 0.0, 3.0, 1.0],
          [0.0, 0.0, 3.0, 1.0], [5.0, 5.0, 5.0, 1.0], [1.0, 2.0, 2.0, 2.0], [-1.0, -1.0, 4.0, -1.0]]

GRIDS = {
    'one': [[x] for x in ONES],
    'two': TWOS,
    'three': THREES,
    'list': LISTS,
    # A bias, then pairs of factors.
    'odd': [[x[0]] for x in LISTS[:20]] + [x[1:] + [x[0]] + [x[1]] for x in LISTS],
    # Pairs of a sign and a term.
    'signed': [[(1.0 if (i + j) % 3 else -1.0) if j % 2 == 0 else x for j, x in enumerate(xs)]
               for i, xs in enumerate(LISTS)],
}


def flag(condition):
    return condition.double()


# name: (grid, function of the inputs as one vector, whether PyTorch differentiates it)
OPERATIONS = {
    'add': ('two', lambda x: x[0] + x[1], True),
    'sub': ('two', lambda x: x[0] - x[1], True),
    'mul': ('two', lambda x: x[0] * x[1], True),
    'div': ('two', lambda x: x[0] / x[1], True),
    'neg': ('one', lambda x: -x[0], True),
    'pow': ('two', lambda x: torch.pow(x[0], x[1]), True),
    'exp': ('one', lambda x: torch.exp(x[0]), True),
    'log': ('one', lambda x: torch.log(x[0]), True),
    'sqrt': ('one', lambda x: torch.sqrt(x[0]), True),
    'abs': ('one', lambda x: torch.abs(x[0]), True),
    'sin': ('one', lambda x: torch.sin(x[0]), True),
    'cos': ('one', lambda x: torch.cos(x[0]), True),
    'tan': ('one', lambda x: torch.tan(x[0]), True),
    'asin': ('one', lambda x: torch.asin(x[0]), True),
    'acos': ('one', lambda x: torch.acos(x[0]), True),
    'atan': ('one', lambda x: torch.atan(x[0]), True),
    'atan2': ('two', lambda x: torch.atan2(x[0], x[1]), True),
    'sinh': ('one', lambda x: torch.sinh(x[0]), True),
    'cosh': ('one', lambda x: torch.cosh(x[0]), True),
    'tanh': ('one', lambda x: torch.tanh(x[0]), True),
    'sigmoid': ('one', lambda x: torch.sigmoid(x[0]), True),
    'relu': ('one', lambda x: torch.relu(x[0]), True),
    'leakyRelu': ('two', lambda x: torch.prelu(x[:1].reshape(1, 1), x[1:]).reshape(()), True),
    'softplus': ('one', lambda x: torch.nn.functional.softplus(x[0], threshold=40), True),
    'max': ('list', lambda x: torch.amax(x, 0), True),
    'min': ('list', lambda x: torch.amin(x, 0), True),
    'sum': ('list', lambda x: torch.sum(x), True),
    'signedSum': ('signed', lambda x: torch.sum(x[0::2] * x[1::2]), True),
    'mean': ('list', lambda x: torch.mean(x), True),
    'prod': ('list', lambda x: torch.prod(x), True),
    'dot': ('list', lambda x: torch.dot(x[0::2], x[1::2]), True),
    'hypot': ('list', lambda x: torch.hypot(x[0], x[1]) if len(x) == 2 else torch.linalg.vector_norm(x), True),
    'logsumexp': ('list', lambda x: torch.logsumexp(x, 0), True),
    'softmax': ('list', lambda x: torch.softmax(x, 0)[0], True),
    'xlogx': ('one', lambda x: torch.xlogy(x[0], x[0]), True),
    'step': ('one', lambda x: torch.heaviside(x[0].detach(), torch.zeros((), dtype=torch.float64)), False),
    'sign': ('one', lambda x: torch.sign(x[0]), True),
    'floor': ('one', lambda x: torch.floor(x[0]), True),
    'ceil': ('one', lambda x: torch.ceil(x[0]), True),
    'round': ('one', lambda x: torch.round(x[0]), True),
    'where': ('three', lambda x: torch.where(x[0] != 0, x[1], x[2]), True),
    'clamp': ('three', lambda x: torch.clamp(x[0], x[1], x[2]), True),
    'greater': ('two', lambda x: flag(x[0] > x[1]), False),
    'less': ('two', lambda x: flag(x[0] < x[1]), False),
    'greaterEqual': ('two', lambda x: flag(x[0] >= x[1]), False),
    'lessEqual': ('two', lambda x: flag(x[0] <= x[1]), False),
    'equal': ('two', lambda x: flag(x[0] == x[1]), False),
    'notEqual': ('two', lambda x: flag(x[0] != x[1]), False),
    'log2': ('one', lambda x: torch.log2(x[0]), True),
    'log10': ('one', lambda x: torch.log10(x[0]), True),
    'log1p': ('one', lambda x: torch.log1p(x[0]), True),
    'expm1': ('one', lambda x: torch.expm1(x[0]), True),
    'affine': ('odd', lambda x: x[0] + torch.dot(x[1::2], x[2::2]), True),
}


def plain(number):
    """A number for JSON: 17 digits where they are needed, texts for what JSON does not know, −0 as such."""
    if math.isnan(number):
        return 'NaN'
    if math.isinf(number):
        return 'Infinity' if number > 0 else '-Infinity'
    return int(number) if number.is_integer() and abs(number) < 1e15 and math.copysign(1, number) > 0 else number


def answer(function, point, differentiable):
    x = torch.tensor(point, dtype=torch.float64, requires_grad=differentiable)
    y = function(x)
    if not differentiable:
        return y.item(), None
    (gradient,) = torch.autograd.grad(y, x)
    return y.item(), gradient.tolist()


def main():
    operations = {}
    for name, (grid, function, differentiable) in OPERATIONS.items():
        answers = [answer(function, point, differentiable) for point in GRIDS[grid]]
        operations[name] = {'grid': grid, 'values': [plain(value) for value, _ in answers]}
        if differentiable:
            operations[name]['gradients'] = [[plain(slope) for slope in gradient] for _, gradient in answers]
    reference = {
        'madeBy': f'PyTorch {torch.__version__}',
        'grids': {name: [[plain(x) for x in point] for point in grid] for name, grid in GRIDS.items()},
        'operations': operations,
    }
    # One line per grid and operation, so that a change can be read.
    lines = [f'{{"madeBy": {json.dumps(reference["madeBy"])},']
    for part, end in (('grids', ','), ('operations', '')):
        rows = [f'{json.dumps(name)}: {json.dumps(row, separators=(",", ":"), allow_nan=False)}'
                for name, row in reference[part].items()]
        lines.append(f'"{part}": {{')
        lines.append(',\n'.join(rows))
        lines.append(f'}}{end}')
    lines.append('}')
    path = pathlib.Path(__file__).with_name('pytorch.json')
    path.write_text('\n'.join(lines) + '\n')
    print(f'{path.name}: {len(operations)} operations, {sum(len(o["values"]) for o in operations.values())} points, '
          f'{path.stat().st_size} bytes')


main()
