import type { CommandMessages } from '@backflow/messages';
import { formatCount } from '@backflow/print';

/** What to print about a problem: what is wrong, and on lines of their own what may help. */
export interface Complaint {
  readonly what: string;
  readonly help: readonly string[];
}

/** A command that cannot be done as it was written. Ends the command with `exitCode`. */
export abstract class Problem extends Error {
  /** 2: the command line, the formula or the file cannot be used as they are. */
  readonly exitCode: number = 2;
  /** Null when everything has been said. */
  abstract complaint(messages: CommandMessages): Complaint | null;
}

const complain = (what: string, ...help: readonly (string | null)[]): Complaint => ({
  what,
  help: help.filter((line) => line !== null),
});

export class UnknownCommand extends Problem {
  readonly written: string;
  readonly suggestion: string | null;
  /** False where a formula cannot have been meant: behind `help`. */
  readonly maybeFormula: boolean;

  constructor(written: string, suggestion: string | null, maybeFormula = true) {
    super(`unknown command ${written}`);
    this.written = written;
    this.suggestion = suggestion;
    this.maybeFormula = maybeFormula;
  }

  complaint({ problems }: CommandMessages): Complaint {
    return complain(
      problems.unknownCommand(this.written),
      this.suggestion && problems.didYouMean(this.suggestion),
      this.suggestion === null && this.maybeFormula ? problems.formulaNeedsCommand(this.written) : null,
      problems.seeHelp(''),
    );
  }
}

export class UnknownOption extends Problem {
  readonly written: string;
  readonly command: string;
  readonly suggestion: string | null;
  readonly known: readonly string[];

  constructor(written: string, command: string, suggestion: string | null, known: readonly string[]) {
    super(`unknown option ${written}`);
    this.written = written;
    this.command = command;
    this.suggestion = suggestion;
    this.known = known;
  }

  complaint({ problems }: CommandMessages): Complaint {
    return complain(
      problems.unknownOption(this.written, this.command),
      this.suggestion ? problems.didYouMean(this.suggestion) : problems.knownOptions(this.known),
      problems.seeHelp(this.command),
    );
  }
}

/** `-x^2` where `-- -x^2` was meant. */
export class FormulaLooksLikeOption extends Problem {
  readonly written: string;
  readonly command: string;

  constructor(written: string, command: string) {
    super(`${written} is read as options`);
    this.written = written;
    this.command = command;
  }

  complaint({ problems }: CommandMessages): Complaint {
    return complain(
      problems.unknownOption(this.written, this.command),
      problems.formulaAfterDashes(this.command, this.written),
    );
  }
}

export class OptionWithoutValue extends Problem {
  readonly option: string;
  readonly example: string;

  constructor(option: string, example: string) {
    super(`${option} needs a value`);
    this.option = option;
    this.example = example;
  }

  complaint({ problems }: CommandMessages): Complaint {
    return complain(problems.optionWithoutValue(this.option, this.example));
  }
}

export class OptionWithValue extends Problem {
  readonly option: string;

  constructor(option: string) {
    super(`${option} takes no value`);
    this.option = option;
  }

  complaint({ problems }: CommandMessages): Complaint {
    return complain(problems.optionWithValue(this.option));
  }
}

/** A value that the option does not take. `expected` is a phrase such as `dot, json or svg`. */
export class WrongValue extends Problem {
  readonly option: string;
  readonly found: string;
  readonly expected: (messages: CommandMessages) => string;
  readonly suggestion: string | null;

  constructor(
    option: string,
    found: string,
    expected: (messages: CommandMessages) => string,
    suggestion: string | null = null,
  ) {
    super(`${option}: found ${found}`);
    this.option = option;
    this.found = found;
    this.expected = expected;
    this.suggestion = suggestion;
  }

  complaint(messages: CommandMessages): Complaint {
    return complain(
      messages.problems.wrongValue(this.option, this.found, this.expected(messages)),
      this.suggestion && messages.problems.didYouMean(this.suggestion),
    );
  }
}

export class InputMissing extends Problem {
  readonly command: string;

  constructor(command: string) {
    super(`${command} without an input`);
    this.command = command;
  }

  complaint({ problems }: CommandMessages): Complaint {
    return complain(problems.inputMissing(this.command), problems.seeHelp(this.command));
  }
}

/** Commands whose input is no formula. */
const FILES_ONLY: ReadonlySet<string> = new Set(['train', 'export', 'import']);

export class TooManyInputs extends Problem {
  readonly command: string;
  readonly found: readonly string[];

  constructor(command: string, found: readonly string[]) {
    super(`${found.length} inputs`);
    this.command = command;
    this.found = found;
  }

  complaint({ problems }: CommandMessages): Complaint {
    const [formula, ...others] = this.found;
    const pairs = others.every((text) => text.split(',').every((pair) => /^[^=\s]+=[^=]+$/.test(pair)));
    const option = others.some((text) => /^--[a-z]/.test(text));
    if (FILES_ONLY.has(this.command)) return complain(problems.tooManyInputs(this.command, this.found));
    return complain(
      problems.tooManyInputs(this.command, this.found),
      option
        ? problems.optionsBeforeDashes(this.command, formula)
        : pairs
          ? problems.valuesWithoutSpaces
          : problems.quoteFormula,
    );
  }
}

/** Why a file or standard input could not be read. */
export type Unreadable =
  | { readonly kind: 'missing'; readonly suggestion: string | null }
  | { readonly kind: 'directory' }
  /** A folder where a formula cannot have been meant. */
  | { readonly kind: 'folder' }
  | { readonly kind: 'binary'; readonly at: number }
  | { readonly kind: 'encoding' }
  /** The first line that is no text in UTF-8. */
  | { readonly kind: 'encodingAt'; readonly line: number }
  | { readonly kind: 'large'; readonly bytes: number | null; readonly limit: number }
  /** More than `limit` bytes once it is unpacked. */
  | { readonly kind: 'unpacked'; readonly limit: number }
  | { readonly kind: 'packedTwice' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'system'; readonly message: string };

export class UnreadableInput extends Problem {
  readonly origin: string;
  readonly reason: Unreadable;

  constructor(origin: string, reason: Unreadable) {
    super(`${origin}: ${reason.kind}`);
    this.origin = origin;
    this.reason = reason;
  }

  complaint({ problems, unreadable, thousands }: CommandMessages): Complaint {
    const count = (bytes: number): string => formatCount(bytes, { group: thousands });
    const { origin, reason } = this;
    switch (reason.kind) {
      case 'missing':
        return complain(
          unreadable.missing(origin),
          reason.suggestion && problems.didYouMean(reason.suggestion),
        );
      case 'directory':
        return complain(unreadable.directory(origin));
      case 'folder':
        return complain(unreadable.folder(origin));
      case 'binary':
        return complain(unreadable.binary(origin, reason.at));
      case 'encoding':
        return complain(unreadable.encoding(origin));
      case 'encodingAt':
        return complain(unreadable.encodingAt(origin, reason.line));
      case 'unpacked':
        return complain(unreadable.unpacked(origin, count(reason.limit)));
      case 'packedTwice':
        return complain(unreadable.packedTwice(origin));
      case 'large':
        return complain(
          unreadable.large(origin, reason.bytes === null ? null : count(reason.bytes), count(reason.limit)),
        );
      case 'empty':
        if (origin === 'notes') return complain(unreadable.emptyNotes);
        return complain(origin === 'formula' ? unreadable.emptyFormula : unreadable.empty(origin));
      case 'system':
    }
    return complain(unreadable.system(origin, reason.message));
  }
}

export class UnknownNode extends Problem {
  readonly option: string;
  readonly written: string;
  readonly suggestion: string | null;
  readonly known: readonly string[];

  constructor(option: string, written: string, suggestion: string | null, known: readonly string[]) {
    super(`no node is called ${written}`);
    this.option = option;
    this.written = written;
    this.suggestion = suggestion;
    this.known = known;
  }

  complaint({ problems }: CommandMessages): Complaint {
    return complain(
      problems.unknownNode(this.option, this.written),
      this.suggestion ? problems.didYouMean(this.suggestion) : problems.knownNodes(this.known),
    );
  }
}

/** A run is too long to be told step by step. */
export class TooManySteps extends Problem {
  readonly algorithm: string;
  readonly steps: bigint;
  readonly limit: number;

  constructor(algorithm: string, steps: bigint, limit: number) {
    super(`${algorithm}: more than ${limit} steps`);
    this.algorithm = algorithm;
    this.steps = steps;
    this.limit = limit;
  }

  complaint({ problems }: CommandMessages): Complaint {
    const { algorithm, steps, limit } = this;
    return complain(
      problems.tooManySteps(algorithm, formatCount(steps), formatCount(limit)),
      problems.seeCompare(algorithm),
    );
  }
}

/** A file that begins like a recording or a run and is none. */
export class DataRefused extends Problem {
  readonly origin: string;
  /** Where it is wrong, what is there and what was expected. */
  readonly wrong: string;

  constructor(origin: string, cause: Error) {
    super(`${origin}: ${cause.message}`, { cause });
    this.origin = origin;
    this.wrong = cause.message;
  }

  complaint({ problems }: CommandMessages): Complaint {
    return complain(problems.dataRefused(this.origin), this.wrong);
  }
}

/** The page is not there to be shown. */
export class SiteMissing extends Problem {
  override readonly exitCode = 1;
  readonly folder: string;

  constructor(folder: string) {
    super(`The page is not built: nothing at ${folder}. Build it with: npm run build`);
    this.folder = folder;
  }

  complaint({ problems }: CommandMessages): Complaint {
    return complain(problems.siteMissing(this.folder), problems.buildSite);
  }
}

/** The server could not listen. */
export class PortTaken extends Problem {
  override readonly exitCode = 1;
  readonly port: number;

  constructor(port: number, cause: unknown) {
    super(`Port ${port} cannot be used`, { cause });
    this.port = port;
  }

  complaint({ problems }: CommandMessages): Complaint {
    return complain(problems.portTaken(this.port), this.cause instanceof Error ? this.cause.message : null);
  }
}
