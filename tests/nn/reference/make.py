"""Writes pytorch.json: what PyTorch computes for small networks, in float64 with all digits.

Run with `npm run reference`, or by itself; needs Python and PyTorch only (Debian: `apt-get install python3-torch`). What
goes in are short decimals from a fixed seed, so the file changes only with this script and with PyTorch.

`gradients` has one example for each loss, activation of the hidden layers and shape: the parameters (layer by layer, first
the weights, row by row, then the biases), the example, every sum z and activation a, the loss, and the gradients of all
parameters, of every z and a, and of the inputs.

`training` has 20 steps on a handful of examples for each loss, optimizer and penalty: the loss before each step, penalty
included, and the parameters after the last one; where `path` is there, after every one.
"""

import json
import pathlib
import random

import torch
import torch.nn.functional as functional

torch.set_default_dtype(torch.float64)
random.seed(20261121)


def step(z):
    """1 above 0, else 0, with the slope 0: what goes in gets no gradient of its own."""
    return (z > 0).double() + 0 * z


ACTIVATIONS = {
    'identity': lambda z: z.clone(),
    'step': step,
    'sigmoid': torch.sigmoid,
    'tanh': torch.tanh,
    'relu': torch.relu,
    'leakyRelu': lambda z: functional.leaky_relu(z, 0.01),
    'softmax': lambda z: torch.softmax(z, dim=-1),
}

# Of z and a of the last layer, and y, of one example.
LOSSES = {
    'squared': lambda z, a, y: functional.mse_loss(a, y, reduction='sum'),
    'meanSquared': lambda z, a, y: functional.mse_loss(a, y),
    'absolute': lambda z, a, y: functional.l1_loss(a, y, reduction='sum'),
    'hinge': lambda z, a, y: torch.relu(1 - y * a).sum(),
    'binaryCrossEntropy': lambda z, a, y: functional.binary_cross_entropy(a, y, reduction='sum'),
    'binaryCrossEntropyWithLogits':
        lambda z, a, y: functional.binary_cross_entropy_with_logits(z, y, reduction='sum'),
    'crossEntropy': lambda z, a, y: functional.cross_entropy(z, y.argmax()),
}

HIDDEN = ['identity', 'step', 'sigmoid', 'tanh', 'relu', 'leakyRelu']
# The last layer's activations that go with a loss, taken in turn.
OUTPUTS = {
    'squared': ['identity', 'sigmoid', 'softmax', 'tanh', 'relu', 'leakyRelu'],
    'meanSquared': ['softmax', 'identity', 'sigmoid', 'leakyRelu', 'tanh'],
    'absolute': ['sigmoid', 'tanh', 'identity', 'softmax'],
    'hinge': ['identity', 'tanh'],
    'binaryCrossEntropy': ['sigmoid', 'softmax', 'sigmoid'],
    'binaryCrossEntropyWithLogits': ['identity', 'sigmoid'],
    'crossEntropy': ['identity', 'softmax'],
}
CLASSES = ['hinge', 'binaryCrossEntropy', 'binaryCrossEntropyWithLogits', 'crossEntropy']


def number(bound):
    return round(random.uniform(-bound, bound), 4)


class Network(torch.nn.Module):
    def __init__(self, sizes, activation, output, bias):
        super().__init__()
        self.linear = torch.nn.ModuleList(torch.nn.Linear(i, o, bias=bias) for i, o in zip(sizes, sizes[1:]))
        self.activations = [activation] * (len(sizes) - 2) + [output]

    def forward(self, a):
        """All sums and activations of one example."""
        sums, outputs = [], []
        for linear, activation in zip(self.linear, self.activations):
            z = linear(a)
            a = ACTIVATIONS[activation](z)
            sums.append(z)
            outputs.append(a)
        return sums, outputs

    def start(self, numbers):
        at = 0
        with torch.no_grad():
            for parameter in self.parameters():
                count = parameter.numel()
                parameter.copy_(torch.tensor(numbers[at:at + count]).reshape(parameter.shape))
                at += count

    def flat(self):
        return [x for parameter in self.parameters() for x in parameter.flatten().tolist()]

    def weights(self):
        return [linear.weight for linear in self.linear]


def parameters(sizes, bias):
    """As many numbers as the network has parameters; biases stay small."""
    numbers = []
    for inputs, units in zip(sizes, sizes[1:]):
        numbers += [number(1.5) for _ in range(inputs * units)]
        numbers += [number(0.5) for _ in range(units if bias else 0)]
    return numbers


def target(loss, outputs):
    if loss == 'hinge':
        return [random.choice([-1.0, 1.0]) for _ in range(outputs)]
    if loss == 'crossEntropy':
        right = random.randrange(outputs)
        return [float(c == right) for c in range(outputs)]
    if loss in CLASSES:
        return [random.choice([0.0, 1.0]) for _ in range(outputs)]
    return [number(1) for _ in range(outputs)]


def gradient_case(loss, activation, output, sizes, bias):
    network = Network(sizes, activation, output, bias)
    numbers = parameters(sizes, bias)
    network.start(numbers)
    x, y = [number(2) for _ in range(sizes[0])], target(loss, sizes[-1])
    inputs = torch.tensor(x, requires_grad=True)
    sums, outputs = network(inputs)
    for each in sums + outputs:
        each.retain_grad()
    cost = LOSSES[loss](sums[-1], outputs[-1], torch.tensor(y))
    cost.backward()
    none = torch.zeros_like

    def of(tensors):
        return [(each.grad if each.grad is not None else none(each)).tolist() for each in tensors]

    return {
        'sizes': sizes, 'activation': activation, 'output': output, 'bias': bias, 'loss': loss,
        'parameters': numbers, 'x': x, 'y': y,
        'z': [each.tolist() for each in sums], 'a': [each.tolist() for each in outputs], 'cost': cost.item(),
        'gradient': [g for each in network.parameters()
                     for g in (each.grad if each.grad is not None else none(each)).flatten().tolist()],
        'dz': of(sums), 'da': of(outputs), 'dx': of([inputs])[0],
    }


def gradient_cases():
    cases = []
    turn = 0
    for loss in LOSSES:
        for activation in HIDDEN:
            for sizes, bias in (([4, 3, 2, 1], False), ([2, 4, 3, 3], True)):
                if loss == 'crossEntropy' and sizes[-1] == 1:
                    sizes = [4, 3, 2, 2]
                output = OUTPUTS[loss][(turn + turn // 2) % len(OUTPUTS[loss])]
                if output == 'softmax' and sizes[-1] == 1:
                    output = 'sigmoid'
                cases.append(gradient_case(loss, activation, output, sizes, bias))
                turn += 1
    cases.append(gradient_case('hinge', 'relu', 'identity', [2, 16, 16, 1], True))
    cases.append(gradient_case('squared', 'sigmoid', 'sigmoid', [1] + [2] * 12 + [1], True))
    return cases


OPTIMIZERS = {
    'sgd': lambda network: torch.optim.SGD(network.parameters(), lr=0.05),
    'momentum': lambda network: torch.optim.SGD(network.parameters(), lr=0.05, momentum=0.9),
    'adam': lambda network: torch.optim.Adam(network.parameters(), lr=0.05),
}
PENALTIES = [(0, 0), (0.01, 0), (0, 0.01), (0.003, 0.02)]
STEPS = 20


def training_case(loss, optimizer, activation, output, sizes, bias, l1, l2, with_path):
    network = Network(sizes, activation, output, bias)
    numbers = parameters(sizes, bias)
    network.start(numbers)
    xs = [[number(2) for _ in range(sizes[0])] for _ in range(5)]
    ys = [target(loss, sizes[-1]) for _ in xs]
    move = OPTIMIZERS[optimizer](network)
    costs, path = [], []
    for _ in range(STEPS):
        move.zero_grad()
        each = []
        for x, y in zip(xs, ys):
            sums, outputs = network(torch.tensor(x))
            each.append(LOSSES[loss](sums[-1], outputs[-1], torch.tensor(y)))
        cost = torch.stack(each).mean()
        if l1 > 0:
            cost = cost + l1 * sum(w.abs().sum() for w in network.weights())
        if l2 > 0:
            cost = cost + l2 * sum((w * w).sum() for w in network.weights())
        cost.backward()
        move.step()
        costs.append(cost.item())
        path.append(network.flat())
    case = {
        'sizes': sizes, 'activation': activation, 'output': output, 'bias': bias, 'loss': loss,
        'optimizer': optimizer, 'l1': l1, 'l2': l2,
        'parameters': numbers, 'xs': xs, 'ys': ys, 'costs': costs, 'after': path[-1],
    }
    return {**case, 'path': path} if with_path else case


def training_cases():
    cases = []
    turn = 0
    for loss in LOSSES:
        for optimizer in OPTIMIZERS:
            for l1, l2 in PENALTIES:
                sizes, bias = (([4, 3, 2, 1], False), ([2, 3, 2], True))[(turn + turn // 4) % 2]
                if loss == 'crossEntropy' and sizes[-1] == 1:
                    sizes = [4, 3, 2, 2]
                output = OUTPUTS[loss][(turn + turn // 2) % len(OUTPUTS[loss])]
                if output == 'softmax' and sizes[-1] == 1:
                    output = 'sigmoid'
                activation = ['tanh', 'sigmoid', 'relu', 'leakyRelu', 'identity'][turn % 5]
                with_path = loss == 'squared' and l1 == 0 and l2 == 0
                cases.append(
                    training_case(loss, optimizer, activation, output, sizes, bias, l1, l2, with_path))
                turn += 1
    return cases


def main():
    reference = {
        'madeBy': f'PyTorch {torch.__version__}',
        'gradients': gradient_cases(),
        'training': training_cases(),
    }
    text = json.dumps(reference, separators=(',', ':'), allow_nan=False).replace('{"sizes"', '\n{"sizes"')
    pathlib.Path(__file__).with_name('pytorch.json').write_text(text + '\n')


if __name__ == '__main__':
    main()
