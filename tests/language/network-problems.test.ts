import fc from 'fast-check';
import { en, problemsDe, problemsEn } from '@backflow/messages';
import { LINE_WORDS, networks } from '@backflow/language/network';
import { compile, highlight } from '@backflow/language';
import { describe, expect, it } from 'vitest';
import { mended, MOONS, read, said, saidInGerman } from './network.ts';

const NET = 'net = mlp(2, 3, 1)';
const DATA = `${NET}\ndata = moons(10)`;
const LOSS = `${DATA}\nloss = squared()`;

/** A text, and the one thing that is said about it. */
const CASES: readonly (readonly [text: string, english: string, german: string])[] = [
  [
    'data = moons(10)',
    'moons needs a network. Write one, as in net = mlp(2, 16, 16, 1).',
    'moons braucht ein Netz. Schreib eines, etwa net = mlp(2, 16, 16, 1).',
  ],
  [
    `${NET}\nloss = squared()`,
    'squared needs data. Write a line, as in data = moons(100).',
    'squared braucht Daten. Schreib eine Zeile, etwa data = moons(100).',
  ],
  [
    `${DATA}\ntrain = sgd()`,
    'sgd needs a loss. Write a line, as in loss = squared().',
    'sgd braucht einen Verlust. Schreib eine Zeile, etwa loss = squared().',
  ],
  [
    'net = mlp',
    'mlp needs its parentheses, as in mlp(2, 16, 16, 1).',
    'mlp braucht seine Klammern, etwa mlp(2, 16, 16, 1).',
  ],
  [
    `${NET}\ndata = moons`,
    'moons needs its parentheses, as in moons().',
    'moons braucht seine Klammern, etwa moons().',
  ],
  [
    `${NET}\nexample =`,
    'example is empty, expected a whole number from 0 on.',
    'example ist leer, erwartet: eine ganze Zahl ab 0.',
  ],
  // Of what is not finished, one thing is said.
  ['net = mlp(2, 3, acti', 'This ( is never closed.', 'Diese ( wird nie geschlossen.'],
  [
    `y = net([1, 2])\n${NET}`,
    'net is used above its line. Write its line first.',
    'net wird über seiner Zeile verwendet. Schreib seine Zeile davor.',
  ],
  [
    `${NET}\nother = mlp(1, 1)`,
    'A document has one network, and the first is on line 1.',
    'Ein Dokument hat ein Netz, das erste steht in Zeile 1.',
  ],
  [
    `${DATA}\nexample = 1\nexample = 2`,
    'A document has one example, and the first is on line 3.',
    'Ein Dokument hat ein Beispiel, das erste steht in Zeile 3.',
  ],
  [
    'net = mlp(2, 3, activaton: tanh)',
    'mlp has no option activaton. Did you mean activation?',
    'mlp hat keine Option activaton. Meintest du activation?',
  ],
  [
    `${LOSS}\ntrain = sgd(momentum: 0.9)`,
    'sgd has no option momentum. Expected rate, schedule, to, factor, every, epochs, batch, shuffle, seed or tolerance.',
    'sgd hat keine Option momentum. Erwartet: rate, schedule, to, factor, every, epochs, batch, shuffle, seed oder tolerance.',
  ],
  ['net = mlp(2, 3, seed: 1, seed: 2)', 'seed is said twice.', 'seed steht zweimal da.'],
  [
    'net = mlp(2, 3, activation: rleu)',
    'activation is rleu, expected identity, step, sigmoid, tanh, relu or leakyRelu. Did you mean relu?',
    'activation ist rleu, erwartet: identity, step, sigmoid, tanh, relu oder leakyRelu. Meintest du relu?',
  ],
  [
    'net = mlp(2, 3, activation: 3)',
    'activation is 3, expected identity, step, sigmoid, tanh, relu or leakyRelu.',
    'activation ist 3, erwartet: identity, step, sigmoid, tanh, relu oder leakyRelu.',
  ],
  [
    'net = mlp(2, 3, 2, activation: softmax)',
    'softmax takes all sums of the last layer and is none for hidden units. Write output: softmax.',
    'softmax nimmt alle Summen der letzten Schicht und ist nichts für verborgene Einheiten. Schreib output: softmax.',
  ],
  [
    'net = mlp(2, 3, bias: True)',
    'bias is True, expected true or false. Did you mean true?',
    'bias ist True, erwartet: true oder false. Meintest du true?',
  ],
  [
    'net = mlp(2, 0)',
    'mlp takes a whole number from 1 on, found 0.',
    'mlp nimmt eine ganze Zahl ab 1, gefunden: 0.',
  ],
  [
    'net = mlp(2, 2.5)',
    'mlp takes a whole number from 1 on, found 2.5.',
    'mlp nimmt eine ganze Zahl ab 1, gefunden: 2.5.',
  ],
  [
    'net = mlp(2)',
    'mlp takes two numbers or more, the inputs and the units of each layer; found one.',
    'mlp nimmt mindestens zwei Zahlen, die Eingänge und die Einheiten jeder Schicht; gefunden: eine.',
  ],
  [
    'net = mlp()',
    'mlp takes two numbers or more, the inputs and the units of each layer; found none.',
    'mlp nimmt mindestens zwei Zahlen, die Eingänge und die Einheiten jeder Schicht; gefunden: keine.',
  ],
  [
    'net = mlp(2, 3, seed: 1.5)',
    'seed is 1.5, expected a whole number from 0 to 4294967295.',
    'seed ist 1.5, erwartet: eine ganze Zahl von 0 bis 4294967295.',
  ],
  [
    `${NET}\ndata = moons(10, noise: −0.1)`,
    'noise is −0.1, expected a number from 0 on.',
    'noise ist −0.1, erwartet: eine Zahl ab 0.',
  ],
  [
    `${NET}\ndata = moons(10, validation: 1)`,
    'validation is 1, expected a number from 0 on, below 1.',
    'validation ist 1, erwartet: eine Zahl ab 0, unter 1.',
  ],
  [
    `${NET}\ndata = moons(1e9)`,
    'moons takes a whole number from 1 to 100000, found 1e9.',
    'moons nimmt eine ganze Zahl von 1 bis 100000, gefunden: 1e9.',
  ],
  [
    `${NET}\ndata = moons(10, 20)`,
    'moons takes at most 1 value without a name, found 20.',
    'moons nimmt höchstens 1 Wert ohne Namen, gefunden: 20.',
  ],
  [
    `${DATA}\nloss = squared(3)`,
    'squared takes options only, found 3.',
    'squared nimmt nur Optionen, gefunden: 3.',
  ],
  [
    `${LOSS}\ntrain = sgd(epochs: 0)`,
    'epochs is 0, expected a whole number from 1 to 1000000.',
    'epochs ist 0, erwartet: eine ganze Zahl von 1 bis 1000000.',
  ],
  [
    `${LOSS}\ntrain = sgd(rate: 0)`,
    'rate is 0, expected a number above 0.',
    'rate ist 0, erwartet: eine Zahl über 0.',
  ],
  [
    `${LOSS}\ntrain = sgd(batch: al)`,
    'batch is al, expected a whole number from 1 on or all. Did you mean all?',
    'batch ist al, erwartet: eine ganze Zahl ab 1 oder all. Meintest du all?',
  ],
  [
    `${LOSS}\ntrain = sgd(to: 0.1)`,
    'to changes nothing here: it belongs to schedule: linear or cosine.',
    'to ändert hier nichts: Es gehört zu schedule: linear oder cosine.',
  ],
  [
    'net = mlp(3, 3, 1)\ndata = moons(10)',
    'An example of moons has 2 inputs, but the network takes 3. Expected 2 as its first number.',
    'Ein Beispiel von moons hat 2 Eingänge, das Netz nimmt aber 3. Als erste Zahl erwartet: 2.',
  ],
  [
    'net = mlp(2, 3, 5)\ndata = moons(10)',
    'moons has 2 classes, but the network gives 5 outputs. Expected 1 or 2 as its last number.',
    'moons hat 2 Klassen, das Netz gibt aber 5 Ausgänge. Als letzte Zahl erwartet: 1 oder 2.',
  ],
  [
    'net = mlp(784, 3, 1)\ndata = digits(10)',
    'digits has 10 classes, but the network gives 1 output. Expected 10 as its last number.',
    'digits hat 10 Klassen, das Netz gibt aber 1 Ausgang. Als letzte Zahl erwartet: 10.',
  ],
  [
    'net = mlp(1, 3, 2)\ndata = sine()',
    'sine wants 1 number, but the network gives 2. Expected 1 as its last number.',
    'sine will 1 Zahl, das Netz gibt aber 2. Als letzte Zahl erwartet: 1.',
  ],
  [
    `${DATA}\nloss = binaryCrossEntropy()`,
    'binaryCrossEntropy is made for an output of sigmoid or softmax, found identity. Write output: sigmoid in the network’s line.',
    'binaryCrossEntropy ist für einen Ausgang mit sigmoid oder softmax gemacht, gefunden: identity. Schreib output: sigmoid in die Zeile des Netzes.',
  ],
  [
    `${DATA}\nloss = crossEntropy()`,
    'crossEntropy compares classes and needs two outputs or more, found 1. For one output write binaryCrossEntropyWithLogits.',
    'crossEntropy vergleicht Klassen und braucht mindestens zwei Ausgänge, gefunden: 1. Für einen Ausgang schreib binaryCrossEntropyWithLogits.',
  ],
  [
    'net = mlp(1, 3, 1)\ndata = sine()\nloss = hinge()',
    'hinge is for classes, but sine has numbers to be predicted. Expected squared, meanSquared or absolute.',
    'hinge ist für Klassen, bei sine sind aber Zahlen vorherzusagen. Erwartet: squared, meanSquared oder absolute.',
  ],
  [
    'net = mlp(2, 3, 1, output: softmax)',
    'softmax of one output is always 1. Expected two outputs or more, or output: sigmoid.',
    'softmax eines einzigen Ausgangs ist immer 1. Erwartet: mindestens zwei Ausgänge oder output: sigmoid.',
  ],
  [
    `${LOSS}\nexample = 10`,
    'There is no example 10: moons has 10, from 0 to 9.',
    'Es gibt kein Beispiel 10: moons hat 10, von 0 bis 9.',
  ],
  [
    `${LOSS}\nexample = -1`,
    'example is -1, expected a whole number from 0 on.',
    'example ist -1, erwartet: eine ganze Zahl ab 0.',
  ],
  [
    `${NET}\ndata = csv(points.csv)`,
    'csv takes a text in quotes, found points. Did you mean "points"?',
    'csv nimmt einen Text in Anführungszeichen, gefunden: points. Meintest du "points"?',
  ],
  [
    `${NET}\ndata = csv()`,
    'csv takes the name of a file, found none.',
    'csv nimmt den Namen einer Datei, gefunden: keiner.',
  ],
  [
    `${NET}\ndata = images("a.gz")`,
    'images takes the names of two files, pictures and labels, found 1.',
    'images nimmt die Namen zweier Dateien, Bilder und Beschriftungen, gefunden: 1.',
  ],
  [
    `${NET}\ndata = csv("points (a, b) #1.csv")`,
    'Until points (a, b) #1.csv is given, the example is all zeros.',
    'Solange points (a, b) #1.csv fehlt, ist das Beispiel lauter Nullen.',
  ],
  [
    `${NET}\nloss = hing(l2: 0.1)`,
    'hing(…) is neither a function nor a word of network lines. Did you mean hinge?',
    'hing(…) ist weder eine Funktion noch ein Wort für Netzzeilen. Meintest du hinge?',
  ],
  [
    'net = mlp(2, 3, seed = 1)',
    'Options take a colon. Write seed: and the value.',
    'Optionen stehen mit Doppelpunkt. Schreib seed: und den Wert.',
  ],
  ['net = mlp(2, 3', 'This ( is never closed.', 'Diese ( wird nie geschlossen.'],
  [
    'net = mlp(2, 3) + 1',
    'A network line ends with its parenthesis; found + 1 behind it.',
    'Eine Netzzeile endet mit ihrer Klammer; dahinter gefunden: + 1.',
  ],
  [
    'net = mlp(2, seed: 1, 3)',
    'What has no name comes before the options; found 3 behind one.',
    'Was keinen Namen hat, steht vor den Optionen; hinter einer gefunden: 3.',
  ],
  ['net = mlp(2, , 3)', 'Expected a value, found ,.', 'Erwartet: ein Wert. Gefunden: ,.'],
  ['net = mlp(2 3)', 'Expected a comma or ), found 3.', 'Erwartet: ein Komma oder ). Gefunden: 3.'],
  [
    `${NET}\ny = net([1, 2, 3])`,
    'net takes a vector of 2, or 2 numbers; found a vector of 3.',
    'net nimmt einen Vektor mit 2 Zahlen oder 2 einzelne; gefunden: ein Vektor mit 3 Zahlen.',
  ],
  [
    `${NET}\ny = net(1)`,
    'net takes a vector of 2, or 2 numbers; found 1 number.',
    'net nimmt einen Vektor mit 2 Zahlen oder 2 einzelne; gefunden: 1 Zahl.',
  ],
  [
    `${NET}\ny = net([[1, 2]])`,
    'net takes a vector of 2, or 2 numbers; found a matrix of 1 row and 2 columns.',
    'net nimmt einen Vektor mit 2 Zahlen oder 2 einzelne; gefunden: eine Matrix mit 1 Zeile und 2 Spalten.',
  ],
];

describe('what is wrong with network lines', () => {
  it.each(CASES)('%s', (text, english, german) => {
    expect(said(text)[0]).toBe(english);
    expect(saidInGerman(text)[0]).toBe(german);
  });

  it('is one problem each', () => {
    // `csv(points.csv)` goes on with what stands behind the word.
    const several = CASES.filter(([text]) => said(text).length !== 1).map(([text]) => text);
    expect(several).toEqual([`${NET}\ndata = csv(points.csv)`]);
  });

  it('comes with no recording, unless it is only a notice', () => {
    for (const [text] of CASES) {
      const { recording, diagnostics, network } = read(text);
      const failed = diagnostics.some(({ severity }) => severity === 'error');
      expect([text, recording === null, network === null]).toEqual([text, failed, failed]);
    }
  });

  it('is said where it stands', () => {
    const text = `${NET}\ndata = moons(10, noise: −0.1)`;
    const [problem] = read(text).diagnostics;
    expect(problem).toMatchObject({ line: 2, column: 25, found: '−0.1', code: 'extension' });
    expect(text.slice(problem.from, problem.to)).toBe('−0.1');
    expect(problem.data).toMatchObject({ problem: 'value' });
  });

  it.each([
    ['net = mlp(2, 3, activaton: tanh)', 'net = mlp(2, 3, activation: tanh)'],
    ['net = mlp(2, 3, 1)\ndata = digits(20)', 'net = mlp(784, 3, 10)\ndata = digits(20)'],
    [`${LOSS}\nexample = 99`, `${LOSS}\nexample = 9`],
    [`${DATA}\nloss = hing()`, `${DATA}\nloss = hinge()`],
    ['net = mlp(2, 3, seed=7)', 'net = mlp(2, 3, seed:7)'],
    [`${DATA}\nloss = CrossEntropy()`, `${DATA}\nloss = crossEntropy()`],
  ])('is mended by what is proposed: %s', (text, expected) => {
    expect(mended(text)).toBe(expected);
  });

  it('says several things at once', () => {
    const text = 'net = mlp(0, 2, activaton: tanh, seed: -1)\ndata = moons(noise: -1)\nloss = squared(l3: 2)';
    expect(read(text).diagnostics.map(({ line }) => line)).toEqual([1, 1, 1, 2, 3]);
  });

  it('adds nothing about formulas that use what is broken', () => {
    const text = `net = mlp(2, 0)\ndata = moons(10)\nloss = squared(l: 2)\ny = net([1, 2]) + loss`;
    expect(read(text).diagnostics.map(({ line }) => line)).toEqual([1, 3]);
  });

  it('does not keep quiet about data or a way to train among numbers', () => {
    expect(said(`${LOSS}\ny = 2data`)).toEqual([expect.stringContaining('data is not defined')]);
    expect(said(`${NET}\ny = net + 1`)).toEqual([expect.stringContaining('net is a function')]);
  });

  it('has a text in both languages for every kind', () => {
    expect(Object.keys(problemsDe)).toEqual(Object.keys(problemsEn));
    const found = CASES.flatMap(([text]) =>
      read(text).diagnostics.map(({ data }) => 'problem' in data && data.problem),
    );
    const parts = ['vectorOf', 'matrixOf', 'numbersOf', 'mixed'];
    const kinds = Object.keys(problemsEn).filter((kind) => !parts.includes(kind));
    expect(kinds.filter((kind) => !found.includes(kind))).toEqual([]);
  });
});

describe('any text', () => {
  const signs = '= += : , ( ) ( ) [ ] ; " "a.csv" “b” # - . ²'.split(' ');
  const others = 'net data loss train example output x true relu softmax all 0 1 2 3 0.5 1e9 1e308'.split(
    ' ',
  );
  const words = [
    ...LINE_WORDS.keys(),
    ...[...LINE_WORDS.values()].flatMap(({ options }) => [...options.keys()]),
    ...signs,
    ...others,
    '\n',
    ' ',
    '9007199254740993',
  ];
  const soup = fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((each) => each.join(''));
  const spaced = fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((each) => each.join(' '));
  const limits = { nodes: 5000, edges: 20_000 };

  it.each([
    ['words', fc.oneof(soup, spaced)],
    ['characters', fc.string({ unit: 'binary', maxLength: 60 }).map((end) => `net = mlp(${end}`)],
    [
      'lines with changes',
      fc
        .tuple(fc.nat(MOONS.length), fc.nat(20), fc.constantFrom(...words))
        .map(([from, length, word]) => MOONS.slice(0, from) + word + MOONS.slice(from + length)),
    ],
  ] as [string, fc.Arbitrary<string>][])('is read without a crash: %s', (_, texts) => {
    const extension = networks();
    fc.assert(
      fc.property(texts, (text) => {
        const { recording, diagnostics } = compile(text, { extension, limits });
        const failed = diagnostics.some(({ severity }) => severity === 'error');
        expect(recording === null).toBe(failed);
        for (const diagnostic of diagnostics) {
          expect(diagnostic.message(en)).not.toMatch(/undefined|NaN|\[object/);
          expect(diagnostic.from).toBeLessThanOrEqual(diagnostic.to);
        }
        highlight(text);
      }),
      { seed: 6, numRuns: 250 },
    );
  });
});
