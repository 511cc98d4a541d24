import * as v from 'valibot';
import { linkSchema } from '../link/schema.ts';
import { DIGITS, initialSettings, THEMES, type Settings } from '../state/session.ts';
import type { Saved } from './shelf.ts';
import type { Visit } from './visit.ts';

const saved = v.object({
  version: v.literal(1),
  text: v.pipe(v.string(), v.maxLength(2_000_000)),
  /** The fragment that the page wrote for this text: a page that opens with another one was sent by somebody. */
  fragment: v.optional(v.pipe(v.string(), v.maxLength(3_000_000))),
  notes: v.optional(v.boolean()),
});

const settings = v.object({
  version: v.literal(1),
  language: v.picklist(['en', 'de']),
  theme: v.picklist(THEMES),
  digits: v.pipe(v.number(), v.integer(), v.minValue(DIGITS.least), v.maxValue(DIGITS.most)),
  singleKeys: v.boolean(),
  teacher: v.optional(v.boolean(), false),
});

const visit = v.object({ fragment: v.string(), state: linkSchema, opened: v.nullable(linkSchema) });

/** What the shelf's text says of a piece of work; null where it is anything else. */
export function savedIn(text: string): Saved | null {
  const work = parsed(saved, text);
  return work === null
    ? null
    : { text: work.text, fragment: work.fragment, ...(work.notes ? { notes: true } : {}) };
}

export function settingsIn(text: string): Settings | null {
  const stored = parsed(settings, text);
  if (stored === null) return null;
  const { version: _version, ...rest } = stored;
  return { ...initialSettings, ...rest };
}

export function visitIn(text: string): Visit | null {
  return parsed(visit, text);
}

function parsed<T extends v.GenericSchema>(schema: T, text: string): v.InferOutput<T> | null {
  try {
    const result = v.safeParse(schema, JSON.parse(text));
    return result.success ? result.output : null;
  } catch {
    // What is stored may be anything.
    return null;
  }
}
