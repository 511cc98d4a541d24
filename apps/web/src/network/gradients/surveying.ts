import {
  GradientReplay,
  survey,
  type Dataset,
  type LossSpec,
  type NetworkSpec,
  type Survey,
} from '@backflow/nn';
import { signal, type ReadonlySignal } from '@preact/signals';
import { inSlices } from './slices.ts';

/** What is to be surveyed. */
export interface Question {
  readonly network: NetworkSpec;
  readonly loss: LossSpec;
  readonly parameters: Float64Array;
  readonly dataset: Dataset;
  readonly examples: Int32Array;
}

export interface Surveyed {
  readonly survey: Survey;
  readonly question: Question;
}

export interface SurveyState {
  /** The last that was finished; null before the first. */
  readonly last: Surveyed | null;
  /** Examples that are done, while one is under way; null while none is. */
  readonly done: number | null;
  /** Why there is none. */
  readonly problem: string | null;
}

/** Examples that have a column. */
export const MOST_COLUMNS = 100;

export interface Surveyor {
  readonly state: ReadonlySignal<SurveyState>;
  /**
   * Surveys the data. A question that comes while another is worked on takes its place; a `patient` one waits until that is
   * answered, and then for a while, so that training, which asks again and again, goes on in between.
   */
  ask(question: Question, patient: boolean): void;
  stop(): void;
}

/** The time, and a way to wait; a test brings its own. */
export interface SurveyClock {
  now(): number;
  wait(then: () => void, ms: number): () => void;
}

const CLOCK: SurveyClock = {
  now: () => performance.now(),
  wait(then, ms) {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
};

/** True where both have the same rows and columns, with the same meaning. */
function alike(a: Question, b: Question): boolean {
  const shape = ({ network, loss, dataset: { size, inputs, targets, task, classes } }: Question): string =>
    JSON.stringify([network, loss, size, inputs, targets, task, classes]);
  return shape(a) === shape(b);
}

/** After a survey of t ms comes a rest of this times t, and of at least that many ms. */
const REST = { factor: 3, least: 250 };

export function surveyorWith(clock: SurveyClock = CLOCK): Surveyor {
  const state = signal<SurveyState>({ last: null, done: null, problem: null });
  let end: (() => void) | null = null;
  let next: Question | null = null;
  let replay: { readonly key: string; readonly replay: GradientReplay } | null = null;

  const replayOf = ({ network, loss }: Question): GradientReplay => {
    const key = JSON.stringify([network, loss]);
    if (replay?.key !== key) replay = { key, replay: new GradientReplay(network, loss) };
    return replay.replay;
  };

  function begin(question: Question, patient: boolean): void {
    const started = clock.now();
    function* work(): Generator<number, Survey | string> {
      try {
        const { parameters, loss, dataset, examples } = question;
        return yield* survey(replayOf(question), parameters, loss, dataset, examples, MOST_COLUMNS);
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    }
    const { last } = state.peek();
    // What was found out about another network, or of other data, would be shown with the names of these.
    state.value = {
      last: last !== null && alike(last.question, question) ? last : null,
      done: 0,
      problem: state.peek().problem,
    };
    end = inSlices(
      work(),
      (found) => {
        end = null;
        state.value =
          typeof found === 'string'
            ? { last: null, done: null, problem: found }
            : { last: { survey: found, question }, done: null, problem: null };
        if (!patient) return;
        const rest = Math.max(REST.least, REST.factor * (clock.now() - started));
        end = clock.wait(() => {
          end = null;
          const asked = next;
          next = null;
          if (asked !== null) begin(asked, true);
        }, rest);
      },
      (done) => {
        state.value = { ...state.peek(), done };
      },
      () => clock.now(),
    );
  }

  return {
    state,
    ask(question, patient) {
      if (end !== null && patient) {
        next = question;
        return;
      }
      end?.();
      next = null;
      begin(question, patient);
    },
    stop() {
      end?.();
      end = null;
      next = null;
      state.value = { ...state.peek(), done: null };
    },
  };
}
