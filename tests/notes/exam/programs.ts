/** Pieces of formulas for random programs; `a` and `b` are names that are defined above. */
const FORMS: readonly ((a: string, b: string, number: () => string) => string)[] = [
  (a, b) => `${a} + ${b}`,
  (a, b) => `${a} - ${b}`,
  (a, b) => `${a}*${b}`,
  (a, b, number) => `${number()}*${a} + ${b}`,
  (a, b) => `${a}*${b} + ${a}`,
  (a, b) => `${a}/(1 + ${b}^2)`,
  (a) => `${a}^2`,
  (a) => `sigmoid(${a})`,
  (a) => `tanh(${a})`,
  (a) => `relu(${a})`,
  (a) => `sin(${a})`,
  (a) => `exp(-${a}^2)`,
  (a) => `ln(1 + ${a}^2)`,
  (a, b) => `1/2*(${a} - ${b})^2`,
  (a, b) => `sqrt(1 + ${a}^2) + ${b}`,
];

/** A program of two to five leaves and two to nine formulas, each named; the last one uses whatever is unused. */
export function randomProgramText(random: () => number): string {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)];
  const number = (): string => (Math.round((random() * 6 - 3) * 100) / 100).toString();
  const names: string[] = [];
  const unused = new Set<string>();
  const lines: string[] = [];
  const define = (name: string, formula: string): void => {
    lines.push(`${name} = ${formula}`);
    names.push(name);
    unused.add(name);
  };
  for (let leaf = 1, count = 2 + Math.floor(random() * 4); leaf <= count; leaf++)
    define(`x${leaf}`, number());
  for (let at = 1, count = 2 + Math.floor(random() * 8); at <= count; at++) {
    const operand = (): string => {
      const name = unused.size > 0 && random() < 0.6 ? pick([...unused]) : pick(names);
      unused.delete(name);
      return name;
    };
    define(`n${at}`, pick(FORMS)(operand(), operand(), number));
  }
  define('L', [...unused].join(' + '));
  return `${lines.join('\n')}\n`;
}

/** The program with every number of its leaves drawn anew. */
export function atRandomNumbers(program: string, random: () => number): string {
  return program.replace(
    /^(.*?=\s*)-?[\d.]+(?=\s*$)/gm,
    (_, head: string) => head + (Math.round((random() * 4 - 2) * 1000) / 1000).toString(),
  );
}
