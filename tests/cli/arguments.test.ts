import { describe, expect, it } from 'vitest';
import { readArguments } from '../../apps/cli/src/arguments.ts';
import {
  FormulaLooksLikeOption,
  InputMissing,
  OptionWithoutValue,
  OptionWithValue,
  TooManyInputs,
  UnknownCommand,
  UnknownOption,
} from '../../apps/cli/src/problem.ts';

/** What a command line is refused with. */
function refusal(...argv: string[]): unknown {
  try {
    readArguments(argv);
  } catch (error) {
    return error;
  }
  throw new Error(`${argv.join(' ')} was taken`);
}

describe('a command line', () => {
  it('is a command, an input and options in any order', () => {
    const { command, input, options } = readArguments([
      '--lang',
      'de',
      'grad',
      '--at=a=1',
      'a*b',
      '--at',
      'b=-2',
      '--json',
    ]);
    expect(command).toBe('grad');
    expect(input).toBe('a*b');
    expect([...options]).toEqual([
      ['lang', ['de']],
      ['at', ['a=1', 'b=-2']],
      ['json', ['']],
    ]);
  });

  it('takes - for standard input', () => {
    expect(readArguments(['grad', '-']).input).toBe('-');
  });

  it('takes anything for a formula after --', () => {
    expect(readArguments(['grad', '--at', 'x=1', '--', '-x']).input).toBe('-x');
    expect(readArguments(['grad', '--', '--json']).input).toBe('--json');
  });

  it('takes a value that starts with a minus sign', () => {
    expect(readArguments(['steps', 'x', '--lr', '-0.01']).options.get('lr')).toEqual(['-0.01']);
  });

  it('needs no input to help', () => {
    expect(readArguments(['grad', '--help']).command).toBe('grad');
    expect(readArguments(['-h']).command).toBeNull();
    expect(readArguments(['help', 'grad']).input).toBe('grad');
  });

  it.each([
    ['gard', 'grad'],
    ['step', 'steps'],
    ['plot-it', null],
  ])('with the command %s means %s', (written, suggestion) => {
    expect(refusal(written, 'x')).toMatchObject({ written, suggestion });
    expect(refusal(written, 'x')).toBeInstanceOf(UnknownCommand);
    expect(refusal('help', written)).toMatchObject({ written, suggestion });
  });

  it.each([
    [['grad', 'x', '--jsno'], '--jsno', '--json'],
    [['grad', 'x', '--digit=3'], '--digit', '--digits'],
    [['grad', 'x', '-a', 'x=1'], '-a', null],
    [['graph', 'x', '--a', 'svg'], '--a', '--as'],
    [['graph', 'x', '--json'], '--json', null],
    [['--vresion'], '--vresion', '--version'],
  ])('%j is refused at %s, for which %s is near', (argv, written, suggestion) => {
    expect(refusal(...argv)).toBeInstanceOf(UnknownOption);
    expect(refusal(...argv)).toMatchObject({ written, suggestion });
  });

  it.each(['-x^2', '-2x', '-x*y', '-(a)'])('with the formula %s says that it goes behind --', (formula) => {
    expect(refusal('grad', formula)).toBeInstanceOf(FormulaLooksLikeOption);
  });

  it('with -x and no other input says the same', () => {
    expect(refusal('grad', '-x', '--at', 'x=1')).toBeInstanceOf(FormulaLooksLikeOption);
    expect(refusal('grad', 'x', '-x')).toBeInstanceOf(UnknownOption);
  });

  it('refuses a switch with a value and an option without one', () => {
    expect(refusal('grad', 'x', '--json=1')).toBeInstanceOf(OptionWithValue);
    expect(refusal('grad', 'x', '--at')).toBeInstanceOf(OptionWithoutValue);
    expect(refusal('grad', 'x', '--of', '--json')).toMatchObject({ option: '--of', example: '--of loss' });
  });

  it('takes exactly one input', () => {
    expect(refusal('grad')).toBeInstanceOf(InputMissing);
    expect(refusal('grad', 'a', '*', 'b')).toBeInstanceOf(TooManyInputs);
    expect(refusal('grad', 'a', '*', 'b')).toMatchObject({ found: ['a', '*', 'b'] });
  });
});
