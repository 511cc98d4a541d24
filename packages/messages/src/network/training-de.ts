import { inGerman } from './reasons-de.ts';
import type { RefusedFile, trainingEn } from './training-en.ts';

const quoted = (text: string | number | undefined): string => `„${text}“`;
const listed = (of: RefusedFile['expected']): string =>
  (Array.isArray(of) ? (of as readonly string[]) : [of]).map((name) => quoted(String(name))).join(', ');
const hex = (of: RefusedFile['found']): string => `0x${Number(of).toString(16).padStart(8, '0')}`;
const COUNTED = { characters: 'Zeichen', columns: 'Spalten', cells: 'Zellen' };

/** Where it is: the file, and the line or the byte in it. */
function placeOf({ file, line, byte }: RefusedFile): string {
  if (line !== undefined) return `${file}, Zeile ${line}`;
  return byte === undefined ? file : `${file}, Byte ${byte}`;
}

/** What is wrong there; null for what has no German words. */
function saidOf(of: RefusedFile): string | null {
  const { found, expected, column } = of;
  switch (of.kind) {
    case 'empty':
      return 'Es steht nichts darin; erwartet wurden Beispiele.';
    case 'headerOnly':
      return 'die Namen der Spalten, und danach keine Zeile mit Zahlen.';
    case 'oneColumn':
      return `nur eine Spalte, ${quoted(found)}; erwartet wurden mindestens eine Eingabe und das Ziel, getrennt durch Komma, Semikolon oder Tabulator.`;
    case 'header':
      return found === ''
        ? `Spalte ${column} hat keinen Namen; die erste Zeile enthält Text und wurde als Zeile der Namen gelesen.`
        : `Spalte ${column} heißt ${quoted(found)} wie eine andere; jede braucht ihren eigenen Namen.`;
    case 'cells':
      return `${found} ${found === 1 ? 'Zelle' : 'Zellen'} gefunden, ${String(expected)} erwartet.`;
    case 'hole':
      return `In Spalte ${quoted(column)} steht nichts; erwartet wurde ein Wert. Fülle ihn aus oder streiche die Zeile.`;
    case 'text':
      return `${quoted(found)} in Spalte ${quoted(column)}; erwartet wurde eine Zahl.`;
    case 'comma':
      return `${quoted(found)} in Spalte ${quoted(column)}; erwartet wurde ein Dezimalpunkt wie in ${String(expected)}.`;
    case 'notFinite':
      return `${quoted(found)} in Spalte ${quoted(column)}; erwartet wurde eine endliche Zahl.`;
    case 'openQuote':
      return 'Das Anführungszeichen, das hier öffnet, wird nie geschlossen.';
    case 'strayQuote':
      return 'ein Anführungszeichen in einer Zelle in Anführungszeichen; erwartet wurden zwei an seiner Stelle.';
    case 'target':
      return `Es gibt keine Spalte ${quoted(found)}; erwartet wurde eine von ${listed(expected)}.`;
    case 'oneClass':
      return `Jedes Beispiel ist von der Klasse ${quoted(found)} in Spalte ${quoted(column)}; erwartet wurden mindestens zwei Klassen.`;
    case 'classes':
      return `${found} Klassen in Spalte ${quoted(column)}; erwartet wurden höchstens ${String(expected)}.`;
    case 'notIntegers':
      return `${quoted(found)} in Spalte ${quoted(column)}, die als Klassen zu lesen ist; erwartet wurden ganze Zahlen oder Text.`;
    case 'large':
      return `${found} ${COUNTED[of.what ?? 'cells']} gefunden; erwartet wurden höchstens ${String(expected)}.`;
    case 'magic':
      return `Die Datei beginnt mit ${hex(found)}; erwartet wurde ${hex(Number(expected))} (IDX, ${expected === 0x803 ? 'Bilder' : 'Beschriftungen'} aus Bytes).`;
    case 'packed':
      return 'Die Datei ist mit gzip gepackt und ließ sich nicht entpacken; vielleicht ist sie abgeschnitten.';
    case 'short':
      return `Die Datei endet nach ${found} Byte; erwartet wurden ${String(expected)}.`;
    case 'long':
      return `Die Datei geht bis ${found} Byte weiter; erwartet wurden ${String(expected)}.`;
    case 'pixels':
      return `Bilder von ${of.width} × ${of.height} Pixeln; erwartet wurden 1 bis ${String(expected)} Pixel.`;
    case 'count':
      return `${found} Beschriftungen; erwartet wurden ${String(expected)}, so viele wie Bilder in ${of.images}.`;
    case 'label':
      return `die Beschriftung ${found}; erwartet wurde eine Klasse von 0 bis ${String(expected)}.`;
    case 'binary':
      return 'Die Bytes sind kein Text in UTF-8; erwartet wurde eine Tabelle aus Text.';
    default:
      return null;
  }
}

const epochsDe = (epoch: number): string =>
  epoch === 0 ? 'weniger als eine Epoche' : `${epoch} ${epoch === 1 ? 'Epoche' : 'Epochen'}`;

export const trainingDe: typeof trainingEn = {
  strip: {
    label: 'Training',
    start: 'Trainieren',
    pause: 'Anhalten',
    goOn: 'Weiter',
    step: 'Schritt',
    stepHint: 'Ein Schritt des Verfahrens: ein Stapel von Beispielen',
    epoch: 'Epoche',
    epochHint: 'Eine Epoche: jedes Beispiel einmal',
    reset: 'Von vorn',
    resetHint:
      'Zurück zu den Gewichten des Startwerts (seed) und zu Rate und λ des Textes; nichts ist mehr festgehalten',
    fast: 'Schnell',
    fastHint: 'So schnell dieser Rechner kann; sonst so langsam, dass man zusehen kann',
    more: 'Rate, λ, Tempo',
    rate: 'Rate',
    rateHint: 'Lernrate; sie zu ändern setzt nichts zurück',
    l1: 'λ |w|',
    l2: 'λ w²',
    penaltyHint: 'Was Gewichte kosten; es zu ändern setzt nichts zurück',
    epochs: (done, of) => `Epoche ${done} von ${of}`,
    steps: (step, of) => `Schritt ${step} von ${of}`,
    loss: 'Verlust',
    accuracy: 'Richtig',
    validation: (share) => `Val. ${share}`,
    speed: (examples) => `${examples} Beispiele/s`,
    present: (rate) => `jetzt ${rate}`,
    none: (lines) =>
      `Es gibt nichts zu trainieren: Im Dokument steht keine Zeile ${lines.join(' und keine Zeile ')}. Gewichte lassen sich von Hand eintragen.`,
    states: {
      none: 'nichts zu trainieren',
      waiting: 'wartet auf Dateien',
      preparing: 'Daten werden vorbereitet',
      ready: 'bereit',
      running: 'läuft',
      paused: 'angehalten',
      finished: 'fertig',
      failed: 'abgebrochen',
    },
    announced: (state, epoch, loss) => `Training: ${state}. Epoche ${epoch}, Verlust ${loss}.`,
  },
  stopped: {
    epochs: (epochs) => `Alle ${epochs} Epochen sind durch. „Weiter“ geht noch weiter.`,
    still: (epochs) =>
      `Alle ${epochs} Epochen sind durch, und die Rate ist bei 0 angekommen: Weitere würden nichts bewegen. Geh zurück „von vorn“, und gib train mehr Epochen.`,
    risen: (before, after, rate) =>
      `Der Verlust ist nicht gefallen: Am Anfang war er ${before}, jetzt ist er ${after}. Mit der Rate ${rate} sind die Schritte zu groß oder zu klein, oder die Einheiten sind gesättigt. Versuch eine andere Rate.`,
    stuck: (epochs, loss, rate) =>
      `Seit ${epochs} Epochen steht der Verlust bis zur letzten Stelle bei ${loss}: Kein Gewicht bewegt sich mehr. Gesättigte oder tote Einheiten haben keine Steigung; mit der Rate ${rate} waren die Schritte vielleicht zu groß. Fang von vorn an, mit einer anderen Rate.`,
    converged: (epoch) =>
      `Nach Epoche ${epoch} bewegt sich kein Gewicht mehr (w_neu ≈ w_alt): Das Training ist konvergiert.`,
    exploded: (loss, rate, step) =>
      `Der Verlust ist explodiert: Bei Schritt ${step} war er ${loss}, mit der Lernrate ${rate}. Jeder Schritt ging weiter, als die Steigung trägt, und die Gewichte wuchsen ohne Ende. Das Training hat angehalten; gezeigt werden die letzten guten Gewichte.`,
    recover: (rate) => `Mit der Rate ${rate} von ihnen aus weiter`,
  },
  failed: (why) => `Das Training kann nicht weitergehen: ${why}`,
  reason: ({ message, where, found, expected }) =>
    where === undefined || found === undefined || expected === undefined
      ? message
      : `${inGerman(where)}: ${inGerman(found)} gefunden, erwartet: ${inGerman(expected)}.`,
  resume: {
    offer: (epoch, wasRunning) =>
      wasRunning
        ? `Dieses Netz wurde hier gerade trainiert, als die Seite verlassen wurde: ${epochsDe(epoch)}.`
        : `Dieses Netz wurde hier schon trainiert: ${epochsDe(epoch)}.`,
    yes: 'Fortsetzen',
    no: 'Neu beginnen',
    unfit: (why) => `Was vom letzten Training aufgehoben war, passt nicht zu diesem Dokument: ${why}`,
  },
  files: {
    label: 'Daten aus Dateien',
    missing: (names) =>
      `Das Dokument nennt ${names.map(quoted).join(' und ')}. Die Dateien werden in dieser Seite gelesen und nirgendwohin geschickt.`,
    choose: 'Dateien wählen …',
    drop: 'oder hier ablegen',
    again: 'Andere Dateien …',
    unreadable: (why) => `Die Datei kann nicht gelesen werden: ${why}`,
    problem: (file, message) => {
      const said = saidOf(file);
      return said === null ? message : `${placeOf(file)}: ${said}`;
    },
  },
  curves: {
    label: 'Verlauf über die Epochen',
    loss: 'Verlust',
    accuracy: 'Anteil richtiger Antworten',
    train: 'Training',
    validation: 'Validierung',
    epoch: 'Epoche',
    log: 'Logarithmisch',
    none: 'Die Kurven beginnen mit der ersten Epoche.',
    at: (epoch, parts) => `Epoche ${epoch}: ${parts}`,
    part: (name, value) => `${name} ${value}`,
    table: 'Als Tabelle',
    every: (count) => `Jede ${count}. Epoche`,
  },
  plane: {
    label: 'Entscheidungsgrenze',
    regression: 'Was es antwortet',
    about: (right, of) =>
      `Die Klasse, die das Netz an jedem Punkt der Ebene antwortet; je kräftiger die Farbe, desto sicherer. ${right} von ${of} Beispielen liegen auf der richtigen Seite.`,
    curve: (name) => `Was das Netz zu jedem ${name} antwortet, und die Beispiele.`,
    heat: 'Was das Netz an jedem Punkt der Ebene antwortet: blau positiv, orange und gestreift negativ.',
    hint: 'Ein Klick auf ein Beispiel zeigt es im Bild und im Durchlauf, ein Klick daneben fragt nach diesem Punkt.',
    sure: (name, share) => `Klasse ${name}, zu ${share} sicher`,
    kept: 'Hohle sind zur Validierung zurückgelegt.',
    margin: (name, output) => `Klasse ${name}, mit der Ausgabe ${output}`,
    noShare:
      'Dieser Verlust macht keine Wahrscheinlichkeiten: Die Farbe geht danach, wie weit die Ausgabe auf dem Weg zum Gewollten ist.',
    here: (x, y, answer) => `Bei (${x}, ${y}): ${answer}`,
  },
  predictions: {
    label: 'Antworten',
    show: 'Zeige',
    filters: { all: 'alle', wrong: 'falsche', train: 'zum Training', validation: 'zur Validierung' },
    pair: (wanted, answered) => `gewollt ${wanted}, geantwortet ${answered}`,
    anyPair: 'alle Paare',
    example: 'Beispiel',
    input: 'Eingabe',
    wanted: 'Gewollt',
    answer: 'Antwort',
    certainty: 'Sicher',
    error: 'Daneben um',
    verdict: 'Richtig?',
    right: 'richtig',
    wrong: 'falsch',
    none: 'So ist kein Beispiel.',
    range: (from, to, of) => `${from} bis ${to} von ${of}`,
    earlier: 'Frühere',
    later: 'Spätere',
    sort: 'Schlechteste zuerst',
    open: (index, wanted, answer, right) =>
      `Beispiel ${index} zeigen: gewollt ${wanted}, geantwortet ${answer}, ${right}`,
    asOf: 'Stand der letzten Pause.',
  },
  confusion: {
    label: 'Was wofür gehalten wird',
    about: 'Zeilen: gewollt. Spalten: geantwortet. Eine Zahl führt zu ihren Beispielen.',
    wanted: 'gewollt',
    cell: (count, wanted, answered) => `${count}-mal ${wanted}, geantwortet ${answered}`,
  },
  neurons: {
    label: 'Wonach sucht dieses Neuron?',
    layer: 'Schicht',
    layerName: (layer, isOutput) => (isOutput ? `${layer} (Ausgabe)` : layer),
    neuron: (index) => `Neuron ${index}`,
    picture: 'Seine Gewichte als Bild: blau +, orange und gestreift −, weiß 0.',
    plane: 'Seine Aktivierung über der Ebene der Eingaben: blau +, orange und gestreift −.',
    bars: 'Seine Gewichte, von der ersten Eingabe bis zur letzten: blau + nach oben, orange und gestreift − nach unten.',
    described: (neuron, largest, smallest) => `${neuron}: Gewichte von ${smallest} bis ${largest}`,
    some: (shown, of) => `${shown} von ${of} Neuronen`,
  },
  weights: {
    label: (neuron) => `Gewichte von ${neuron}`,
    freeze: (name) => `${name} festhalten`,
    bias: 'Bias',
    input: (name) => `Eingabe ${name}`,
    neuron: (name) => `Neuron ${name}`,
    freezeAll: 'Alle festhalten',
    thawAll: 'Alle freigeben',
    freezeLayer: 'Schicht festhalten',
    thawLayer: 'Schicht freigeben',
    largest: (shown, of) => `Die ${shown} größten von ${of}.`,
    hint: 'Von einer eingetragenen Zahl aus geht das Training weiter; eine festgehaltene bleibt.',
  },
  saving: {
    label: 'Gewichte in Dateien',
    save: 'Sichern',
    json: 'JSON',
    onnx: 'ONNX',
    pytorch: 'PyTorch',
    open: 'Gewichte öffnen …',
    about:
      'JSON wird hier wieder gelesen; ONNX und PyTorch tragen das Netz zu Programmen für große Netze. Auch ein state dict aus PyTorch als JSON lässt sich öffnen.',
    opened: (name) => `Die Gewichte aus ${name} sind im Netz.`,
    refused: (name, why) => `${name} passt nicht: ${why}`,
    failed: (why) => `Die Datei konnte nicht geschrieben werden: ${why}`,
  },
};
