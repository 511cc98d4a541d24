import type { tryEn } from './try-en.ts';

export const tryDe: typeof tryEn = {
  preparing: 'Die Daten werden vorbereitet.',
  waiting: 'Die Daten fehlen: Gib zuerst die Dateien, die das Dokument nennt.',
  untrained: 'Es ist noch nicht trainiert: Das raten seine ersten Gewichte.',
  answer: {
    label: 'Antwort',
    sure: (name, share) => `Es antwortet ${name} und ist zu ${share} sicher.`,
    leaning: (name, share) => `Es neigt zu ${name}: ${share}.`,
    unsure: (name, share) => `Es ist unsicher: ${name} liegt mit ${share} vorn.`,
    number: (value) => `Es antwortet ${value}.`,
    output: (index) => `Ausgabe ${index}`,
    noNumber: 'Seine Antwort ist keine Zahl: Die Gewichte sind explodiert.',
    row: (name, share) => `${name}: ${share}`,
    shares: 'Die Anteile aller Klassen ergeben zusammen 100 %.',
    each: 'Jede Klasse hat ihre eigene Ausgabe: Zusammen können es mehr oder weniger als 100 % sein.',
    noShare:
      'Dieser Verlust macht keine Wahrscheinlichkeiten: 100 % heißt, dass die Ausgabe beim Gewollten angekommen ist, 50 %, dass sie in der Mitte steht.',
  },
  wanted: {
    label: 'Gewollt',
    none: 'nicht gesagt',
    number: 'Gewollte Zahl',
    clear: 'Nicht gesagt',
    with: 'Der Verlust, und mit ihm jeder Gradient, ist der deiner Eingabe.',
    without:
      'Solange keine Antwort gewollt ist, vergleicht der Verlust im Graphen mit der des letzten Beispiels.',
  },
  shown:
    'Graph, Schritte und Inspektor rechnen jetzt mit deiner Eingabe, nicht mit einem Beispiel der Daten.',
  back: 'Zurück zum Beispiel der Daten',
  draw: {
    label: 'Deine Zeichnung',
    field: (width, height) => `Zeichnung aus ${width} × ${height} Pixeln`,
    invite: 'Hier zeichnen',
    keys: 'Mit der Tastatur: Pfeile bewegen den Stift, die Leertaste setzt ihn auf und hebt ihn ab, die Rücktaste nimmt den letzten Strich zurück.',
    pen: (x, y, down) => `Spalte ${x}, Zeile ${y}, Stift ${down ? 'unten' : 'oben'}`,
    erase: 'Radieren',
    undo: 'Strich zurück',
    clear: 'Leeren',
    open: 'Bild öffnen …',
    paste: 'Ein Bild lässt sich auch einfügen oder hier ablegen.',
    turned:
      'Sein Hintergrund war hell: Hell und Dunkel wurden vertauscht, dann der Hintergrund schwarz und die Tinte weiß gemacht.',
    stretched: 'Sein Hintergrund wurde schwarz gemacht, seine hellste Tinte weiß.',
    unreadable: 'Diese Datei ist kein Bild, das sich öffnen lässt.',
    centre: 'In die Form der Daten bringen',
    seen: 'Was das Netz sieht',
    centred: (box, width, height) =>
      `Die Tinte wird in einen Kasten von ${box} × ${box} Pixeln eingepasst, so groß wie der gestrichelte, und ihr Schwerpunkt in die Mitte von ${width} × ${height} gelegt, wie bei MNIST. Wo und wie groß du gezeichnet hast, sieht das Netz nie.`,
    asDrawn: (width, height) =>
      `So, wie es gezeichnet ist, nur verkleinert auf ${width} × ${height} Pixel. Die Daten wurden in einen Kasten eingepasst und zentriert: Eine kleine oder verschobene Zeichnung gleicht keinem von ihnen.`,
    empty: 'Noch ist nichts gezeichnet. Auch ein leeres Bild bekommt eine Antwort:',
  },
  pixels: {
    label: 'Dein Bild',
    hint: 'Drücke auf ein Pixel, um es weiß oder schwarz zu machen.',
    pixel: (row, column) => `Zeile ${row}, Spalte ${column}`,
    white: 'weiß',
    black: 'schwarz',
    like: (index) => `Beispiel ${index} nehmen`,
  },
  fields: {
    label: 'Deine Eingabe',
    name: (index) => `x${index}`,
    outside: (low, high) => `Außerhalb der Daten; die gehen von ${low} bis ${high}`,
    outsideShort: 'außerhalb der Daten',
    like: (index) => `Beispiel ${index} nehmen`,
    more: (count) =>
      `Die ersten Spalten haben Felder; die anderen ${count} behalten die Zahlen des Beispiels.`,
  },
  noise: {
    label: 'Rauschen',
    about:
      'Ausgeloste Pixel, jedes für sich. Sie zeigen nichts, und dass es das gibt, hat dem Netz niemand gesagt.',
    aboutFew:
      'Ausgeloste Pixel, jedes für sich. Es sind so wenige, dass manche zufällig einem Muster nahekommen.',
    picture: (index) => `Rauschbild ${index}`,
    next: 'Neues Rauschen',
    many: (count) => `${count} weitere`,
    again: 'Von vorn, mit anderem Startwert',
    seed: (seed) => `Startwert ${seed}`,
    sure: (name, share) => `Es hält das für ${name} und ist zu ${share} sicher.`,
    unsure: (name, share) => `Es hält das, wenn überhaupt, für ${name}: ${share}.`,
    count: 'Rauschbilder',
    mean: 'Im Mittel ist es der genannten Klasse sicher zu',
    surest: 'Am sichersten',
    surestOf: (name, share, index) => `${name}, ${share} (Bild ${index})`,
    named: 'Wie oft es jede Klasse nannte',
    times: (name, times) => `${name}: ${times}-mal`,
    verdicts: {
      high: 'Auch bei Unsinn ist es sicher: Seine Sicherheit sagt, welche Klasse die nächste ist, nicht, ob eine nahe ist.',
      middle:
        'Es nennt jedes Mal eine Klasse, manchmal ganz sicher: „nichts davon“ hat ihm kein Training beigebracht.',
      low: 'Bei Unsinn ist es zu Recht unsicher. Eine Klasse nennen muss es trotzdem: Für „nichts davon“ gibt es keine Ausgabe.',
    },
    show: 'Im Graphen zeigen',
  },
};
