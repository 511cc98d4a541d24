/** The texts of the graph pane. */
export const graph = {
  label: (output: string) => `Graph of ${output}`,
  value: 'value',
  partial: (reported: number, uses: number) => `${reported} of ${uses}`,
  leaf: 'given number',
  operation: (symbol: string) => `operation ${symbol}`,
  notComputed: 'value not computed yet',
  /** What a screen reader says of a card. */
  card: (name: string, kind: string, value: string, gradient: string) =>
    `${name}, ${kind}, ${value}, ${gradient}`,
  valueIs: (value: string) => `value ${value}`,
  gradient: {
    none: (name: string) => `${name} not reached yet`,
    partial: (name: string, total: string, reported: number, uses: number) =>
      `${name} so far ${total}, ${reported} of ${uses} uses have reported`,
    final: (name: string, total: string) => `${name} = ${total}, final`,
    zero: (name: string) => `${name} = 0, no path to the output`,
  },
  hints: {
    leaf: 'Drag the number, or press Enter to type one.',
    sum: 'Double-click to open or close the sum.',
  },
  enterValue: (name: string) => `New value of ${name}`,
  notANumber: 'Expected a number, such as 0.5 or −2',
  withoutWebgl: 'This browser draws without WebGL: here is the whole graph, to scroll.',
  lostWebgl: 'The graphics card is busy: here is the whole graph, to scroll. The pane comes back by itself.',
};
