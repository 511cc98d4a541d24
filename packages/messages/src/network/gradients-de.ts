import type { gradientsEn } from './gradients-en.ts';

const percent = (share: number): string => `${100 * share} %`;
const many = (count: string | number, one: string, more: string): string =>
  `${count} ${String(count) === '1' ? one : more}`;
const forAll = (examples: string): string =>
  examples === '1' ? 'für das einzige Beispiel' : `für alle ${examples} Beispiele`;

export const gradientsDe: typeof gradientsEn = {
  label: 'Gradienten erklärt',
  tabs: {
    wishes: 'Wünsche',
    ways: 'Drei Wege',
    layers: 'Schichten',
    units: 'Tote Neuronen',
    cost: 'Kosten',
    descent: 'Abstieg',
  },
  example: 'Beispiel',
  ofExamples: (last) => `von 0 … ${last}`,
  ownInput: 'Gezeigt ist die eigene Eingabe.',
  noExample: 'Braucht ein Beispiel aus den Daten und eine Kostenfunktion.',

  wishes: {
    table: 'Was jedes Beispiel von jedem Gewicht will',
    about:
      'Eine Zeile je Gewicht, eine Spalte je Beispiel: was dieses Beispiel allein mit dem Gewicht täte. + heißt hinauf, − hinunter. Die letzte Spalte ist der Mittelwert: was alle zusammen tun.',
    share: 'Beispiele',
    shares: { all: 'alle', train: 'zum Training', validation: 'zur Validierung' },
    layer: 'Schicht',
    layerName: (layer) => `Schicht ${layer}`,
    allLayers: 'alle',
    unit: 'Neuron',
    allUnits: 'alle',
    bySize: 'größte zuerst',
    weight: 'Gewicht',
    mean: 'Mittel',
    of: (count) => `von ${count}`,
    said: 'In Worten',
    increase: {
      hardly: 'sollte kaum wachsen',
      little: 'sollte ein wenig wachsen',
      somewhat: 'sollte etwas wachsen',
      lot: 'sollte stark wachsen',
    },
    decrease: {
      hardly: 'sollte kaum sinken',
      little: 'sollte ein wenig sinken',
      somewhat: 'sollte etwas sinken',
      lot: 'sollte stark sinken',
    },
    stay: 'sollte bleiben',
    noNumber: 'ist keine Zahl (NaN)',
    compareRow: (name) => `${name} vergleichen`,
    compareHint: 'Zwei Gewichte wählen, um zu sehen, auf welches es mehr ankommt.',
    compareSecond: 'Ein zweites zum Vergleich wählen.',
    bang: (times, one, other) =>
      `${one} bringt ${times}-mal so viel wie ${other}: der gleiche kleine Stups ändert die Kosten ${times}-mal so stark.`,
    onlyOne: (one, other) => `Nur auf ${one} kommt es an; ein kleiner Stups von ${other} ändert nichts.`,
    bothNothing: 'Ein kleiner Stups ändert bei beiden nichts.',
    bangSame: (one, other) =>
      `Ein kleiner Stups von ${one} ändert die Kosten so stark wie einer von ${other}.`,
    noCompare: 'Sie lassen sich nicht vergleichen: nicht beide sind endliche Zahlen.',
    working: (done, total) => `${done} von ${many(total, 'Beispiel', 'Beispielen')} …`,
    shown: (rows, allRows, columns, allColumns, everything) =>
      everything
        ? `${many(rows, 'Gewicht', 'Gewichte')}, ${many(columns, 'Beispiel', 'Beispiele')}.`
        : `Gezeigt: ${rows} von ${many(allRows, 'Gewicht', 'Gewichten')}, ${columns} von ${many(allColumns, 'Beispiel', 'Beispielen')}; gemittelt wird über alle ${allColumns}.`,
    withoutPenalty: 'Die Strafe λ ist nicht dabei: kein Beispiel verlangt sie.',
    noData: 'Braucht Daten und eine Kostenfunktion im Dokument.',
    howRead: 'Wie man das liest',
    scale: ({ little, somewhat, lot }) =>
      `Die Worte richten sich nach der Größe neben dem größten Mittel: stark ab ${percent(lot)}, etwas ab ${percent(somewhat)}, ein wenig ab ${percent(little)}, darunter kaum. Ein Gewicht bleibt, wenn sein Mittel genau 0 ist.`,
    limits: (rows, columns) =>
      `Gezeigt werden höchstens ${rows} Zeilen und die ersten ${columns} Beispiele. Gemittelt wird immer über alle Beispiele, mit allen Stellen.`,
    lecture:
      'Die bekannte Tabelle aus dem Video von 3Blue1Brown zeigt sechs von vielen Beispielen: die Mittelwerte darin sind nicht die der sechs Zahlen daneben und müssen es nicht sein. Hier kann man sie nachrechnen.',
  },

  ways: {
    label: 'Drei Wege, eine Ausgabe zu heben',
    about: 'Um die Ausgabe eines Neurons zu heben, kann man an dreierlei drehen.',
    layer: 'Schicht',
    layerName: (layer) => `Schicht ${layer}`,
    outputLayer: (layer) => `Schicht ${layer} (Ausgabe)`,
    unit: 'Neuron',
    wanted: 'gewollt',
    slope: 'σ′(z)',
    up: 'Für dieses Beispiel sollte sie steigen: alles in Richtung seines Balkens drehen.',
    down: 'Für dieses Beispiel sollte sie sinken: alles gegen seinen Balken drehen.',
    content: 'Dieses Beispiel will nichts an ihr ändern.',
    noNumber: 'Seine Steigung, oder was das Beispiel von ihm will, ist keine endliche Zahl.',
    stuck: 'Die Steigung ist hier 0: kein kleiner Stups ändert diese Ausgabe.',
    bias: 'Den Bias erhöhen',
    biasNote: '∂a/∂b = σ′(z)',
    noBias: 'Dieses Netz hat keine Biases.',
    weights: 'Die Gewichte erhöhen, im Verhältnis zu a',
    weightsNote: '∂a/∂w_k = σ′(z) · a_k. Gewichte heller Neuronen bewirken am meisten.',
    activations: 'Die Aktivierungen ändern, im Verhältnis zu w',
    activationsNote:
      '∂a/∂a_k = σ′(z) · w_k. Setzen kann sie niemand; der Wunsch geht an die Schicht davor. Eine wählen, um ihm zu folgen.',
    inputsNote: '∂a/∂a_k = σ′(z) · w_k. Das sind die Eingaben: das Beispiel ist, wie es ist.',
    rest: (count, sum) => `${count} kleinere ergeben zusammen ${sum}.`,
    goTo: (name) => `Zu ${name}`,
    together: 'Alle Neuronen der Schicht zusammen',
    togetherNote:
      'Was jedes von den Aktivierungen davor verlangt, (−∂C/∂z) · w, und die Summe, −∂C/∂a: der Wunsch, mit dem die Schicht davor ihrerseits beginnt.',
    togetherInputs: 'Was jedes von den Eingaben verlangt, (−∂C/∂z) · w, und die Summe.',
    activation: 'Aktivierung',
    others: (count) => `${count} weitere`,
    sum: 'Summe',
    largestOf: (shown, all) => `Die ${shown} größten von ${all}.`,
  },

  layers: {
    label: 'Größe des Gradienten je Schicht',
    about:
      'Auf dem Weg zurück wird der Gradient in jeder Schicht mit Steigungen und Gewichten multipliziert.',
    source: 'Über',
    overData: 'die Daten',
    oneExample: 'ein Beispiel',
    measure: 'Größe',
    rms: 'quadratisches Mittel',
    meanSize: 'Mittel von |x|',
    layer: 'Schicht',
    plot: 'Größe des Gradienten je Schicht, logarithmisch',
    table: 'Größe des Gradienten je Schicht, in Zahlen',
    working: 'Geht die Beispiele durch …',
    factor: '∂C/∂z neben dem der nächsten Schicht',
    factorOf: (factor, slopes, weights) => `× ${factor} = Steigungen ${slopes} × Gewichte ${weights}`,
    verdicts: {
      vanishing: 'Der Gradient verschwindet.',
      shrinking: 'Der Gradient schrumpft.',
      even: 'Der Gradient bleibt etwa gleich.',
      growing: 'Der Gradient wächst.',
      exploding: 'Der Gradient explodiert.',
      zero: 'Kein Gradient kommt an.',
      broken: 'Der Gradient ist nicht endlich.',
    },
    causes: {
      slopes: 'Ursache: Steigungen.',
      weights: 'Ursache: Gewichte.',
      both: 'Ursache: Steigungen und Gewichte.',
      none: 'Es geht keiner los: die Kosten verlangen von der letzten Schicht nichts.',
      zeros: 'Ursache: alle Gewichte einer Schicht sind 0.',
      level: 'Ursache: alle Steigungen einer Schicht sind 0.',
      paths: 'Jeder Pfad hat eine Steigung oder ein Gewicht, das 0 ist, oder ist kleiner als jede Zahl.',
    },
    oneLayer: 'Es gibt nur eine Schicht.',
    ratio: (ratio) =>
      `∂C/∂z der ersten Schicht ist ${ratio}-mal das der letzten, in quadratischen Mitteln wie die Faktoren.`,
    cause: (slopes, weights) => `Davon machen die Steigungen × ${slopes} und die Gewichte × ${weights}.`,
    sigmoidBound: (layers, bound) =>
      `σ′ ist höchstens 0.25: ${layers === 1 ? 'eine Sigmoid-Schicht lässt' : `${layers} Sigmoid-Schichten lassen`} höchstens × ${bound} durch, wenn nicht große Gewichte es ausgleichen.`,
    update: (rate, change, next) =>
      `Ein Schritt −η·∂C/∂w für ein Beispiel, mit η = ${rate}, bewegt ein übliches Gewicht der ersten Schicht um ${change}: aus 2.5 wird etwa ${next}.`,
    updateSteps: (steps) => `Um 0.1 weiterzukommen, braucht es etwa ${steps} solche Schritte.`,
    updateNone: 'Kein Gewicht der ersten Schicht wird von einem Schritt −η·∂C/∂w bewegt: 2.5 bleibt 2.5.',
    updateNotes: (three, eight) =>
      `(Ein Schritt von 10⁻³ macht daraus ${three}, einer von 10⁻⁸ ${eight}: gelernt wird nichts.)`,
    depth: 'Was die Tiefe macht',
    depthAbout:
      'Frische Netze mit 2, 10, 20 und 100 verborgenen Schichten und ein Beispiel, aus einem Seed. Was kommt von ∂C/∂z in der ersten Schicht an?',
    activation: 'Aktivierung',
    init: 'Gewichte',
    width: 'Neuronen je Schicht',
    seed: 'Seed',
    depthOf: (layers) => `${layers} Schichten`,
    depthPlot: 'Größe von ∂C/∂z je Schicht, bei vier Tiefen, logarithmisch',
    fromLast: 'Schichten vor der letzten',
    layersColumn: 'Schichten n',
    ratioColumn: 'Erste / letzte',
    slopesColumn: 'davon Steigungen',
    weightsColumn: 'davon Gewichte',
    boundColumn: (slope) => `Steigungen höchstens ${slope}ⁿ`,
    perLayerColumn: 'Je Schicht',
    verdictColumn: 'Urteil',
    advice: {
      identity:
        'Ohne Aktivierung sind alle Steigungen 1: nur die Gewichte entscheiden, und das Netz ist eine einzige lineare Abbildung.',
      sigmoid:
        'σ′ ist höchstens 0.25, und nur bei z = 0: womit die Gewichte auch beginnen, tiefe Sigmoid-Netze verlieren ihren Gradienten.',
      tanh: 'tanh′ ist 1 bei 0 und sonst kleiner. Xavier-Gewichte halten die Summen klein, so schwindet der Gradient viel langsamer als mit Sigmoid.',
      relu: 'ReLU hat Steigung 1 oder 0. He-Gewichte, mit doppelter Varianz, gleichen im Mittel die Hälfte aus, die 0 ist; mit gleichverteilten verschwindet der Gradient trotzdem, und schmale tiefe Netze können ganz sterben.',
      leakyRelu: 'Wie ReLU, aber mit Steigung 0.01, wo jene 0 hat: ganz sterben kann es nicht.',
    },
    notes: '10⁻¹⁰, 10⁻²⁰, 10⁻¹⁰⁰?',
    notesBound: (three, few, bound) =>
      `Drei Steigungen von höchstens 0.25 ergeben höchstens ${three}. Unter 10⁻³ kommt man erst mit ${few}: ${bound}.`,
    needed: 'Faktor je Schicht für 10⁻ⁿ',
    notesNeeded:
      'In manchen Mitschriften steht 10⁻ⁿ für n Schichten. Die Schranke der Steigungen allein ergibt das nicht: dazu braucht es einen Faktor 0.1 je Schicht, also Steigungen weit unter 0.25 oder dazu kleine Gewichte.',
  },

  units: {
    label: 'Neuronen, die nicht lernen',
    about:
      'Eine ReLU, deren Summe z für jedes Beispiel höchstens 0 ist, gibt für jedes Beispiel 0. Ihre Steigung ist 0, so hat kein Gewicht zu ihr einen Wunsch: sie ist tot. In der ersten Schicht bleibt sie es, solange keine Strafe und kein Schwung (Momentum) ihre Gewichte bewegt; eine spätere kann erwachen, wenn die Schichten davor ihr anderes schicken.',
    working: 'Geht die Beispiele durch …',
    counts: 'Neuronen je Schicht',
    layer: 'Schicht',
    activation: 'Aktivierung',
    unitsColumn: 'Neuronen',
    states: { alive: 'lebendig', nearly: 'fast tot', flat: 'flach', dead: 'tot', broken: 'keine Zahl' },
    range: 'z von',
    dead: (examples, largest, lift) =>
      `${forAll(examples)} ist z höchstens ${largest}, so sind Steigung, Wünsche und Ausgabe 0. Damit eines es erreicht, müsste z um mehr als ${lift} steigen.`,
    noSlope: (examples) =>
      `die Steigung ist ${forAll(examples)} 0: keines seiner Gewichte hat einen Wunsch, und es gibt keinen zurück.`,
    nearly: (reached, examples) =>
      `nur ${reached} von ${examples} Beispielen ${reached === '1' ? 'erreicht' : 'erreichen'} es; von allen anderen lernt es nichts.`,
    flat: (slope, examples) =>
      `${forAll(examples)} weit außen auf seiner Kurve: die mittlere Steigung ist ${slope}.`,
    broken: 'seine Summe z ist für ein Beispiel keine Zahl (NaN).',
    someBroken: (count) =>
      count === 1
        ? 'Die Summe eines Neurons ist keine Zahl.'
        : `Die Summen von ${count} Neuronen sind keine Zahlen.`,
    someDead: (count) => (count === 1 ? 'Ein Neuron ist tot.' : `${count} Neuronen sind tot.`),
    someSick: (count) =>
      count === 1 ? 'Kein Neuron ist tot; eines lernt wenig.' : `Kein Neuron ist tot; ${count} lernen wenig.`,
    noneDead: 'Kein Neuron ist tot: jedes wird von einem Beispiel erreicht.',
    cannotDie: (activation) => `Kein Neuron ist tot oder flach (${activation}).`,
    more: (count) => `… und ${count} weitere.`,
    limits: (nearly, flat) =>
      `Fast tot: von höchstens ${percent(nearly)} der Beispiele erreicht. Flach: die Steigung ist für jedes Beispiel unter ${percent(flat)} der größten.`,
  },

  cost: {
    label: 'Die Kosten eines Beispiels',
    about: 'Was das Netz gibt, was gewollt ist und was der Unterschied kostet, Ausgabe für Ausgabe.',
    output: 'Ausgabe',
    found: { a: 'a', p: 'p', z: 'z' },
    wanted: 'y',
    cost: 'Kosten',
    from: 'aus',
    sum: 'Summe',
    divided: (count) => `Kosten: die Summe über ${count} Ausgaben, geteilt durch ${count}`,
    mean: (count) => `Mittel über ${many(count, 'Beispiel', 'Beispiele')}`,
    meanUnknown: 'Mittel über die Daten',
    rounded: (digits) =>
      `Die Kosten sind aus allen Stellen, hinter den Pfeilen stehen ${digits}. Darauf zeigen für alle Stellen.`,
    roundedSquares:
      'Wer das Gezeigte quadriert, kann andere letzte Stellen bekommen: im Video steht 0.1863 neben (0.43 − 0.00)², das 0.1849 ist, denn 0.43 war gerundet. Beides ist nicht falsch.',
    whySquares: 'Warum Quadrate?',
    whySquaresNote:
      'Was soll es kosten, um d danebenzuliegen? Das Quadrat macht große Fehler teuer und kleine billig, und seine Steigung ist glatt.',
    deviation: 'daneben um d',
  },

  descent: {
    label: 'Gradientenabstieg, Schritt für Schritt',
    about:
      'Eine Kugel auf den Kosten. Jeder Schritt geht gegen die Steigung, η-mal so weit, wie es steil ist: nahe einem glatten Minimum werden die Schritte von selbst klein.',
    preset: 'Funktion',
    own: 'eigene',
    presets: {
      parabola: 'Parabel',
      minima: 'zwei Minima',
      waves: 'Wellen',
      bowl: 'Schale, ∇C(1, 1) = (3, 1)',
      rosenbrock: 'Rosenbrocks Tal',
    },
    formula: (names) => `C(${names}) =`,
    noNames:
      'Es gibt keinen Buchstaben, dessen Zahl sich ändern könnte: zum Beispiel x² oder x² + y² schreiben.',
    noNetworks: 'Ein Netz hat mehr Zahlen, als ein Bild Platz hat: zum Beispiel x² oder x² + y² schreiben.',
    tooManyNames: (names, most) => `${names} sind zu viele Buchstaben: ein Bild hat Platz für ${most}.`,
    picture: (place, cost) => `Die Kugel ist bei ${place}, dort ist ${cost}.`,
    hint: 'Klicken oder Pfeiltasten drücken, um den Anfang zu wählen.',
    toStart: 'Zum Anfang',
    back: 'Zurück',
    step: 'Schritt',
    play: 'Rollen',
    pause: 'Pause',
    nearer: 'Näher',
    farther: 'Weiter weg',
    rate: 'Lernrate η =',
    start: 'Anfang:',
    startOf: (name) => `Anfang von ${name}`,
    stepOf: (step, all) => `Schritt ${step} von ${all}`,
    steps: 'Schritte',
    stepColumn: 'Schritt',
    moveColumn: 'η·|∇C|',
    proportion: (rate) => `Jeder Schritt ist ${rate}-mal so lang, wie es dort steil ist.`,
    behaviours: {
      settled: (steps) =>
        `Sie kommt nach ${many(steps, 'Schritt', 'Schritten')} zur Ruhe: ein Minimum oder zumindest eine ebene Stelle.`,
      rolling: (steps) =>
        steps === 0
          ? 'Sie rollt gleich los.'
          : `Nach ${many(steps, 'Schritt', 'Schritten')} rollt sie noch hinab: mit größerer Lernrate geht es schneller.`,
      zigzags: (steps) =>
        `Sie geht hin und her, immer weniger weit; nach ${steps} Schritten ist sie noch nicht da.`,
      oscillates: (steps) =>
        `Die Lernrate ist zu groß: sie springt über das Minimum, hin und her, und kommt in ${steps} Schritten nicht näher.`,
      explodes: (steps) =>
        `Die Lernrate ist zu groß: ihre Sprünge führen immer höher hinauf. Sie explodiert innerhalb von ${steps} Schritten.`,
      bottomless: () => 'Sie fällt für immer: diese Kosten haben keine tiefste Stelle.',
      leaves: (steps) =>
        `Schritt ${steps} führt an eine Stelle, an der es keine Kosten oder keine Steigung gibt. Eine kleinere Lernrate hält sie vielleicht davon fern.`,
      flat: () => 'Sie bewegt sich nicht: am Anfang ist es eben.',
      creeps: (steps) =>
        steps === 0
          ? 'Die Lernrate ist zu klein: ein Schritt wäre so gut wie keiner, obwohl es hier nicht eben ist.'
          : `Nach ${many(steps, 'Schritt', 'Schritten')} wäre ein weiterer so gut wie keiner, w_neu ≈ w_alt, obwohl es dort nicht eben ist: die Lernrate ist zu klein.`,
      nowhere: () => 'Am Anfang gibt es keine Kosten oder keine Steigung.',
    },
    costs: {
      label: 'Was andere Wege kosten',
      values: 'Werte, die je Zahl probiert werden',
      way: 'Weg',
      evaluations: 'Auswertungen von C',
      sweeps: 'Rückwärtsgänge',
      found: 'Tiefste gefundene Stelle',
      height: 'C dort',
      search: (values, numbers) =>
        numbers === 1
          ? `Erschöpfende Suche: ${values} Stellen`
          : `Erschöpfende Suche: ${values} × ${values} Stellen`,
      differences: (steps) => `Abstieg mit Differenzenquotienten, ${many(steps, 'Schritt', 'Schritte')}`,
      descent: (steps) => `Abstieg mit Rückwärtsgängen, ${many(steps, 'Schritt', 'Schritte')}`,
      counted: (h) =>
        `Alle Zahlen sind beim Rechnen gezählt. Die erschöpfende Suche sieht sich den gezeigten Teil an; Differenzenquotienten stupsen jede Zahl um ${h}.`,
      dimensions:
        'Bei zwei Zahlen geht jeder Weg. Bei mehr dauert die erschöpfende Suche für jede weitere zehnmal so lang, Differenzenquotienten brauchen für jede eine Auswertung mehr, und der Rückwärtsgang kostet etwa eine weitere Auswertung, wie viele es auch sind:',
      byWeights: 'Kosten nach der Zahl der Gewichte',
      weights: 'Gewichte',
      searchOf: (values) => `Erschöpfende Suche, je ${values} Werte`,
      differencesOf: 'Ein Gradient mit Differenzenquotienten',
      backwardOf: 'Ein Gradient mit einem Rückwärtsgang',
      two: '1 vorwärts + 1 rückwärts',
      thisNetwork: '(dieses Netz)',
      countHere: 'An diesem Netz zählen',
      counting: (done) => `${done} Auswertungen …`,
      here: (values, slopes, difference, largest) =>
        `Ein Gradient der Kosten des gezeigten Beispiels: ${values} Auswertungen mit Differenzenquotienten, ${slopes} Vorwärts- und ${slopes} Rückwärtsgang mit Backpropagation. Sie unterscheiden sich um höchstens ${difference}; das größte ∂C/∂w ist ${largest}.`,
      ran: 'beim Rechnen gezählt',
      ranNote:
        '✓ beim Rechnen gezählt, auf einer Schale mit so vielen Dimensionen. Die anderen dauerten länger, als irgendwer Zeit hat.',
    },
  },
};
