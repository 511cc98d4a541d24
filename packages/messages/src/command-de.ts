import type { CommandMessages } from './command-en.ts';

/** What the command line says, in German. */
export const commandDe: CommandMessages = {
  error: 'Fehler',
  notice: 'Hinweis',
  thousands: '.',
  line: (line, column) => `Zeile ${line}, Spalte ${column}`,

  problems: {
    unknownCommand: (written) => `Es gibt keinen Befehl ${written}.`,
    unknownOption: (written, command) =>
      command === '' ? `Unbekannte Option ${written}.` : `${command} hat keine Option ${written}.`,
    didYouMean: (suggestion) => `Meinst du ${suggestion}?`,
    knownOptions: (options) => `Seine Optionen: ${options.join(', ')}.`,
    seeHelp: (command) => `Mehr: backflow ${command === '' ? '' : `${command} `}--help`,
    formulaNeedsCommand: (formula) => `Eine Formel wird abgeleitet mit: backflow grad '${formula}'`,
    formulaAfterDashes: (command, formula) =>
      `Eine Formel, die mit - beginnt, steht hinter --: backflow ${command} -- '${formula}'`,
    optionWithoutValue: (option, example) => `${option} braucht einen Wert, etwa ${example}.`,
    optionWithValue: (option) => `${option} ist ein Schalter und nimmt keinen Wert.`,
    wrongValue: (option, found, expected) =>
      `${option}: erwartet ${expected}, gefunden ${found === '' ? 'nichts' : found}.`,
    inputMissing: (command) =>
      command === 'train'
        ? 'train braucht etwas zu trainieren: ein Dokument, --data, --images mit --labels, oder --resume.'
        : command === 'export'
          ? 'export braucht ein MODELL: eine Datei von train --save, train --checkpoint oder import.'
          : command === 'import'
            ? 'import braucht einen ZUSTAND: den state dict von PyTorch als JSON-Datei.'
            : `${command} braucht eine EINGABE: eine Formel in Anführungszeichen, eine Datei oder - für die Standardeingabe.`,
    tooManyInputs: (command, found) =>
      `${command} nimmt eine EINGABE, gefunden ${found.length}: ${found.join('  ')}`,
    optionsBeforeDashes: (command, formula) =>
      `Optionen stehen vor --: backflow ${command} --at x=1 -- '${formula}'`,
    quoteFormula: 'Eine Formel gehört in Anführungszeichen; mehrere Anweisungen trennen Kommas oder Zeilen.',
    valuesWithoutSpaces:
      "Werte stehen hinter --at, ohne Leerzeichen, --at a=2,b=3, oder in Anführungszeichen, --at 'a=2, b=3'.",
    unknownNode: (option, written) => `${option}: kein Knoten heißt ${written}.`,
    knownNodes: (names) =>
      names.length === 0
        ? 'Kein Knoten dieses Programms hat einen Namen.'
        : `Die benannten Knoten: ${names.join(', ')}.`,
    siteMissing: (folder) => `Die Seite ist nicht gebaut: unter ${folder} liegt nichts.`,
    buildSite: 'Bauen mit: npm run build',
    dataRefused: (origin) => `${origin} beginnt wie eine Aufzeichnung und ist keine, die sich lesen lässt.`,
    tooManySteps: (algorithm, steps, limit) =>
      `${algorithm} braucht hier ${steps} Schritte; erzählt werden höchstens ${limit}.`,
    seeCompare: (algorithm) => `Was es kostet, zählt: backflow compare EINGABE --algorithms ${algorithm}`,
    portTaken: (port) => `Der Port ${port} lässt sich nicht benutzen.`,
    unexpected: (message) => `In backflow ist etwas schiefgegangen: ${message}`,
  },

  unreadable: {
    missing: (origin) => `Es gibt keine Datei ${origin}.`,
    directory: (origin) =>
      `${origin} ist ein Ordner. Eine Datei darin ist gemeint? Eine Formel dieses Namens lässt sich (${origin}) schreiben.`,
    folder: (origin) => `${origin} ist ein Ordner; erwartet ist eine Datei.`,
    binary: (origin, at) => `${origin} ist kein Text: an Stelle ${at} steht ein Nullbyte.`,
    encoding: (origin) => `${origin} ist kein Text in UTF-8.`,
    encodingAt: (origin, line) =>
      `${origin}, Zeile ${line}: Bytes, die kein Text in UTF-8 sind; erwartet ist eine Tabelle in UTF-8.`,
    unpacked: (origin, limit) => `${origin} ist zu groß: ausgepackt sind es mehr als ${limit} Bytes.`,
    packedTwice: (origin) => `${origin} ist zweimal mit gzip gepackt; erwartet ist einmal.`,
    large: (origin, bytes, limit) =>
      bytes === null
        ? `${origin} ist zu groß: mehr als ${limit} Bytes.`
        : `${origin} ist zu groß: ${bytes} Bytes, gelesen werden höchstens ${limit}.`,
    emptyFormula: 'Die Formel ist leer.',
    emptyNotes: 'Die Notizen sind leer.',
    empty: (origin) => `In ${origin} steht keine Formel: leer.`,
    system: (origin, message) => `${origin} lässt sich nicht lesen: ${message}`,
  },

  expected: {
    node: 'der Name eines Knotens',
    pair: 'Paare Name=Zahl, etwa a=2,b=-3',
    number: (name) => `eine Zahl für ${name}`,
    element: (name) => `eine Zahl für jedes Element, etwa ${name}[0]=1,${name}[1]=2`,
    pointNotComma: (name) => `eine Zahl mit Dezimalpunkt für ${name}, etwa 0.5`,
    oneOf: (choices) => `${choices.slice(0, -1).join(', ')} oder ${choices.at(-1)}`,
    wholeNumber: (from, to) => `eine ganze Zahl von ${from} bis ${to}`,
    finiteNumber: 'eine endliche Zahl',
    names: 'Namen von Blättern, etwa w1,w2',
    leaf: 'ein Blatt (eine eigene Zahl, kein Ergebnis einer Formel)',
    rateForParameters: 'dazu --lr, etwa --lr 0.1',
    noAlgorithm: 'kein --algorithm daneben',
    oneForm: 'eine Form, --csv oder --json',
    file: 'der Name einer Datei',
    numberFrom: (from) => `eine Zahl ab ${from}`,
    numberAbove: (above) => `eine Zahl über ${above}`,
    numberFromTo: (from, below) => `eine Zahl von ${from} bis unter ${below}`,
    sizes: 'die Größen von mindestens zwei Schichten, etwa 784,16,16,10',
    batch: 'all, oder eine ganze Zahl ab 1',
    dataOrFile: (names) => `${names.join(', ')}, oder eine Datei wie punkte.csv`,
    oneSource: 'kein --images daneben',
    with: (option) => `dazu ${option}`,
    withExample: (option, example) => `dazu ${option}, etwa ${option} ${example}`,
    noTestFiles: 'kein --test-images daneben; mit denen wird validiert',
    noResume: 'kein --resume daneben, das eigene Gewichte hat',
    notWith: (data) => `nichts, denn Daten der Art ${data} haben diese Option nicht`,
  },

  notices: {
    noSuchFile: (path) => `Eine Datei ${path} gibt es auch nicht.`,
    giveValues: (names) => `Werte gibt --at ${names.map((name) => `${name}=…`).join(',')}`,
    unusedValue: (name, suggestion) =>
      `--at ${name}: kein Blatt heißt ${name}${suggestion === null ? '' : `; gemeint ${suggestion}?`}`,
    computedValue: (name) =>
      `--at ${name}: ${name} wird vom Programm berechnet, der Wert dafür wird nicht benutzt`,
    notFinite: (names) => `Keine endliche Zahl: ${names.join(', ')}.`,
    bornAsValue: (node, value) => `Es beginnt beim Wert von ${node}: ${value}.`,
    bornAsGradient: (node, value) => `Es beginnt beim Gradienten von ${node}: ${value}.`,
    bornOnEdge: (from, to, product) => `Es beginnt auf dem Rückweg von ${from} zu ${to}: ${product}.`,
    awaiting: 'Warte auf eine Formel auf der Standardeingabe; Ende mit Strg-D.',
    awaitingNotes: 'Warte auf Notizen auf der Standardeingabe; Ende mit Strg-D.',
  },

  table: {
    node: 'Knoten',
    formula: 'Formel',
    value: 'Wert',
    gradient: 'Gradient',
    leaf: 'Blatt',
    headline: (derivative) => `Gradient = ${derivative}`,
    more: (count) => `… und ${count} weitere Knoten ohne Namen`,
  },

  steps: {
    forward: 'Vorwärts: Werte',
    backward: 'Rückwärts: Gradienten',
    tangents: 'Vorwärts für jedes Blatt: Tangenten',
    differences: 'Vorwärts für jedes Blatt: Differenzen',
    update: 'Schritt: Blätter',
    count: (steps) => (steps === 1 ? '1 Schritt' : `${steps} Schritte`),
  },

  compare: {
    paths: (count, several, from, leaves, to) =>
      `${count} ${several ? 'Wege führen' : 'Weg führt'} von ${from ?? `${leaves} Blättern`} zu ${to}.`,
    algorithm: 'Verfahren',
    gradients: 'Gradienten',
    visits: 'Besuche',
    multiplications: 'Multiplikationen',
    additions: 'Additionen',
    hits: 'Treffer',
    passes: 'Läufe',
    short: { multiplications: 'Mult.', additions: 'Add.', hits: 'Treff.', passes: 'Läufe' },
    rightOf: (right, leaves) => `${right} von ${leaves}`,
    worst: (leaf, found, due) => `${leaf} ${found} statt ${due}`,
    counted: (steps, limit) => `gezählt, nicht gerechnet: es wären ${steps} Schritte, mehr als ${limit}.`,
    long: (steps) => `wo es falsch wird, wird in ${steps} Schritten nicht gesucht.`,
  },

  check: {
    right: (right, claims) => `${right} von ${claims} richtig`,
    follows: (count) => (count === 1 ? '1 Folgefehler' : `${count} Folgefehler`),
    wrong: (count) => `${count} falsch`,
    unknown: (count) => `${count} unbekannt`,
    none: 'Nichts zu prüfen: in diesen Notizen steht keine Gleichung.',
    firstSlip: (line, title) => `erster Fehler in Zeile ${line}${title === '' ? '' : `: ${title}`}`,
    due: (truth) => `Richtig ist ${truth}.`,
    or: (sentence) => `Oder: ${sentence}`,
    inherited: (line) => `Übernommen aus Zeile ${line}.`,
    noReason: 'Kein bekannter Fehler ergibt das.',
    setWithoutProgram: '--set ersetzt Zahlen eines Programms, und diese Notizen haben keines.',
    noReading: 'Das ließ sich nicht lesen.',
    readAs: (found, read) => `${found} ist als ${read} gelesen.`,
    free: (names) => `Benutzt und nicht definiert: ${names.join(', ')}.`,
    offer: (network, lacks) =>
      `Das sieht aus wie ein Netz ${network}${lacks.length === 0 ? '' : `; es fehlt: ${lacks.join(', ')}`}.`,
    lacks: { activation: 'die Aktivierung', loss: 'der Verlust', numbers: 'die Zahlen' },
    unreadable: 'unlesbar',
  },

  train: {
    begins: (of) =>
      `Training von ${of.network}, ${of.parameters} Parameter, mit ${of.examples} ${of.examples === '1' ? 'Beispiel' : 'Beispielen'}${of.validation === null ? '' : `; ${of.validation} ${of.validation === '1' ? 'bleibt' : 'bleiben'} zum Validieren`}.`,
    resumes: (epoch, epochs) => `Weiter nach Epoche ${epoch} von ${epochs}.`,
    complete: (epoch) =>
      `${epoch === 1 ? 'Die eine Epoche ist' : `Alle ${epoch} Epochen sind`} getan. Für mehr davon: --epochs mit einer größeren Zahl.`,
    progress: (now) =>
      `Epoche ${now.epoch}/${now.epochs} ${now.bar} ${now.percent} %  ${now.rate} Beispiele/s  noch ${now.left}  Verlust ${now.loss}`,
    epoch: (epoch, epochs, scores) => `Epoche ${epoch}/${epochs}: ${scores}`,
    loss: (loss) => `Verlust ${loss}`,
    accuracy: (share) => `Trefferquote ${share}`,
    validationLoss: (loss) => `Validierungsverlust ${loss}`,
    validationAccuracy: (share) => `Validierungsquote ${share}`,
    done: (of) => `Fertig: ${of.examples} Beispiele in ${of.time} (${of.rate} je Sekunde).`,
    converged: (epoch) =>
      `Konvergiert: in Epoche ${epoch} hat sich kein Parameter um mehr als die Toleranz bewegt.`,
    saved: (file) => `Gespeichert: ${file}`,
    stopped: (epoch, file) =>
      `Angehalten nach ${epoch === 1 ? '1 Epoche' : `${epoch} Epochen`}; der Stand ist in ${file}. Weiter geht es mit:`,
    exploded: (at) => [
      `Der Verlust ist in Epoche ${at.epoch} explodiert, bei Schritt ${at.step}: er ist ${at.loss}, das Training ist beendet.`,
      `Jeder Schritt sprang über das Minimum hinweg und landete drüben noch höher. Versuch eine Lernrate unter ${at.rate}.`,
    ],
    unbounded: (loss) => [
      `Der Verlust ist schon vor dem ersten Schritt ${loss}, und das Training hat nicht begonnen.`,
      'Die Zahlen der Daten oder die ersten Gewichte sind zu groß. Durch ihre Größe geteilt gehen sie.',
    ],
    notFallen: (before, after, rate) =>
      `Der Verlust ist nicht gefallen: er war ${before} vor dem Training und ist jetzt ${after}. Versuch eine andere Lernrate als ${rate}.`,
    unsaved: 'Mit --save DATEI bleiben die letzten guten Gewichte erhalten.',
    lastGood: (file) => `Die letzten guten Gewichte sind gespeichert: ${file}`,
    notWritten: (file, reason) => `${file} lässt sich nicht schreiben: ${reason}`,
    notWrittenAs: { folder: 'ein Ordner heißt so.', nowhere: 'den Ordner dafür gibt es nicht.' },
    otherPictures: (file, found, expected) =>
      expected === null
        ? `${file} hat Bilder mit ${found} Pixeln, trainiert wird aber nicht mit Bildern.`
        : `${file}, Byte 8: Bilder mit ${found} Pixeln; erwartet sind ${expected}, wie in denen zum Trainieren.`,
    noneLeft:
      'Zum Trainieren bleibt kein Beispiel. Ein kleinerer Anteil mit --validation lässt welche übrig.',
    noData: 'Nirgends steht, womit trainiert wird.',
    nameData: 'Daten nennt --data NAME, --data DATEI.csv oder --images DATEI --labels DATEI.',
    zeros: (file) => `Es gibt keine Datei ${file}: das Beispiel hat Nullen statt Zahlen.`,
    noNetwork: (origin) => `${origin} beschreibt kein Netz.`,
    networkLine: 'Ein Netz ist eine Zeile wie: net = mlp(2, 16, 16, 1)',
    doesNotFit: 'Netz, Training und Daten passen nicht zusammen.',
    otherData: (file) => `Die Daten sind nicht die, mit denen ${file} trainiert wurde.`,
    sameData: 'Ein Training geht mit denselben Beispielen weiter, in derselben Reihenfolge.',
    otherTraining: (file) => `${file} gehört zu einem anderen Training:`,
    difference: (path, found, kept) => `${path} ist hier ${found} und dort ${kept}`,
    refused: {
      checkpoint: (file) => `${file} ist kein Stand eines Trainings, der sich lesen lässt.`,
      weights: (file) => `${file} hat keine Gewichte, die hier zu gebrauchen sind.`,
      state: (file) => `${file} ist kein state dict, der passt.`,
      export: (file) => `Die Gewichte von ${file} lassen sich nicht weitergeben.`,
    },
  },

  show: {
    address: (address) => `Backflow ist offen unter ${address}`,
    stop: 'Ende mit Strg-C.',
  },

  help: {
    main: `Backflow: skalares automatisches Ableiten, in das man hineinsehen kann.

Aufruf: backflow BEFEHL EINGABE [OPTIONEN]

Befehle:
  grad     Werte und Gradienten einer Formel, als Tabelle oder JSON
  steps    Vorwärts- und Rückwärtslauf in Worten, Schritt für Schritt
  compare  richtige und falsche Wege zum Gradienten: Ergebnis und Kosten
  graph    der Graph der Formel als DOT, JSON oder SVG
  show     öffnet die Formel in der Seite
  check    beurteilt Notizen: welche Zeile zuerst falsch ist, und warum
  write    schreibt die Herleitung als Notizen: Markdown mit LaTeX
  train    trainiert ein Netz, mit Fortschritt und Zwischenständen
  export   schreibt trainierte Gewichte für andere: ONNX, PyTorch
  import   liest Gewichte von PyTorch
  help     erklärt einen Befehl: backflow help grad

EINGABE ist eine Formel, eine Datei oder - für die Standardeingabe. Ein Pfad,
den es gibt, ist eine Datei, alles andere eine Formel; hinter -- darf eine
Formel mit einem Minus beginnen. Eine Datei ist ein Programm, oder Markdown mit
Programmen zwischen \`\`\`backflow und \`\`\`, oder was \`graph --as recording\`
und \`steps --trace\` drucken.

Optionen jedes Befehls:
  --lang en|de   Sprache der Texte
  -h, --help     dieser Text, oder der des Befehls
  -V, --version  die Version

Beispiele:
  backflow grad 'L = (a*b + c)*f' --at a=2,b=-3,c=10,f=-2
  backflow steps 'x = 3, u = x*x, v = u + x, y = u*v'
  backflow graph netz.md --as svg > netz.svg

Status am Ende: 0 getan; 2 Befehlszeile, Formel oder Datei sind nicht zu
gebrauchen; 1 alles andere: in geprüften Notizen ist etwas falsch, oder ein
Verlust ist explodiert.
`,
    grad: `Aufruf: backflow grad EINGABE [OPTIONEN]

Druckt jeden Knoten mit seinem Wert und seinem Gradienten, der Ableitung der
Ausgabe nach diesem Knoten. Ohne Weg zur Ausgabe ist der Gradient 0.

Optionen:
  --at NAMEN=WERTE   Zahlen für Namen: --at a=2,b=-3 (auch mehrmals);
                     ein Wert darf −3, 1/2, 5e-3, sqrt(2) geschrieben sein
  --of NAME          leitet diesen Knoten ab statt der Ausgabe
  --parameters DATEI
                     Gewichte ihres Netzes, von train --save
  --digits N         geltende Stellen in der Tabelle, 2 bis 17 (6)
  --json             {"output", "value", "values": {Name: Zahl},
                     "grads": {Name: Zahl}} mit allen Stellen jedes benannten
                     Knotens; eine Ausgabe ohne Namen heißt "out"; NaN und
                     Unendlich sind "NaN", "Infinity", "-Infinity"

Ein zweimal zugewiesener Name ist der letzte; frühere sind c@1, c@2.

Beispiele:
  backflow grad 'L = (a*b + c)*f' --at a=2,b=-3,c=10,f=-2
  backflow grad 'y = x*x' --at x=1/2 --json
  backflow grad netz.md --of out_o1
  echo 'tanh(w*x)' | backflow grad - --at w=0.5,x=2
  backflow grad --at x=3 -- '-x^2'
`,
    steps: `Aufruf: backflow steps EINGABE [OPTIONEN]

Druckt, was geschieht, einen nummerierten Schritt je Zeile: jeden Wert des
Vorwärtslaufs, dann jeden Beitrag zu einem Gradienten auf dem Rückweg.

Optionen:
  --at NAMEN=WERTE       Zahlen für Namen: --at a=2,b=-3 (auch mehrmals)
  --of NAME              leitet diesen Knoten ab statt der Ausgabe
  --parameters DATEI     Gewichte ihres Netzes, von train --save
  --granularity pass|node|edge
                         ein Schritt ist ein Lauf, ein Knoten, eine Kante (edge)
  --algorithm NAME       ein anderer Weg zum Gradienten, einer von denen in
                         \`backflow compare\`; Summen gehen dann wie dort zu
                         zweien, und --lr gibt es nicht
  --lr ZAHL              ein Lauf mehr, der Blätter um −ZAHL · Gradient bewegt
  --params NAMEN         die Blätter, die bewegt werden: --params w1,w2 (alle)
  --digits N             geltende Stellen, 2 bis 10 (4)
  --json                 die Ereignisse: [{"step", "kind", "node", …}]
  --trace                der Lauf samt Aufzeichnung, JSON, das EINGABE
                         sein kann

Ereignisse, der Reihe nach; "step" zählt ab 1, ein Knoten heißt nach seinem
Namen oder nach seiner Stelle in einem benannten, etwa L/0:
  evaluate    node, value        der Vorwärtslauf erreicht einen Knoten
  seed        node, value        der Rückwärtslauf beginnt bei der Ausgabe mit 1
  visit       node, value        der Gradient eines Knotens ist vollständig
  contribute  node, slot, input, value
                                 der Knoten schickt dies an seinen Eingang
  accumulate  node, from, slot, value
                                 die Summe des Knotens danach
  update      node, value        der neue Wert eines Blatts
  reuse       node, value        schon getan: der Eintrag der Tabelle; null, wo
                                 es nur ein Zeichen für den Besuch gibt
  recompute   node, value        ein Knoten wird noch einmal besucht

Beispiele:
  backflow steps 'x = 3, u = x*x, v = u + x, y = u*v'
  backflow steps 'x = 3, u = x*x, v = u + x, y = u*v' --algorithm preorder
  backflow steps neuron.md --granularity node --lr 0.1 --params w,b
  backflow steps 'y = sin(x^2)' --at x=2 --json
`,
    compare: `Aufruf: backflow compare EINGABE [OPTIONEN]

Rechnet den Gradienten auf zehn Weisen aus, fünf richtigen und fünf, die auf den
meisten Graphen falsch sind, und druckt eine Tabelle: den Gradienten des Blatts,
oder wie viele von mehreren stimmen und den schlechtesten; was es gekostet hat;
darunter, wo jede falsche Weise zuerst falsch wird.

  ✓ richtig   ✗ falsch   – nur gezählt: mehr als hunderttausend Schritte

  Besuche           wie oft an einem Knoten gearbeitet wurde
  Multiplikationen  Ableitung mal Gradient, eine für jede Kante
  Additionen        Beiträge zu einer Summe, in der schon einer war
  Treffer           was verlangt wurde und schon getan war
  Läufe             Vorwärtsläufe nach dem, der die Werte ausgerechnet hat

Optionen:
  --at NAMEN=WERTE    Zahlen für Namen: --at a=2,b=-3 (auch mehrmals)
  --of NAME           leitet diesen Knoten ab statt der Ausgabe
  --parameters DATEI  Gewichte ihres Netzes, von train --save
  --algorithms NAMEN  nur diese: --algorithms reverse,preorder (alle zehn)
  --digits N          geltende Stellen der Gradienten, 2 bis 17 (6)
  --json              {"paths": "1024", "algorithms": [{"name", "right",
                      "grads": {Blatt: Zahl}, "visits", "multiplications",
                      "additions", "hits", "forwardPasses"}]}; was nur gezählt
                      ist, hat null für "right" und "grads"; eine Anzahl über
                      2^53 − 1 ist ein Text, ebenso NaN und Unendlich

Verfahren:
  path-sum          jeder Weg von der Ausgabe an, jedes Produkt von vorn
  memo              Blätter fragen ihre Benutzer; eine Tabelle behält Antworten
  reverse           ein Durchgang in umgekehrter topologischer Ordnung
  numeric           (f(x + h) − f(x))/h, ein Vorwärtslauf für jedes Blatt
  forward           Tangenten, ein Lauf für jedes Blatt
  overwrite         reverse mit = statt +=
  accumulate-early  Rekursion, die weitergibt, was bis dahin da ist
  preorder          dasselbe mit einer Menge der besuchten Knoten
  breadth-first     eine Schlange mit einer Menge der besuchten Knoten
  postorder         eine solche Menge, und die Eingänge vor dem Knoten selbst

Beispiele:
  backflow compare 'x = 3, u = x*x, v = u + x, y = u*v'
  backflow compare netz.md --algorithms path-sum,memo,reverse
  backflow compare 'b = a + a, c = b + b' --at a=1 --json
`,
    graph: `Aufruf: backflow graph EINGABE --as dot|json|svg|recording [OPTIONEN]

Druckt den Graphen: eine Kante je Gebrauch eines Knotens, vom Eingang zum
Benutzer. Eine Folge von + und − ist ein Knoten, \`signedSum\`; seine Eingänge
sind Paare aus Vorzeichen, 1 oder −1, und Glied.

Optionen:
  --as dot|json|svg|recording
                       für Graphviz, für Programme, für Menschen, oder die
                       Aufzeichnung, JSON, das EINGABE sein kann (dot)
  --at NAMEN=WERTE     Zahlen für Namen: --at a=2,b=-3 (auch mehrmals)
  --of NAME            leitet diesen Knoten ab statt der Ausgabe
  --parameters DATEI   Gewichte ihres Netzes, von train --save
  --at-step N          SVG: der Stand nach N Schritten; sonst das Ende
  --granularity pass|node|edge
                       SVG: was ein Schritt ist, wie bei \`backflow steps\` (edge)
  --theme light|dark   SVG: die Farben (light)

Beispiele:
  backflow graph 'L = (a*b + c)*f' --at a=2,b=-3,c=10,f=-2 --as svg > L.svg
  backflow graph netz.md --as dot | dot -Tpdf > netz.pdf
  backflow graph netz.md --as recording > netz.json
  backflow graph 'y = x*x' --at x=3 --as svg --at-step 3 --theme dark > y.svg
`,
    show: `Aufruf: backflow show EINGABE [OPTIONEN]

Zeigt die Seite mit der EINGABE auf diesem Rechner, druckt ihre Adresse und
versucht, einen Browser zu öffnen. Ende mit Strg-C.

Optionen:
  --at NAMEN=WERTE   Zahlen für Namen: --at a=2,b=-3 (auch mehrmals)
  --of NAME          leitet diesen Knoten ab statt der Ausgabe
  --parameters DATEI
                     Gewichte ihres Netzes, von train --save
  --port N           der Port (ein freier)
  --site ORDNER      die gebaute Seite, wenn sie anderswo liegt
  --no-open          druckt nur die Adresse

Beispiele:
  backflow show examples/neuron.md
  backflow show 'L = (a*b + c)*f' --at a=2,b=-3,c=10,f=-2
`,
    check: `Aufruf: backflow check NOTIZEN… [OPTIONEN]

Liest von Hand gerechnete Notizen, Text, Markdown oder LaTeX, und beurteilt jede
Gleichung darin. Ein Programm steht zwischen \`\`\`backflow und \`\`\`; ohne das
sind die Definitionen der Notizen das Programm. NOTIZEN sind Dateien, - für die
Standardeingabe, oder ein Text in Anführungszeichen.

  ✓ richtig   ≈ richtig, soweit die Stellen der Notizen reichen
  ✗ falsch    ↳ falsch, und genau das, was eine frühere falsche Zahl ergibt
  ? etwas fehlt oder ist nicht zu lesen

Optionen:
  --program DATEI  das Programm, um das es geht, aus einer anderen Datei
  --set NAME=ZAHL  Zahlen für Gegebenes: --set w=0.5,x=2 (auch mehrmals)
  --against DATEI  vergleicht mit den Notizen von jemand anderem
  --json           {"claims": [{"line", "column", "text", "subject", "stated",
                   "truth", "verdict", "scope", "convention", "mistakes":
                   [{"id", "why", "where"}]}], "firstWrong": Index oder null}
  --csv            eine Zeile je Datei: file, claims, right, wrong,
                   first_wrong_line, mistake, text

Beispiele:
  backflow check notizen.md
  backflow check 'x = 3, y = x^2 = 9, dy/dx = x = 3'
  backflow check abgaben/*.md --program klausur.md --csv > punkte.csv

Status am Ende: 0 nichts ist falsch; 1 etwas ist falsch; 2 die Notizen oder das
Programm lassen sich nicht lesen.
`,
    write: `Aufruf: backflow write EINGABE [OPTIONEN]

Druckt die Herleitung als Notizen, in Markdown mit LaTeX: das Programm, die
Werte, die Ableitungen in der Reihenfolge des Rückwärtslaufs. \`backflow check\`
findet jede ihrer Zeilen richtig.

Optionen:
  --at NAMEN=WERTE   Zahlen für Namen: --at a=2,b=-3 (auch mehrmals)
  --of NAME          leitet diesen Knoten ab statt der Ausgabe
  --parameters DATEI
                     Gewichte ihres Netzes, von train --save
  --lr ZAHL          ein Schritt mehr, der Blätter um −ZAHL · Gradient bewegt
  --params NAMEN     die Blätter, die bewegt werden: --params w1,w2 (alle)
  --digits N         geltende Stellen, 2 bis 10 (4)

Beispiele:
  backflow write examples/neuron.md > neuron-notizen.md
  backflow write 'y = x*x' --at x=3 | backflow check -
`,
    train: `Aufruf: backflow train [DOKUMENT] [OPTIONEN]

Trainiert das Netz eines Dokuments, oder eines, das die Optionen beschreiben; wo
beide etwas sagen, gelten die Optionen. Eine Zeile je Epoche geht auf die
Standardausgabe, ein Balken auf ein Terminal. Strg-C endet nach dem Schritt und
sagt, wie es weitergeht.

Daten:
  --data NAME|DATEI.csv  moons, circles, blobs, xor, spiral, line, sine, camera,
                         digits; oder eine Tabelle, auch mit gzip gepackt
  --target SPALTE        CSV: die Spalte, die vorhergesagt wird (die letzte)
  --images DATEI --labels DATEI
                         Bilder und Klassen wie bei MNIST (IDX, auch .gz)
  --test-images DATEI --test-labels DATEI
                         andere zum Validieren
  --count N              so viele Beispiele (100 bei moons; in Dateien alle)
  --noise ZAHL           Rauschen der Daten mit Namen
  --validation ANTEIL    Anteil der Beispiele zum Validieren (0)

Netz:
  --layers GRÖSSEN       Eingänge, Einheiten, Ausgänge: 784,16,16,10
                         (… 16,16 …)
  --activation NAME      identity, step, sigmoid, tanh, relu, leakyRelu (relu)
  --output NAME          der letzten Schicht, auch softmax (identity; sigmoid
                         bei Klassen, wo die verborgenen es sind, wenn der
                         Verlust keine Summen nimmt)
  --no-bias              nur Gewichte
  --init NAME            uniform, xavier, he, zeros (he bei relu, sonst xavier)
  --parameters DATEI     beginnt mit diesen Gewichten statt mit zufälligen

Training:
  --loss NAME            squared, meanSquared, absolute, hinge, crossEntropy,
                         binaryCrossEntropy, binaryCrossEntropyWithLogits
                         (crossEntropy bei Klassen, squared bei Zahlen)
  --l1 ZAHL --l2 ZAHL    λ der Strafen λ Σ |w| und λ Σ w² (0)
  --optimizer NAME       sgd, momentum, adam (adam)
  --rate ZAHL            die Lernrate (0.1 bei sgd; sonst 0.01, bei mehr als
                         2.000 Beispielen 0.003)
  --momentum ZAHL        μ von momentum, β₁ von adam (0.9)
  --schedule NAME        constant, linear, steps, cosine (linear)
  --to ZAHL              wo linear und cosine enden (0)
  --factor ZAHL --every EPOCHEN
                         von steps (0.5, 10)
  --epochs N             (100; bei mehr als 2.000 Beispielen 10)
  --batch N|all          Beispiele eines Schritts (10)
  --no-shuffle           die Beispiele, wie sie stehen
  --tolerance ZAHL       endet, wenn sich in einer Epoche kein Parameter um mehr
                         bewegt (0)
  --seed N               der Daten, der ersten Gewichte und des Mischens (1)

Dateien:
  --save DATEI           die trainierten Gewichte als JSON; wenn der Verlust
                         explodiert, die letzten guten
  --checkpoint DATEI     nach jeder Epoche alles, was zum Weitermachen nötig ist
  --resume DATEI         macht da weiter, wo der Stand ist, Bit für Bit
  --json                 ein Objekt je Epoche: {"epoch", "loss", "accuracy",
                         "validationLoss", "validationAccuracy"}

Beispiele:
  backflow train examples/moons.md --save moons.json
  backflow train --data spiral --layers 2,16,16,2 --seed 3
  backflow train --images train-images-idx3-ubyte.gz \\
    --labels train-labels-idx1-ubyte.gz --layers 784,16,16,10 --epochs 3

Status am Ende: 0 fertig; 1 der Verlust ist explodiert; 2 Optionen, Dokument
oder Daten sind nicht zu gebrauchen; 130 mit Strg-C beendet.
`,
    export: `Aufruf: backflow export MODELL --as onnx|pytorch|json [--out DATEI]

Schreibt ein trainiertes Netz für ein anderes Programm. MODELL ist eine Datei
von \`backflow train\` mit --save oder --checkpoint, oder von \`backflow
import\`.

Optionen:
  --as onnx     ONNX in float32, für ONNX Runtime und andere; braucht --out
  --as pytorch  eine Python-Datei: nn.Sequential mit den Gewichten in float64
  --as json     die Gewichte, wie Backflow sie liest
  --out DATEI   wohin (Standardausgabe)

Beispiele:
  backflow export moons.json --as onnx --out moons.onnx
  backflow export moons.json --as pytorch > moons.py
`,
    import: `Aufruf: backflow import ZUSTAND --activation NAME [OPTIONEN]

Liest die Gewichte von nn.Linear-Schichten aus dem state dict von PyTorch und
druckt sie, wie \`backflow train --parameters\` und \`backflow export\` sie
lesen. In Python wird ZUSTAND so geschrieben:

  with open("state.json", "w") as file:
      state = model.state_dict().items()
      json.dump({name: tensor.tolist() for name, tensor in state}, file)

Optionen:
  --activation NAME  der verborgenen Schichten, die man den Gewichten nicht
                     ansieht: identity, step, sigmoid, tanh, relu, leakyRelu
  --output NAME      der letzten Schicht, auch softmax (identity)
  --layers GRÖSSEN   lehnt andere Größen ab: --layers 784,16,16,10
  --no-bias          mit --layers: lehnt Bias-Werte ab
  --out DATEI        wohin (Standardausgabe)

Beispiele:
  backflow import state.json --activation relu --out model.json
`,
    help: `Aufruf: backflow help [BEFEHL]

Erklärt einen Befehl: grad, steps, compare, graph, show, check, write, train,
export oder import.
`,
  },
};
