import { DataError, datasetFromCsv, type CsvOptions, type DataProblem } from '@backflow/nn/files';
import { describe, expect, it } from 'vitest';

const read = (text: string, options: Partial<CsvOptions> = {}) =>
  datasetFromCsv(text, { name: 'p.csv', ...options });

function problemOf(text: string, options: Partial<CsvOptions> = {}): DataProblem {
  try {
    read(text, options);
  } catch (error) {
    if (error instanceof DataError) return error.data;
    throw error;
  }
  throw new Error('It was read.');
}

describe('a table', () => {
  it('gives inputs row by row and the last column as the target', () => {
    const data = read('size,rooms,price\n50,2,100.5\n75.5,3,-2e2\n');
    expect(data).toEqual({
      name: 'p.csv',
      size: 2,
      inputs: 2,
      task: 'regression',
      x: new Float64Array([50, 2, 75.5, 3]),
      scale: 1,
      y: new Float64Array([100.5, -200]),
      targets: 1,
      classes: [],
      columns: ['size', 'rooms'],
      picture: null,
    });
  });

  it('takes another column as the target where one is named', () => {
    const data = read('a,b,c\n1.5,2,3\n2.5,5,6\n', { target: 'a' });
    expect([...data.y]).toEqual([1.5, 2.5]);
    expect(data.columns).toEqual(['b', 'c']);
    expect([...data.x]).toEqual([2, 3, 5, 6]);
  });

  it('calls columns without names by their numbers', () => {
    const data = read('1,2,0.5\n3,4,0.25');
    expect(data.size).toBe(2);
    expect(data.columns).toEqual(['1', '2']);
    expect(read('1,2,0.5\n3,4,0.25', { target: '1' }).columns).toEqual(['2', '3']);
  });

  it.each([
    ['commas', 'a,b\n1,0.5\n2,0.25'],
    ['semicolons', 'a;b\n1;0.5\n2;0.25'],
    ['tabs', 'a\tb\n1\t0.5\n2\t0.25'],
    ['bars', 'a|b\n1|0.5\n2|0.25'],
    ['a byte order mark', '\uFEFFa,b\n1,0.5\n2,0.25'],
    ['the line ends of Windows', 'a,b\r\n1,0.5\r\n2,0.25\r\n'],
    ['blank lines', '\n\na,b\n\n1,0.5\n  \n2,0.25\n\n'],
    ['spaces around cells', ' a , b \n 1, 0.5\n2 ,0.25 '],
    ['quoted cells', '"a","b"\n"1","0.5"\n2,"0.25"'],
  ])('may have %s', (_, text) => {
    const data = read(text);
    expect([...data.x]).toEqual([1, 2]);
    expect([...data.y]).toEqual([0.5, 0.25]);
    expect(data.columns).toEqual(['a']);
  });

  it('keeps numbers as they are: nothing is standardised', () => {
    expect([...read('1000000,1e-9,0.5\n-3,.25,1.5').x]).toEqual([1e6, 1e-9, -3, 0.25]);
  });

  it('takes names of columns that objects have', () => {
    expect(read('__proto__,constructor\n1,0.5\n2,0.25', { target: '__proto__' }).columns).toEqual([
      'constructor',
    ]);
  });
});

describe('the target column', () => {
  it('is of classes where it is text, in alphabetical order', () => {
    const data = read('x,kind\n1,setosa\n2,virginica\n3,setosa\n4,alba');
    expect(data.task).toBe('classification');
    expect(data.classes).toEqual(['alba', 'setosa', 'virginica']);
    expect([...data.y]).toEqual([1, 2, 1, 0]);
  });

  it('is of classes where it has few whole numbers, in their order', () => {
    const data = read('x,y\n1,10\n2,9\n3,10\n4,9\n5,-0\n6,0');
    expect(data.classes).toEqual(['0', '9', '10']);
    expect([...data.y]).toEqual([2, 1, 2, 1, 0, 0]);
  });

  it.each([
    ['a number is no whole one', '0\n1\n0\n1.5'],
    ['there are more than ten numbers', Array.from({ length: 44 }, (_, i) => i % 11).join('\n')],
    ['numbers occur only once or so', '1\n2\n3\n3'],
  ])('is to be predicted as a number where %s', (_, column) => {
    const rows = column.split('\n').map((y, i) => `${i},${y}`);
    expect(read(rows.join('\n')).task).toBe('regression');
  });

  it('is what the reader says it is', () => {
    expect(read('1,0\n2,1\n3,0\n4,1', { task: 'regression' }).task).toBe('regression');
    expect(read('1,1\n2,2\n3,3', { task: 'classification' }).classes).toEqual(['1', '2', '3']);
    expect(read('1,1\n2,K\n3,3', { task: 'classification' }).classes).toEqual(['1', '3', 'K']);
  });
});

describe('a table that cannot be taken', () => {
  const file = 'p.csv';
  it.each<[string, string, DataProblem]>([
    ['is empty', '', { kind: 'empty', file }],
    ['is blank', ' \n\n', { kind: 'empty', file }],
    ['has names only', 'a,b\n', { kind: 'headerOnly', file, line: 1 }],
    ['has one column', 'a\n1\n', { kind: 'oneColumn', file, line: 1, found: 'a' }],
    ['has a column without a name', ',b\n1,2', { kind: 'header', file, line: 1, column: 1, found: '' }],
    ['has a name twice', 'a,b,a\n1,2,3', { kind: 'header', file, line: 1, column: 3, found: 'a' }],
    ['has a row that is short', 'a,b\n1,2\n3\n', { kind: 'cells', file, line: 3, found: 1, expected: 2 }],
    ['has a row that is long', '1,2\n3,4,5', { kind: 'cells', file, line: 2, found: 3, expected: 2 }],
    ['has a hole among inputs', 'a,b\n1,2\n\n,4', { kind: 'hole', file, line: 4, column: 'a' }],
    ['has a hole in the target', 'a,b\n1,2\n3, ', { kind: 'hole', file, line: 3, column: 'b' }],
    ['has text among numbers', 'a,b\n1,2\nn/a,4', { kind: 'text', file, line: 3, column: 'a', found: 'n/a' }],
    [
      'has text in a target of numbers',
      'a,b\n1,2\n1,?',
      { kind: 'text', file, line: 3, column: 'b', found: '?' },
    ],
    ['has NaN', 'a,b\n1,2\nNaN,4', { kind: 'notFinite', file, line: 3, column: 'a', found: 'NaN' }],
    ['has infinity', '1,2\n-inf,4', { kind: 'notFinite', file, line: 2, column: '1', found: '-inf' }],
    [
      'has a number too large',
      '1,2\n1e999,4',
      { kind: 'notFinite', file, line: 2, column: '1', found: '1e999' },
    ],
    ['has hexadecimal numbers', '1,2\n0x10,4', { kind: 'text', file, line: 2, column: '1', found: '0x10' }],
    [
      'has decimal commas',
      'a;b\n1,5;2',
      { kind: 'comma', file, line: 2, column: 'a', found: '1,5', expected: '1.5' },
    ],
    [
      'has decimal commas and no names',
      '1,5;2',
      { kind: 'comma', file, line: 1, column: '1', found: '1,5', expected: '1.5' },
    ],
    ['has one class only', 'a,b\n1,yes\n2,yes', { kind: 'oneClass', file, column: 'b', found: 'yes' }],
    ['has an open quotation mark', 'a,b\n1,2\n"3,4\n5,6', { kind: 'openQuote', file, line: 3 }],
    ['has a stray quotation mark', 'a,b\n1,"2"x\n', { kind: 'strayQuote', file, line: 2 }],
  ])('%s', (_, text, problem) => {
    expect(problemOf(text)).toEqual(problem);
  });

  it('is told the columns that there are', () => {
    expect(problemOf('a,b\n1,2', { target: 'c' })).toEqual({
      kind: 'target',
      file,
      line: 1,
      found: 'c',
      expected: ['a', 'b'],
    });
  });

  it('is told the right line after cells with line breaks', () => {
    const text = 'a,"the\nlong\nname"\n1,"x\ny"\n2,"z"\n,w';
    expect(problemOf(text)).toEqual({ kind: 'hole', file, line: 7, column: 'a' });
    expect(problemOf(text.replaceAll('\n', '\r\n'))).toEqual({ kind: 'hole', file, line: 7, column: 'a' });
  });

  it('is told the right line after ten thousand others', () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => `${i},${i / 3}`);
    rows[9_876] = '9876,oops';
    expect(problemOf(rows.join('\n'))).toMatchObject({ kind: 'text', line: 9_877, found: 'oops' });
    expect(problemOf(rows.map((row) => `"${row.replace(',', '","')}"`).join('\n'))).toMatchObject({
      kind: 'text',
      line: 9_877,
    });
  });

  it('may not be of whole numbers by force', () => {
    expect(problemOf('1,1\n2,1.5', { task: 'classification' })).toEqual({
      kind: 'notIntegers',
      file,
      line: 2,
      column: '2',
      found: '1.5',
    });
  });

  it('has more classes than a network has use for', () => {
    const rows = Array.from({ length: 1_001 }, (_, i) => `${i},name ${i}`);
    expect(problemOf(rows.join('\n'))).toMatchObject({ kind: 'classes', found: 1_001, expected: 1_000 });
  });

  it('has more columns than are read', () => {
    expect(problemOf('1,'.repeat(10_000) + '1')).toMatchObject({
      kind: 'large',
      what: 'columns',
      found: 10_001,
    });
  });

  it('is refused in a sentence with the file, the line, what was found and what was expected', () => {
    const told = () => read('a,b\n1,2\nx,4');
    expect(told).toThrow('p.csv, line 3: “x” found in column “a”; a number was expected.');
    expect(() => read('a;b\n1,5;2')).toThrow(
      'p.csv, line 2: “1,5” found in column “a”; a decimal point was expected, as in 1.5.',
    );
  });
});
