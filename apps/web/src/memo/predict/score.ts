/** How many questions of a document were answered, each counted when it is answered first. */
export interface Score {
  readonly right: number;
  readonly asked: number;
  /** Right answers since the last that was not, or was shown. */
  readonly row: number;
  /** The questions that are counted. */
  readonly counted: ReadonlySet<string>;
}

export const NO_SCORE: Score = { right: 0, asked: 0, row: 0, counted: new Set() };

/** The score after an answer; null for one that was asked to be shown. */
export function scored(score: Score, question: string, right: boolean | null): Score {
  if (right === null) return { ...score, row: 0 };
  if (score.counted.has(question)) return score;
  return {
    right: score.right + (right ? 1 : 0),
    asked: score.asked + 1,
    row: right ? score.row + 1 : 0,
    counted: new Set([...score.counted, question]),
  };
}
