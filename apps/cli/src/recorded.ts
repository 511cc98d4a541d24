import { RecordingError, recordingFromJson, type Recording } from '@backflow/engine';
import { TraceError, traceFromJson, type Trace } from '@backflow/trace';
import { DataRefused } from './problem.ts';
import type { Source } from './source.ts';

/** An INPUT that was not written but recorded. */
export interface ReadRecording {
  readonly recording: Recording;
  /** Null for a recording without a run. */
  readonly trace: Trace | null;
}

/** Reads a text that begins like a recording or a run, checked throughout; null for any other. Throws `DataRefused`. */
export function readRecording({ origin, text }: Source): ReadRecording | null {
  const kind = /^\s*\{\s*"format"\s*:\s*"backflow-(recording|trace)"/.exec(text)?.[1];
  if (kind === undefined) return null;
  try {
    if (kind === 'recording') return { recording: recordingFromJson(text, { verify: true }), trace: null };
    const trace = traceFromJson(text, { verify: true });
    return { recording: trace.recording, trace };
  } catch (error) {
    if (error instanceof RecordingError || error instanceof TraceError) throw new DataRefused(origin, error);
    throw error;
  }
}
