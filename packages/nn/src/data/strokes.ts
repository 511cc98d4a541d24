/*
 * How people write the ten digits: points in a box from (0, 0), top left, to (1, 1), and strokes that pass smoothly through
 * some of them. Strokes that meet in a corner share a point, so that they still meet where it is moved. A stroke that ends where
 * it began is a loop.
 */
export interface Form {
  /** Width of the box; its height is 1. */
  readonly width: number;
  /** How far its points may stray, compared with others; 1 if it is not said. */
  readonly loose?: number;
  /** x₀, y₀, x₁, y₁, … */
  readonly points: readonly number[];
  readonly strokes: readonly (readonly number[])[];
}

/** For each digit its forms; one that is more common is there more than once. */
export const FORMS: readonly (readonly Form[])[] = [
  zero(),
  one(),
  two(),
  three(),
  four(),
  five(),
  six(),
  seven(),
  eight(),
  nine(),
];

function zero(): Form[] {
  const round: Form = {
    width: 0.72,
    loose: 0.6,
    points: [0.5, 0, 0.06, 0.27, 0.06, 0.74, 0.5, 1, 0.94, 0.74, 0.94, 0.27],
    strokes: [[0, 1, 2, 3, 4, 5, 0]],
  };
  const overlapping: Form = {
    width: 0.68,
    loose: 0.6,
    points: [
      0.72, 0.1, 0.4, 0, 0.08, 0.3, 0.03, 0.65, 0.3, 0.98, 0.72, 0.95, 0.98, 0.55, 0.85, 0.15, 0.42, 0.03,
    ],
    strokes: [[0, 1, 2, 3, 4, 5, 6, 7, 8]],
  };
  return [round, round, overlapping];
}

function one(): Form[] {
  const bare: Form = { width: 0.2, points: [0.5, 0, 0.5, 0.5, 0.5, 1], strokes: [[0, 1, 2]] };
  const flagged: Form = {
    width: 0.36,
    points: [0, 0.23, 0.62, 0, 0.62, 1],
    strokes: [
      [0, 1],
      [1, 2],
    ],
  };
  const standing: Form = {
    width: 0.5,
    points: [0.12, 0.24, 0.5, 0, 0.5, 1, 0.02, 1, 1, 0.99],
    strokes: [
      [0, 1],
      [1, 2],
      [3, 4],
    ],
  };
  return [bare, bare, bare, flagged, standing];
}

function two(): Form[] {
  const angular: Form = {
    width: 0.72,
    points: [
      0.05, 0.22, 0.3, 0.02, 0.72, 0.03, 0.92, 0.26, 0.76, 0.54, 0.38, 0.82, 0.02, 1, 0.5, 0.98, 1, 0.98,
    ],
    strokes: [
      [0, 1, 2, 3, 4, 5, 6],
      [6, 7, 8],
    ],
  };
  const looped: Form = {
    width: 0.78,
    points: [
      0.1, 0.16, 0.42, 0, 0.78, 0.12, 0.74, 0.45, 0.42, 0.78, 0.14, 0.97, 0.02, 0.87, 0.2, 0.78, 0.56, 0.93,
      1, 0.95,
    ],
    strokes: [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
  };
  return [angular, angular, looped];
}

function three(): Form[] {
  const round: Form = {
    width: 0.66,
    points: [
      0.05, 0.14, 0.42, 0, 0.84, 0.14, 0.76, 0.37, 0.36, 0.47, 0.84, 0.57, 0.96, 0.8, 0.5, 1, 0.02, 0.88,
    ],
    strokes: [
      [0, 1, 2, 3, 4],
      [4, 5, 6, 7, 8],
    ],
  };
  const flat: Form = {
    width: 0.68,
    points: [0.05, 0.02, 0.88, 0, 0.4, 0.4, 0.84, 0.5, 0.97, 0.75, 0.55, 1, 0, 0.9],
    strokes: [
      [0, 1],
      [1, 2],
      [2, 3, 4, 5, 6],
    ],
  };
  return [round, round, round, flat];
}

function four(): Form[] {
  const open: Form = {
    width: 0.72,
    points: [0.16, 0, 0.06, 0.3, 0.04, 0.55, 0.98, 0.5, 0.82, 0.06, 0.76, 0.55, 0.72, 1],
    strokes: [
      [0, 1, 2],
      [2, 3],
      [4, 5, 6],
    ],
  };
  const closed: Form = {
    width: 0.72,
    points: [0.7, 0, 0, 0.64, 1, 0.62, 0.68, 1],
    strokes: [
      [0, 1],
      [1, 2],
      [0, 3],
    ],
  };
  const round: Form = {
    width: 0.68,
    points: [0.08, 0, 0.1, 0.38, 0.46, 0.5, 0.88, 0.36, 0.92, 0, 0.84, 0.5, 0.78, 1],
    strokes: [
      [0, 1, 2, 3],
      [4, 5, 6],
    ],
  };
  return [open, open, closed, round];
}

function five(): Form[] {
  const angular: Form = {
    width: 0.68,
    points: [0.94, 0, 0.22, 0.02, 0.13, 0.44, 0.52, 0.36, 0.92, 0.55, 0.86, 0.85, 0.45, 1, 0.02, 0.9],
    strokes: [
      [0, 1],
      [1, 2],
      [2, 3, 4, 5, 6, 7],
    ],
  };
  const flowing: Form = {
    width: 0.7,
    points: [1, 0.02, 0.5, 0.04, 0.2, 0.14, 0.2, 0.38, 0.62, 0.48, 0.86, 0.7, 0.6, 0.97, 0.03, 0.94],
    strokes: [[0, 1, 2, 3, 4, 5, 6, 7]],
  };
  return [angular, angular, flowing];
}

function six(): Form[] {
  const curved: Form = {
    width: 0.64,
    points: [
      0.8, 0, 0.32, 0.24, 0.05, 0.6, 0.16, 0.93, 0.56, 1, 0.92, 0.82, 0.8, 0.58, 0.44, 0.57, 0.1, 0.76,
    ],
    strokes: [[0, 1, 2, 3, 4, 5, 6, 7, 8]],
  };
  const upright: Form = {
    width: 0.6,
    points: [0.5, 0, 0.16, 0.4, 0.05, 0.76, 0.34, 1, 0.84, 0.93, 0.92, 0.68, 0.58, 0.56, 0.1, 0.78],
    strokes: [[0, 1, 2, 3, 4, 5, 6, 7]],
  };
  return [curved, upright];
}

function seven(): Form[] {
  const points = [0, 0.06, 0.97, 0.02, 0.64, 0.48, 0.38, 1, 0.22, 0.52, 0.9, 0.48, 0.02, 0.24];
  const bare: Form = {
    width: 0.68,
    points,
    strokes: [
      [0, 1],
      [1, 2, 3],
    ],
  };
  return [
    bare,
    bare,
    bare,
    { ...bare, strokes: [...bare.strokes, [4, 5]] },
    { ...bare, strokes: [...bare.strokes, [6, 0]] },
  ];
}

function eight(): Form[] {
  const crossing: Form = {
    width: 0.62,
    points: [
      0.86, 0.14, 0.5, 0, 0.13, 0.2, 0.38, 0.43, 0.82, 0.68, 0.78, 0.92, 0.44, 1, 0.08, 0.86, 0.22, 0.62,
      0.64, 0.4,
    ],
    strokes: [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0]],
  };
  const stacked: Form = {
    width: 0.6,
    points: [0.5, 0, 0.14, 0.22, 0.5, 0.46, 0.86, 0.22, 0.04, 0.74, 0.5, 1, 0.96, 0.74],
    strokes: [
      [0, 1, 2, 3, 0],
      [2, 4, 5, 6, 2],
    ],
  };
  return [crossing, crossing, stacked];
}

function nine(): Form[] {
  const straight: Form = {
    width: 0.6,
    points: [0.92, 0.14, 0.5, 0, 0.08, 0.26, 0.36, 0.52, 0.78, 0.4, 0.86, 0.55, 0.7, 1],
    strokes: [
      [0, 1, 2, 3, 4, 0],
      [0, 5, 6],
    ],
  };
  const hooked: Form = {
    width: 0.64,
    points: [0.9, 0.16, 0.5, 0, 0.1, 0.24, 0.36, 0.5, 0.76, 0.4, 0.94, 0.58, 0.76, 0.94, 0.38, 1, 0.1, 0.88],
    strokes: [
      [0, 1, 2, 3, 4, 0],
      [0, 5, 6, 7, 8],
    ],
  };
  return [straight, straight, hooked];
}
