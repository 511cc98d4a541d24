import type { MemoMessages } from './memo-en.ts';

/** Was die Ansicht „Memoisierung“ über die Wege zu einer Ableitung sagt. */
const algorithms: MemoMessages['algorithms'] = {
  names: {
    'path-sum': 'Pfadsumme',
    memo: 'Rekursion mit Merktabelle',
    reverse: 'Rückwärts',
    numeric: 'Numerisch',
    forward: 'Vorwärtsmodus',
    overwrite: '= statt +=',
    'accumulate-early': 'Halb aufsummiert',
    preorder: 'Pre-Order',
    'breadth-first': 'Breitensuche',
    postorder: 'Post-Order',
  },
  lines: {
    'path-sum': 'Jeder Pfad von der Ausgabe zu einem Blatt, jedes Produkt von vorn; gespeichert wird nichts.',
    memo: 'Von oben: jedes Blatt fragt seine Verwender nach ihrem Gradienten; was einmal berechnet ist, wird nachgeschlagen.',
    reverse: 'Von unten: ein Knoten gibt weiter, wenn alle seine Verwendungen gemeldet haben. Ein Durchgang.',
    numeric: 'Verschiebt ein Blatt ein wenig und rechnet das ganze Programm neu: (f(x + h) − f(x))/h.',
    forward: 'Für jedes Blatt ein Durchgang von Tangenten, von den Blättern zur Ausgabe.',
    overwrite: 'Die Reihenfolge des Rückwärtsgangs, aber jeder Beitrag ersetzt den vorigen.',
    'accumulate-early':
      'Bei jedem Besuch gibt ein Knoten seinen bisherigen Gradienten weiter und geht in jeden Eingang.',
    preorder:
      'Tiefensuche mit Besuchtmarken: ein Knoten gibt beim ersten Besuch weiter, vollständig oder nicht.',
    'breadth-first':
      'Eine Warteschlange mit Besuchtmarken: ein Knoten gibt weiter, wenn er sie verlässt, vollständig oder nicht.',
    postorder: 'Besuchtmarken, und die Eingänge zuerst: sie geben weiter, bevor etwas bei ihnen ankam.',
  },
};

const ORDINALS = [
  'erste',
  'zweite',
  'dritte',
  'vierte',
  'fünfte',
  'sechste',
  'siebte',
  'achte',
  'neunte',
  'zehnte',
];

const beside: MemoMessages['beside'] = {
  label: 'Zwei Algorithmen nebeneinander',
  sides: ['Linker Algorithmus', 'Rechter Algorithmus'],
  more: 'Weitere …',
  groups: { right: 'Auf jedem Graphen richtig', wrong: 'Auf vielen Graphen falsch' },
  kinds: { right: 'auf jedem Graphen richtig', wrong: 'auf vielen Graphen falsch' },
  paths: (paths, one, output) =>
    one
      ? `Ein Pfad führt von einem Blatt zu ${output}.`
      : `${paths} Pfade führen von den Blättern zu ${output}.`,
  cost: (algorithm, count, one) => `${algorithm}: ${count} ${one ? 'Multiplikation' : 'Multiplikationen'}.`,
  shortCost: (algorithm, count) => `${algorithm}: ${count}.`,
  passes: (algorithm, count, one) => `${algorithm}: ${count} ${one ? 'Vorwärtslauf' : 'Vorwärtsläufe'}.`,
  larger: 'Größere Programme sparen mehr:',
  doublings: (stages, every, once) => `${stages} Verdopplungen: ${every} → ${once}`,
  digits: (every, once) => `ein Netz, das Ziffern liest: ${every} → ${once}`,
  inspected: (algorithm) => `Algorithmus: ${algorithm}`,
  counters: {
    visits: 'Besuche',
    multiplications: 'Multiplikationen',
    additions: 'Additionen',
    hits: 'Schon erledigt',
    forwardPasses: 'Vorwärtsläufe',
    slots: 'Speicherzellen',
  },
  hints: {
    visits: 'Wie oft an einem Knoten gearbeitet wurde',
    multiplications: 'Lokale Ableitung mal Gradient, einmal je Verwendung, die durchlaufen wird',
    additions: 'Beiträge, die zu schon Vorhandenem addiert wurden',
    hits: 'Wie oft ein Knoten angetroffen wurde, dessen Gradient in der Tabelle steht oder der als besucht markiert ist',
    forwardPasses: 'Läufe von den Blättern zur Ausgabe, über den hinaus, der die Werte berechnet hat',
    slots: 'Gradienten, Tabelleneinträge, Marken und Produkte, die zugleich behalten werden, ohne die Werte',
  },
  costOf: (algorithm) => `Was es kostet: ${algorithm}`,
  of: (now, total) => `${now} von ${total}`,
  scale: 'Alle Balken haben dieselbe logarithmische Skala.',
  counted: (count, what, limit) =>
    `Gezählt, nicht schrittweise: ${count} ${what === 'events' ? 'Ereignisse' : 'Multiplikationen'} sind mehr als ${limit} Schritte.`,
  through: (steps) => `Nach ${steps} Schritten fertig.`,
  isRight: 'richtig',
  isWrong: (due) => `falsch: ${due} wäre richtig`,
  allRight: (count) => `alle ${count} richtig`,
  someWrong: (wrong, count) => `${wrong} von ${count} falsch`,
  others: (count) => `und ${count} weitere`,
  results: (algorithm) => `Ableitungen: ${algorithm}`,
  notRun: 'Nicht ausgeführt: keine Ableitungen.',
  differs: {
    early: (name, found, due, reported) =>
      `${name} gab ${found} weiter, bevor die ${ORDINALS[reported] ?? `${reported + 1}.`} Verwendung gemeldet hatte; ${due} war fällig.`,
    again: (name, found, due) =>
      `${name} hatte seinen ganzen Gradienten ${due} schon weitergegeben und gab ${found} noch einmal weiter.`,
    overwritten: (name, found, due) =>
      `Bei ${name} ersetzte ${found}, was vorher angekommen war; zusammen ist das ${due}.`,
    approximate: (name, found, due) =>
      `Für ${name} gibt der Differenzenquotient ${found}; ${due} wäre richtig.`,
    infinite: (name, found, due) =>
      `Für ${name} gibt das ${found}, die Engine ${due}: bei unendlichen Zahlen zählt die Reihenfolge der Operationen.`,
  },
  flag: (found, due) => `${found} statt ${due}`,
  large: 'Zu groß zum Zeichnen. Zähler und Schritte gehen weiter.',
  drawing: 'Der Graph wird angeordnet…',
};

const tree: MemoMessages['tree'] = {
  label: 'Der Baum aller Pfade und der Graph',
  multiplications: (one) => (one ? 'Multiplikation' : 'Multiplikationen'),
  ends: (most, least) => `${most} von vorn gerechnet, ${least}, wenn alle Kopien gefaltet sind`,
  scale: 'Logarithmische Skala; die gestrichelte Linie ist der Graph',
  merges: 'Verschmelzungen',
  step: (at, count) => `Verschmelzung ${at} von ${count}`,
  start: (output, paths, multiplications) =>
    `Von vorn gerechnet wird jeder der ${paths} Pfade von ${output} zu einem Blatt für sich gegangen: eine Multiplikation für jede Kante dieses Baums, zusammen ${multiplications}.`,
  nothingToFold:
    'Jeder Knoten wird nur einmal verwendet: der Baum ist schon der Graph, und es gibt nichts zu sparen.',
  merge: (name, sum, derivative, { together, uses, saved, one, edges }) => {
    const done = together === uses;
    const meet =
      uses === 2
        ? `Die beiden Kopien von ${name} werden eine`
        : `${together} von ${uses} Kopien von ${name} sind jetzt eine`;
    const what = sum === null ? '' : `: ${sum}${done ? ` = ${derivative}` : ' bisher'}`;
    const end = edges === null ? '' : ` Das ist der Graph: ${edges} Kanten, jede einmal multipliziert.`;
    return saved === null
      ? `${meet}${what}.${end || ` Unter ${name} hängt nichts: keine Multiplikation weniger, aber eine Summe.`}`
      : `${meet}${what}. Was darunter hängt, wird für beide einmal gerechnet: ${saved} ${one ? 'Multiplikation' : 'Multiplikationen'} weniger.${end}`;
  },
  unfolded: 'Baum aller Pfade',
  between: 'Baum, teilweise gefaltet',
  folded: 'Baum, gefaltet: der Graph',
  graph: 'Graph',
  full: 'Volle Größe',
  treeLabel: (copies) => `Baum: ${copies} Kopien`,
  graphLabel: (nodes) => `Graph: ${nodes} Knoten`,
  hint: (output) =>
    `Eine Kopie zeigt das Produkt der Steigungen von ${output} bis zu ihr. Zeige auf einen Knoten, um alle seine Kopien zu sehen.`,
  lit: (name, copies, now, single, sum) =>
    single
      ? `${name}: 1 Kopie im Baum, 1 Knoten im Graphen${sum === null ? '' : `; ${sum}`}.`
      : `${name}: ${copies} Kopien im Baum, davon stehen ${now}; 1 Knoten im Graphen${sum === null ? '' : `. Zusammen tragen sie ${sum}`}.`,
  tooLarge: (nodes, most) =>
    `Der Baum hat ${nodes} Knoten, zu viele zum Zeichnen (höchstens ${most}). Gefaltet wird er trotzdem.`,
  pointAtGraph: 'Zeige auf einen Knoten des Graphen, um zu sehen, wie viele Kopien von ihm noch stehen.',
  graphTooLarge: (nodes, most) =>
    `Der Graph hat ${nodes} Knoten, zu viele, um ihn hier zu zeichnen (höchstens ${most}). Der Zähler ist trotzdem genau.`,
  table: {
    summary: 'Als Tabelle',
    node: 'Knoten',
    copies: 'Kopien im Baum',
    now: 'stehen noch',
    uses: 'Verwendungen',
    saves: 'jede Verschmelzung spart',
    more: (rows) => `und ${rows} weitere`,
  },
};

const written: MemoMessages['written'] = {
  label: 'Die Kettenregel, ausgeschrieben',
  multiplications: (one) => (one ? 'Multiplikation' : 'Multiplikationen'),
  ends: (formulas, one, most, least) =>
    `${formulas} ${one ? 'Formel' : 'Formeln'}: ${most} ausgeschrieben, ${least}, wenn alles Wiederholte gespeichert ist`,
  scale: 'Logarithmische Skala; die gestrichelte Linie ist das Ende',
  derivatives: 'Gespeicherte Ableitungen',
  step: (at, count) => `Gespeichert: ${at} von ${count}`,
  next: (derivative, times, short) =>
    `${derivative} ist umrandet: es steht in ${times} Produkten. Speichere es als ${short}.`,
  did: (short, derivative, saved) =>
    saved === null
      ? `${short} = ${derivative} ist gespeichert: ein einzelner Faktor, noch ist nichts gespart.`
      : `${short} = ${derivative} ist gespeichert: ${saved} Multiplikationen weniger.`,
  done: (multiplications) => `Nichts steht mehr doppelt da: ${multiplications} Multiplikationen bleiben.`,
  nothing: 'Nichts steht in mehr als einem Produkt: es gibt nichts zu speichern.',
  stored: 'Gespeichert',
  formulas: 'Formeln',
  all: 'mit Eingaben',
  allTitle: 'Die Ableitungen nach allen Blättern schreiben, nicht nur nach den Gewichten',
  between: (names) => `mit ${names}`,
  betweenTitle: 'Jeden Namen behalten, auch die Summe vor einer Aktivierung',
  more: (products) => `… (${products} weitere)`,
  long: (products) => `zu lang, um hier zu stehen (Produkte: ${products})`,
  cost: (count) => `${count} Mult.`,
  moreFormulas: (formulas) => `und ${formulas} weitere Formeln`,
  earlier: (stored) => `${stored} frühere, und dann:`,
  tooLarge: (uses, most) =>
    `Das Programm hat ${uses} Verwendungen, zu viele zum Ausschreiben (höchstens ${most}).`,
  none: 'Die Ausgabe ist ein Blatt oder hängt von keinem ab: es gibt keine Kette auszuschreiben.',
};
const table: MemoMessages['table'] = {
  of: 'Tabelle von',
  now: 'Jetzt nebeneinander',
  others: 'Andere (nehmen den rechten Platz)',
  title: (output) => `Was von ∂${output}/∂Knoten gespeichert ist`,
  node: 'Knoten',
  twoMemos: 'Zwei verschiedene Memos',
  visitedSet: 'Besucht-Menge',
  visitedHint: 'Schon behandelt? Ein Bit.',
  stored: 'Gespeichert',
  storedOf: (output) => `Zahl ∂${output}/∂Knoten`,
  visitedKept: {
    kept: 'aufgehoben',
    order: 'nicht nötig: jeder kommt einmal',
    entry: 'nicht aufgehoben: ein Eintrag sagt es',
    none: 'nicht aufgehoben',
  },
  storedHint: 'Wie viel? Gespeichert.',
  computed: 'Berechnet',
  usedBy: 'Benutzt für',
  step: (step) => `Schritt ${step}`,
  visits: (visits) => `${visits}×`,
  visitedAgain: (visits) => `${visits}-mal besucht: nichts merkt es sich`,
  met: (times) => (times === 1 ? 'wieder getroffen, übergangen' : `${times}× wieder getroffen, übergangen`),
  yes: 'ja',
  no: 'nein',
  partial: (reported, uses) => `${reported} von ${uses}`,
  hit: 'nachgeschlagen',
  miss: 'dafür berechnet',
  due: (found, due) => `${found}, fällig ${due}`,
  dueHint: (node, found, due) =>
    `${node} hat ${found} weitergegeben; fällig war ${due}, und das wurde nicht berichtigt.`,
  endsWrong: (due) => `fällig ${due}`,
  more: (count) => `und ${count} weitere`,
  rows: (from, to, of) => `Zeilen ${from} bis ${to} von ${of}`,
  earlier: 'Frühere Zeilen',
  later: 'Spätere Zeilen',
  strokes: {
    write: 'geschrieben',
    miss: 'fehlt: berechnet und gespeichert',
    hit: 'gefunden: nachgeschlagen',
    met: 'markiert: übergangen',
    read: 'gelesen',
  },
  counts: (misses, hits) => `bisher ${misses} berechnet, ${hits} nachgeschlagen`,
  tooLong: (events) => `Dieser Lauf hat ${events} Ereignisse: Er wird gezählt, nicht schrittweise gezeigt.`,
  nothing: {
    sums: 'Nichts wird aufgehoben außer den Summen an den Blättern: Jedes Produkt wird von vorn berechnet, so oft wie Pfade zu seinem Knoten führen.',
    values: 'Kein Gradient wird aufgehoben: Jeder Knoten wird für jedes Blatt noch einmal ausgewertet.',
    tangents:
      'Kein Gradient wird aufgehoben: Die Tangenten eines Blatts werden an allen Knoten berechnet und für die des nächsten verworfen.',
  },
  instead: 'Bisher berechnet',
  inAll: 'Insgesamt',
  alone: {
    title: (of) => `Was jedes Memo allein leistet: ${of}`,
    memo: 'Memo',
    algorithm: 'Algorithmus',
    result: 'Ergebnis',
    cost: 'Multiplikationen',
    neither: 'keins',
    visited: 'Besucht-Menge allein',
    stored: 'gespeicherte Zahl allein',
    both: 'beide, in der richtigen Reihenfolge',
    says: {
      neither: 'Richtig, aber jeder Pfad wird von vorn berechnet.',
      visited: 'Jeder Knoten einmal, aber er gibt weiter, was bis dahin angekommen ist.',
      stored:
        'Die Summen bleiben, aber ein Knoten gibt seine Summe bei jedem Besuch weiter, auch was er schon weitergegeben hat.',
      both: 'Ein Knoten gibt einmal weiter, wenn alle seine Verwendungen gemeldet haben. Dafür ist die Reihenfolge da.',
    },
    right: 'richtig',
    wrong: (due) => `falsch: fällig ist ${due}`,
    same: 'An diesem Graphen wird auch jedes allein richtig, aber nicht an jedem. Versuchen Sie u = x·x, v = u + x, y = u·v.',
    counted: 'nur gezählt',
    later: 'Am Ende zu sehen: erst vorhersagen.',
  },
};
const memory: MemoMessages['memory'] = {
  title: 'Speicher gegen Zeit',
  about:
    'Der Rückwärtslauf braucht die Werte des Vorwärtslaufs noch einmal und einen Platz für jeden Gradienten. Was nicht gespeichert ist, lässt sich neu berechnen: Man hebt die Werte an einigen Kontrollpunkten auf und wertet einen Abschnitt neu aus, wenn der Rückwärtslauf zu ihm kommt.',
  of: 'Für',
  own: 'dieses Programm',
  chain: (nodes) => `eine Kette von ${nodes}`,
  whole: 'Ganzes Band',
  wholeIs: (nodes, cells, bytes) =>
    `${nodes} Knoten mit je einem Wert und einem Gradienten: ${cells} Zellen zu 8 Byte, ${bytes}.`,
  engine: (bytes, perNode) =>
    `Das Band der Engine braucht dafür ${bytes}, ${perNode} Byte je Knoten: außer den zwei Zahlen, welche Operation auf welche Eingänge (zusammen 30 Byte bei zwei Eingängen).`,
  checkpoints: 'Kontrollpunkte',
  cellsOver: 'Speicher: Zellen zugleich, logarithmisch',
  againOver: 'Zeit: neu ausgewertete Knoten',
  best: (count) => `am besten: ${count}`,
  proving: 'Rückwärtslauf mit diesen Kontrollpunkten…',
  proof: (same, cells, again) =>
    `Ein wirklicher Lauf mit diesen Kontrollpunkten: ${cells} Zellen zugleich, ${again} Knoten neu ausgewertet; seine Gradienten sind ${same ? 'Bit für Bit die der Engine' : 'nicht die der Engine'}.`,
  toBest: (count) => `Zur besten Zahl: ${count}`,
  reading: (count, cells, bytes, share) =>
    `${count === 0 ? 'Kein Kontrollpunkt' : count === 1 ? '1 Kontrollpunkt' : `${count.toLocaleString('en')} Kontrollpunkte`}: ${cells} Zellen, ${bytes}, ${share} des ganzen Bandes.`,
  time: (again, share) =>
    `${again} Knoten werden neu ausgewertet: ${share} eines Vorwärtslaufs zusätzlich. Wie viele Kontrollpunkte es auch sind, es bleibt weniger als einer.`,
  noTime: 'Nichts wird neu ausgewertet.',
  leaves: (count) => `Die ${count} Blätter sind immer da und keinen Kontrollpunkt wert.`,
  root: (root) => `Bei einer Kette von N berechneten Knoten ist etwa √N am besten: hier √N = ${root}.`,
  worthless: 'Dieses Programm ist zu klein: Kontrollpunkte sparen hier nichts.',
  bytes: (bytes) => `${bytes} Byte`,
};
const growth: MemoMessages['growth'] = {
  family: 'Programme',
  families: {
    doubling: 'Verdopplungsleiter',
    fibonacci: 'Fibonacci',
    network: 'Tiefes Netz',
    own: 'Dieses Programm in Reihe',
  },
  about: {
    doubling: 'a_1 = a_0 + a_0, a_2 = a_1 + a_1 und so weiter: Jede Stufe benutzt die vorige zweimal.',
    fibonacci: 'f_n = f_{n−1} + f_{n−2}: Jede Zahl wird für die nächsten zwei benutzt.',
    network:
      'n Schichten von w Neuronen hinter w Eingängen, in skalaren Operationen: Produkte, Summen zu zweit, Bias, Sigmoid, quadratischer Fehler. Eingänge, Gewichte, Bias und Ziele sind Blätter.',
    own: (leaf) =>
      `n Kopien dieses Programms: Der Ausgang einer Kopie steht in der nächsten an der Stelle von ${leaf}.`,
  },
  width: 'Neuronen je Schicht w',
  leaf: 'Den Ausgang einsetzen für',
  noLeaf:
    'Der Ausgang dieses Programms hängt von keinem anderen Blatt ab, daher lassen sich Kopien nicht in Reihe setzen.',
  counter: 'Zähle',
  counters: {
    visits: 'Besuche',
    multiplications: 'Multiplikationen',
    additions: 'Additionen',
    hits: 'Treffer',
    forwardPasses: 'Vorwärtsläufe',
    slots: 'Speicherplätze',
  },
  upTo: 'Bis n =',
  size: {
    doubling: 'Stufen n',
    fibonacci: 'Index n',
    network: 'Schichten n',
    own: 'Kopien n',
  },
  axis: 'n',
  plot: (counter, family) => `${counter} über n, ${family}; die Zahlen stehen in der Tabelle darunter.`,
  logarithmic: (counter) => `${counter}, logarithmisch`,
  at: (size) => `Bei n = ${size}`,
  algorithm: 'Algorithmus',
  formula: 'Für jedes n',
  show: (algorithm) => `${algorithm} zeigen`,
  alike: (first, others) => `${first} und ${others} weitere`,
  paths: (paths) => `${paths} Pfade führen von den Blättern zum Ausgang.`,
  counting: 'Wird am Graphen selbst gezählt…',
  counted: (nodes) => `Am Graphen selbst gezählt (${nodes} Knoten): dieselben Zahlen.`,
  differs: 'Am Graphen selbst gezählt, weichen die Zahlen ab.',
  notBuilt: (nodes) => `Der Graph mit ${nodes} Knoten wird nicht gebaut; die Formeln gelten für jede Größe.`,
  fibonacciNumbers: 'F_1 = F_2 = 1, F_3 = 2, F_4 = 3, F_5 = 5, …',
  letters: {
    N: 'Knoten',
    E: 'Verwendungen',
    L: 'Blätter',
    T: 'Produkte über alle Pfade',
    p: 'Pfade durch eine Kopie',
    P: 'Pfade von allen Blättern',
    D: 'längster Pfad',
    d: 'längster Pfad durch eine Kopie',
    I: 'Knoten, die andere benutzen',
    A: 'gefragte Knoten',
    B: 'gefragte Verwendungen',
    w: 'Neuronen je Schicht',
  },
  networks: {
    title: 'Netze, gezählt',
    about:
      'Kantenmultiplikationen eines Rückwärtslaufs, in skalaren Operationen; das Quadrat als eine Operation mit konstantem Exponenten.',
    digits: (network, paths, edges) =>
      `Ein Netz, das Ziffern liest, ${network}: ${paths} Multiplikationen, wenn jeder Pfad berechnet wird, ${edges} mit gespeicherten Gradienten.`,
    network: 'Netz',
    everyPath: 'Jeder Pfad',
    storedOnce: 'Einmal gespeichert',
    saved: 'Spart',
    product: (network) => `${network}, Quadrat als d·d`,
    own: 'Ein anderes Netz',
    ownHint: 'Neuronen je Schicht, zum Beispiel 784-128-64-10',
    notNetwork: 'Zwei bis zwölf Schichten von 1 bis 100.000 Neuronen, etwa 3-3-2.',
    check: 'Probe',
    byFormula: 'nach der Formel',
    counting: 'wird gezählt…',
    counted: 'am Graphen gezählt',
    count: (nodes) => `Am Graphen zählen (${nodes} Knoten)`,
    small: 'Kleine Netze sparen wenig: Memoisieren lohnt sich, wo sich Pfade immer wieder treffen.',
    times: (factor) => `${factor}×`,
  },
};
const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} und ${items.at(-1) ?? ''}`;

const predict: MemoMessages['predict'] = {
  label: 'Erst vorhersagen',
  begin: {
    node: 'Erst vorhersagen: Nach jedem Knoten wird gefragt, bevor er an der Reihe ist.',
    gradient: 'Erst vorhersagen: Nach jeder Zahl wird gefragt, bevor sie dasteht.',
  },
  lane: (algorithm, question) => `${algorithm}: ${question}`,
  nodes: {
    evaluate: 'Welcher Knoten wird als nächster berechnet?',
    seed: 'Bei welchem Knoten beginnt der Rückwärtslauf?',
    seedLeaf: 'Mit welchem Blatt beginnt der nächste Lauf?',
    visit: 'Welcher Knoten kommt im Rückwärtslauf als nächster?',
    meet: 'Welcher Knoten kommt als nächster, zum Besuch oder zum Wiedersehen?',
    table: 'Wessen Gradient kommt als nächster, berechnet und gespeichert oder nachgeschlagen?',
    tangent: 'Welcher Knoten bekommt als nächster seine Tangente?',
    move: 'Welches Blatt wird als nächstes verschoben?',
    update: 'Welches Blatt wird als nächstes aktualisiert?',
  },
  numbers: {
    value: (name, formula) =>
      formula === null ? `Welchen Wert hat ${name}?` : `Welchen Wert hat ${name} = ${formula}?`,
    seed: (derivative) => `Womit beginnt der Lauf? ${derivative} = …`,
    contribution: (from, to, use, uses) =>
      uses > 1
        ? `Was gibt ${from} an ${to} weiter, für Verwendung ${use} von ${uses}?`
        : `Was gibt ${from} an ${to} weiter?`,
    arrives: (derivative, before, amount) =>
      `${before} war da, ${amount} kommt an: Wie groß ist ${derivative} jetzt?`,
    after: (derivative, name) =>
      name === null
        ? `Wie groß ist ${derivative} nach diesem Schritt?`
        : `Wie groß ist ${derivative}, wenn ${name} an der Reihe war?`,
    pass: (derivative) => `Wie groß ist ${derivative} nach diesem Lauf?`,
    quotient: (derivative, leaf) =>
      `${leaf} wird um ein kleines h verschoben: Was ergibt der Differenzenquotient für ${derivative}?`,
    update: (leaf) => `Wie groß ist ${leaf} nach der Aktualisierung?`,
  },
  candidates: 'Antworten',
  clickToo: 'Wählen oder im Graphen anklicken.',
  answer: 'Deine Antwort',
  check: 'Prüfen',
  show: 'Zeigen',
  leave: 'Nicht mehr vorhersagen',
  reset: 'Punktestand neu beginnen',
  right: 'Richtig.',
  wrongNode: (taken) => `Nein, ${taken} ist der nächste.`,
  wrongNumber: (expected) => `Nein, es ist ${expected}.`,
  shownNode: (taken) => `${taken} ist der nächste.`,
  shownNumber: (expected) => `Es ist ${expected}.`,
  score: (right, asked, row) => `${right} von ${asked} richtig${row > 1 ? `, ${row} in Folge` : ''}`,
  notANumber: 'Keine Zahl: etwa 0,25, 1/4 oder 2,5·10⁻¹.',
  reasons: {
    output: 'Hinter der Ausgabe liegt nichts.',
    ready: (name, uses) =>
      uses === 1
        ? `Die einzige Verwendung von ${name} hat gemeldet.`
        : `${uses === 2 ? 'Beide' : `Alle ${uses}`} Verwendungen von ${name} haben gemeldet.`,
    known: (name) => `Alles, was ${name} braucht, ist bekannt.`,
    turn: 'Die Blätter kommen in beliebiger Reihenfolge dran.',
    also: (chosen, taken, last) =>
      `${chosen} ist bereit; ${taken} auch und kommt zuerst, weil ${taken} ${last ? 'zuletzt' : 'zuerst'} aufgezeichnet wurde.`,
    waits: (name, reported, uses, waitsFor) =>
      uses === 1
        ? `${name} wartet auf ${listed(waitsFor)}, die einzige Verwendung.`
        : `${name} wartet auf ${listed(waitsFor)}: ${reported} von ${uses} Verwendungen ${reported === 1 ? 'hat' : 'haben'} gemeldet.`,
    leaf: (name) => `${name} ist ein Blatt: Von dort fließt nichts weiter.`,
    needs: (name, inputs) => `${name} braucht ${listed(inputs)}, noch nicht bekannt.`,
    given: (name) => `${name} ist ein Blatt: Der Wert ist gegeben.`,
    untaken: (name) => `${name} steht in dem Zweig, der nicht genommen wird.`,
    apart: (name, output) => `${output} hängt nicht von ${name} ab.`,
    done: (name) => `${name} war schon an der Reihe.`,
    begins: 'Ein Rückwärtslauf beginnt bei der Ausgabe: Ihre Ableitung nach sich selbst ist 1.',
    beginsLeaf:
      'Im Vorwärtsmodus beginnt ein Lauf mit einem Blatt: Seine Tangente ist 1, alle anderen sind 0.',
    notLeaf: (name) => `${name} wird berechnet: Nur ein Blatt lässt sich von Hand ändern.`,
    start: 'Die Rekursion beginnt bei der Ausgabe.',
    descend: (from, taken) => `Tiefe zuerst: ${from} steigt in die erste Eingabe ab, ${taken}.`,
    return: (from, taken, after) =>
      after === null || after === taken
        ? `Tiefe zuerst: Zurück bei ${from} ist ${taken} die nächste Eingabe.`
        : `Tiefe zuerst: Unter ${after} ist alles erledigt; zurück bei ${from} ist ${taken} die nächste Eingabe.`,
    inputsFirst: (taken) =>
      `Eingaben zuerst: Unter ${taken} ist alles erledigt, also ist ${taken} selbst an der Reihe.`,
    queue: (taken) => `${taken} wartet am längsten in der Schlange.`,
    queueAgain: (taken, from) => `${from} trifft ${taken} wieder.`,
    asked: (taken, from) =>
      from === null
        ? `Alle Verwendungen von ${taken} haben gemeldet: Die Summe wird gespeichert.`
        : `${from} fragt nach ${taken}, dessen Verwender alle in der Tabelle stehen.`,
    lookedUp: (taken, from) =>
      from === null
        ? `${taken} steht in der Tabelle.`
        : `${from} fragt nach ${taken}, das in der Tabelle steht.`,
    metAgain: 'Schon markiert, daher nicht noch einmal an der Reihe.',
    visitedAgain: 'Ohne Markierungen: ein weiterer Besuch.',
    early: (name, reported, uses) =>
      `Dieser Algorithmus wartet nicht: ${reported} von ${uses} Verwendungen von ${name} ${reported === 1 ? 'hat' : 'haben'} gemeldet.`,
    coarse: 'So weit richtig: bitte mindestens zwei Stellen oder ein Bruch.',
    slips: {
      sign: 'Die Größe stimmt, das Vorzeichen nicht.',
      localForgotten: 'Das kommt an: Die lokale Ableitung fehlt.',
      upstreamForgotten: 'Das ist die lokale Ableitung: Der ankommende Gradient fehlt.',
      factorsAdded: 'Entlang einer Kante werden Gradient und lokale Ableitung multipliziert, nicht addiert.',
      valueForSlope: (name) => `Der Wert von ${name} steht, wo eine Ableitung stehen muss.`,
      slopeForValue: 'Das ist eine lokale Ableitung: Gefragt ist der Wert.',
      operand: (name) => `Das ist der Wert von ${name}: Die Rechenoperation fehlt.`,
      notAdded: 'Das kommt an; was vorher da war, ist zu addieren.',
      before: 'Das war vorher da; was ankommt, fehlt.',
      subtracted: 'Was ankommt, wird addiert, nicht abgezogen.',
      oneUse: 'Das ist eine Verwendung; es gibt noch eine.',
      added: 'Dieser Algorithmus überschreibt: Was vorher da war, ist verloren.',
      zero: 'Mit 0 flösse gar nichts: Die Ableitung der Ausgabe nach sich selbst ist 1.',
      uphill: 'Beim Abstieg wird der Schritt abgezogen, nicht addiert.',
      rateForgotten: 'Die Lernrate fehlt.',
      stepAlone: 'Das ist der Schritt; er wird vom alten Wert abgezogen.',
    },
  },
};

/** Die Texte der Ansicht „Memoisierung“. */
export const memoDe: MemoMessages = {
  tabs: {
    label: 'Memoisierung',
    names: {
      beside: 'Nebeneinander',
      tree: 'Baum und Graph',
      written: 'Ausgeschrieben',
      table: 'Merktabelle',
      growth: 'Wachstum',
    },
    none: 'Schreibe ein Programm oder öffne ein Beispiel: noch gibt es nichts zu berechnen.',
  },
  algorithms,
  beside,
  tree,
  written,
  table,
  memory,
  growth,
  predict,
};
