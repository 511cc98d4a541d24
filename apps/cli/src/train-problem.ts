import type { CommandMessages } from '@backflow/messages';
import { Problem, type Complaint } from './problem.ts';

/** A file cannot be written. */
export class FileNotWritten extends Problem {
  override readonly exitCode = 1;
  readonly file: string;
  readonly reason: NotWritten;

  constructor(file: string, reason: NotWritten) {
    super(`${file}: ${reason.kind}`);
    this.file = file;
    this.reason = reason;
  }

  complaint({ train }: CommandMessages): Complaint {
    const { file, reason } = this;
    const why = reason.kind === 'system' ? reason.message : train.notWrittenAs[reason.kind];
    return { what: train.notWritten(file, why), help: [] };
  }
}

/** Why a file could not be written: it is a folder, its folder is not there, or what the system says. */
type NotWritten =
  { readonly kind: 'folder' | 'nowhere' } | { readonly kind: 'system'; readonly message: string };

/** Pictures to test on are not like those that are trained on. */
export class OtherPictures extends Problem {
  readonly file: string;
  /** Sizes as `28 × 28`; null where what is trained on are no pictures. */
  readonly expected: string | null;
  readonly found: string;

  constructor(file: string, found: string, expected: string | null) {
    super(`${file}: ${found}`);
    this.file = file;
    this.found = found;
    this.expected = expected;
  }

  complaint({ train }: CommandMessages): Complaint {
    const { file, found, expected } = this;
    return { what: train.otherPictures(file, found, expected), help: [] };
  }
}

/** A file that should have held weights, a training or a state dict, or weights that another format cannot hold. */
export class FileRefused extends Problem {
  readonly origin: string;
  readonly kind: 'checkpoint' | 'weights' | 'state' | 'export';
  /** Where it is wrong, what is there and what was expected. */
  readonly wrong: string;

  constructor(origin: string, kind: FileRefused['kind'], wrong: string) {
    super(`${origin}: ${wrong}`);
    this.origin = origin;
    this.kind = kind;
    this.wrong = wrong;
  }

  complaint({ train }: CommandMessages): Complaint {
    return { what: train.refused[this.kind](this.origin), help: [this.wrong] };
  }
}

/** Examples that cannot be used; `said` names file, place, what was found and what was expected. */
export class DataUnusable extends Problem {
  readonly said: string;

  constructor(said: string, cause: unknown) {
    super(said, { cause });
    this.said = said;
  }

  complaint(): Complaint {
    return { what: this.said, help: [] };
  }
}

/** Neither the document nor the options say what to train on. */
export class DataMissing extends Problem {
  constructor() {
    super('no data');
  }

  complaint({ train, problems }: CommandMessages): Complaint {
    return { what: train.noData, help: [train.nameData, problems.seeHelp('train')] };
  }
}

/** Network, loss and data do not fit together; `said` is why. */
export class NetworkUnfit extends Problem {
  constructor(said: string, cause?: unknown) {
    super(said, { cause });
  }

  complaint({ train }: CommandMessages): Complaint {
    return { what: train.doesNotFit, help: [this.message] };
  }
}

/** A checkpoint is of another training, or of other data. */
export class ResumeRefused extends Problem {
  readonly file: string;
  /** Empty where the data differ. */
  readonly differences: readonly { readonly path: string; readonly found: string; readonly kept: string }[];

  constructor(file: string, differences: ResumeRefused['differences']) {
    super(`${file} is of another training`);
    this.file = file;
    this.differences = differences;
  }

  complaint({ train }: CommandMessages): Complaint {
    const { file, differences } = this;
    if (differences.length === 0) return { what: train.otherData(file), help: [train.sameData] };
    return {
      what: train.otherTraining(file),
      help: differences.map(({ path, found, kept }) => train.difference(path, found, kept)),
    };
  }
}

/** The document describes no network. */
export class NoNetwork extends Problem {
  readonly origin: string;

  constructor(origin: string) {
    super(`${origin} has no network`);
    this.origin = origin;
  }

  complaint({ train, problems }: CommandMessages): Complaint {
    return { what: train.noNetwork(this.origin), help: [train.networkLine, problems.seeHelp('train')] };
  }
}
