import type { AccountMessages } from './account-en.ts';

/** What the steps of the algorithms besides the reverse sweep say, in German. */
export const accountDe: AccountMessages = {
  due: (result, due) => `${result} (richtig: ${due})`,
  done: (leaves, more) =>
    leaves.length === 0
      ? 'Lauf fertig.'
      : `Lauf fertig: ${leaves.join(', ')}${more === 0 ? '' : ` und ${more} weitere`}.`,

  pathStart: (node) => `Anfang bei ${node}: Der Pfad hat noch keine Kante, sein Produkt ist 1.`,
  pathVisit: (node, visit, of, path, product, then, derivative) =>
    `${of === 1 ? `Einziger Besuch von ${node}` : `Besuch ${visit} von ${of} bei ${node}`}: Entlang dieses Pfads, ${path}, ist das Produkt ${product}` +
    (then === 'again'
      ? `; alles unterhalb von ${node} wird noch einmal berechnet.`
      : then === 'term'
        ? `, ${of === 1 ? `schon ganz ${derivative}` : `ein Summand von ${derivative}`}.`
        : '.'),
  pathEdge: (input, consumer, product, slope) =>
    `Eine Kante weiter, von ${consumer} zu ${input}: ${product}, denn entlang dieser Kante ist ${slope}.`,
  pathSum: (equation, path, of) =>
    of === 1
      ? `${equation}: Einen anderen Pfad gibt es nicht.`
      : `${equation}${path < of ? ' bis jetzt' : ''}: ${path} von ${of} Pfaden.`,

  miss: (derivative, computed) =>
    `${derivative} stand nicht in der Tabelle (Fehlgriff): einmal berechnet, ${computed}, und gespeichert.`,
  hit: (derivative, entry, wanted) =>
    `${derivative} steht in der Tabelle: ${entry} – wiederverwendet (Treffer)${wanted === null ? '' : `, diesmal für ${wanted}`}.`,

  overwritten: (equation, before, sum) =>
    `${equation}: ${before} stand hier und wird überschrieben, = statt +=; die Summe wäre ${sum}.`,
  lastAlone: (node, value, due, leaf, next) =>
    `${leaf ? `${node} behält ${value}` : `${node} gibt ${value} weiter`}, nur den letzten Beitrag (richtig: ${due})${next}.`,

  early: (node, value, reported, uses, due, next) =>
    `${node} gibt ${value} weiter, obwohl erst ${reported} von ${uses} Verwendungen gemeldet ${reported === 1 ? 'hat' : 'haben'}${due === null ? '' : ` (richtig: ${due})`}${next}.`,
  earlyLeaf: (node, value, next) => `${node} hat bis jetzt ${value} und gibt als Blatt nichts weiter${next}.`,
  notLast: (node, value, due, next) =>
    `${node} gibt ${value} weiter${due === null ? '' : ` (richtig: ${due})`}; die Verwendungen haben gemeldet, werden es aber noch einmal tun${next}.`,
  wrong: (node, value, due, leaf, next) =>
    `${leaf ? `${node} hat ${value}` : `${node} gibt ${value} weiter`}, richtig wäre ${due}: Schon was die Verwendungen gemeldet haben, war falsch${next}.`,
  again: (node, visit, of, value, before, since, next) =>
    `Besuch ${visit} von ${of} bei ${node}: Der ganze Gradient, ${value}, wird noch einmal weitergegeben, obwohl ${before} schon weitergegeben ${since === null ? 'und seitdem nichts hinzugekommen ist' : `wurde und seitdem nur ${since} hinzukam`}${next}.`,
  againLeaf: (node, visit, of, value, next) =>
    `Besuch ${visit} von ${of} bei ${node}: Bis jetzt steht dort ${value}, und ein Blatt gibt nichts weiter${next}.`,
  wrongEdge: (input, consumer, product, slope, due) =>
    `${input} erhält ${product} von ${consumer}, denn entlang dieser Kante ist ${slope}; richtig wäre ${due}.`,
  edgeAgain: (before) => `${before} kam schon vorher über diese Kante.`,
  contribution: (equation, count, of, node, uses) =>
    `${equation}${count < of ? ' bis jetzt' : ''}: Beitrag ${count} von ${of}, obwohl ${node} nur ${uses === 1 ? 'eine Verwendung' : `${uses} Verwendungen`} hat.`,
  late: (node, passed) => `Zu spät: ${node} hat bei seinem Besuch ${passed} weitergegeben.`,
  skipped: (node, since) =>
    `${node} wurde schon besucht und wird übersprungen${since === null ? '' : `: Was seitdem hinzukam, ${since}, wird nie weitergegeben`}.`,
  queued: (node) => `${node} steht schon in der Warteschlange und kommt nicht noch einmal hinein.`,

  outputLast: (node, equation) =>
    `${node} kommt zuletzt: ${equation} wird weitergegeben, aber die Eingaben wurden schon vorher besucht.`,
  nothingYet: (node, due, next) =>
    `${node} wird besucht, bevor irgendetwas angekommen ist: ${due === null ? '0' : `Weitergegeben wird 0 (richtig: ${due})`}${next}.`,

  moved: (leaf, step, from) =>
    `${leaf} wird von ${from} aus um ${step} verschoben; alles wird neu berechnet.`,
  movedBack: (leaf, value) => `${leaf} wird auf ${value} zurückgesetzt.`,
  anew: (node, change) =>
    change === null
      ? `${node}, neu berechnet, bleibt gleich.`
      : `${node}, neu berechnet, ändert sich um ${change}.`,
  quotient: (derivative, moved, quotient, step, exact) =>
    `${derivative} ≈ ${moved} = ${quotient} mit ${step}${exact === null ? '' : ` (genau: ${exact})`}.`,

  tangentSeed: (equation, leaf) =>
    `Startwert ${equation}: Dieser Durchgang fragt, wie sich alles mit ${leaf} ändert.`,
  tangentLeaf: (equation, own) =>
    own
      ? `Tangente: ${equation}, hier beginnt dieser Durchgang.`
      : `Tangente: ${equation}, denn ein Blatt hängt nicht von einem anderen ab.`,
  tangentEdge: (input, consumer, equation, slope) =>
    `${consumer} erhält ${equation} durch ${input}, denn entlang dieser Kante ist ${slope}.`,
  tangentSum: (equation, count, of) =>
    `${equation}${count < of ? ' bis jetzt' : ''}: ${count} von ${of} ${of === 1 ? 'Eingabe' : 'Eingaben'}.`,
  tangent: (equation, leaf, isOutput) =>
    isOutput
      ? `Tangente: ${equation}, die Ableitung, um die es in diesem Durchgang geht.`
      : `Tangente: ${equation}, die Änderung je Einheit von ${leaf}.`,
  tangentDone: (equation, leaf) => `Durchgang fertig: ${equation}, nur für ${leaf}.`,
};
