import type { Messages } from '@backflow/messages';
import { GRANULARITIES } from '@backflow/trace';
import { nextSpeed, type App } from './app.ts';
import { DIGITS, PREDICTIONS, THEMES } from './session.ts';

export type CommandId = keyof Messages['page']['commands'];
export type CommandGroup = keyof Messages['page']['commandGroups'];

/** What the rim can do and the state cannot: files, clipboard, pictures. */
export interface Hands {
  newDocument(): void;
  openExample(id: keyof Messages['page']['examples']): void;
  open(): void;
  save(): void;
  share(): void;
  exportSvg(): void;
  exportPng(): void;
  exportDerivation(): void;
  /** Puts the derivation of the present program in the document's place. */
  writeNotes(): void;
  backToWork(): void;
  /** Puts text, step and view back to what the link or the example brought. */
  reset(): void;
  /** The address that brings others here; null if the document is too long for one. */
  address(): Promise<string | null>;
}

/** One thing a reader can do: the source of buttons, keys, the palette and the help. */
export interface Command {
  readonly id: CommandId;
  readonly group: CommandGroup;
  /** As `matchesKey` reads them. */
  readonly keys: readonly string[];
  /** `typing`: also while a text field has the focus. `projector`: only in projector mode, wherever the focus is. */
  readonly where?: 'typing' | 'projector';
  readonly enabled?: (app: App) => boolean;
  readonly perform: (app: App, hands: Hands) => void;
}

const hasSteps = (app: App): boolean => app.timeline.value.of > 0;
const hasRun = (app: App): boolean => app.run.value !== null;
const canStepBack = (app: App): boolean => app.timeline.value.step > 0;
const canStepForward = (app: App): boolean => !app.timeline.value.ended;
const hasGraph = (app: App): boolean => app.graph.value !== null && hasRun(app);
const hasMarks = (app: App): boolean => (app.notes.value?.marks.value.length ?? 0) > 0;
const hasStops = (app: App): boolean => (app.lecture.value?.count.value ?? 0) > 0;
const onLeaf = (app: App): boolean => {
  const run = app.run.value;
  const node = app.selected.value;
  return run !== null && node >= 0 && run.shown.operation[node] === 0 && !app.readOnly.value;
};

function cycle<T>(all: readonly T[], current: T, by = 1): T {
  return all[(all.indexOf(current) + by + all.length) % all.length];
}

function stepGranularity(app: App, by: 1 | -1): void {
  const at = GRANULARITIES.indexOf(app.session.value.granularity) + by;
  app.update({ granularity: GRANULARITIES[Math.max(0, Math.min(GRANULARITIES.length - 1, at))] });
}

function setDigits(app: App, digits: number): void {
  app.setUp({ digits: Math.max(DIGITS.least, Math.min(DIGITS.most, digits)) });
}

/** Closes what is open, innermost first. */
function escape(app: App): void {
  const session = app.session.value;
  if (app.dialog.value !== null) app.dialog.value = null;
  else if (session.blank) app.update({ blank: false });
  else if (app.memo.value?.forecast.leave() === true) return;
  else if (app.playing.value) app.pause();
  else if (app.notes.value?.marks.value.some(({ open }) => open)) app.notes.value.close();
  else if (session.selected !== null) app.select(null);
  else if (session.inspector) app.update({ inspector: false });
  else if (session.projector) app.update({ projector: false });
}

export const COMMANDS: readonly Command[] = [
  {
    id: 'playPause',
    group: 'steps',
    keys: ['Space'],
    enabled: hasSteps,
    perform: (app) => (app.playing.value ? app.pause() : app.play()),
  },
  {
    id: 'stepForward',
    group: 'steps',
    keys: ['ArrowRight', 'Mod+ArrowRight'],
    enabled: canStepForward,
    perform: (app) => app.step(1),
  },
  {
    id: 'stepBack',
    group: 'steps',
    keys: ['ArrowLeft', 'Mod+ArrowLeft'],
    enabled: canStepBack,
    perform: (app) => app.step(-1),
  },
  {
    id: 'nodeForward',
    group: 'steps',
    keys: ['Shift+ArrowRight'],
    enabled: canStepForward,
    perform: (app) => app.step(1, 'node'),
  },
  {
    id: 'nodeBack',
    group: 'steps',
    keys: ['Shift+ArrowLeft'],
    enabled: canStepBack,
    perform: (app) => app.step(-1, 'node'),
  },
  { id: 'toStart', group: 'steps', keys: ['Home'], enabled: canStepBack, perform: (app) => app.toStart() },
  { id: 'toEnd', group: 'steps', keys: ['End'], enabled: canStepForward, perform: (app) => app.toEnd() },
  {
    id: 'nextStop',
    group: 'steps',
    keys: ['PageDown'],
    where: 'projector',
    enabled: hasStops,
    perform: (app) => app.lecture.value?.move(1),
  },
  {
    id: 'previousStop',
    group: 'steps',
    keys: ['PageUp'],
    where: 'projector',
    enabled: hasStops,
    perform: (app) => app.lecture.value?.move(-1),
  },
  { id: 'finer', group: 'steps', keys: ['D'], perform: (app) => stepGranularity(app, 1) },
  { id: 'coarser', group: 'steps', keys: ['U'], perform: (app) => stepGranularity(app, -1) },
  {
    id: 'faster',
    group: 'steps',
    keys: ['>'],
    perform: (app) => app.update({ speed: nextSpeed(app.session.value.speed, 1) }),
  },
  {
    id: 'slower',
    group: 'steps',
    keys: ['<'],
    perform: (app) => app.update({ speed: nextSpeed(app.session.value.speed, -1) }),
  },
  {
    id: 'updatePass',
    group: 'steps',
    keys: [],
    perform: (app) => app.update({ rate: app.session.value.rate === null ? 0.1 : null }),
  },
  {
    id: 'predict',
    group: 'steps',
    keys: ['Q'],
    perform: (app) => app.update({ predict: cycle(PREDICTIONS, app.session.value.predict) }),
  },
  {
    id: 'nudgeUp',
    group: 'steps',
    keys: ['ArrowUp'],
    enabled: onLeaf,
    perform: (app) => app.nudgeBy(app.selected.value, 1, 1),
  },
  {
    id: 'nudgeDown',
    group: 'steps',
    keys: ['ArrowDown'],
    enabled: onLeaf,
    perform: (app) => app.nudgeBy(app.selected.value, -1, 1),
  },

  {
    id: 'fit',
    group: 'view',
    keys: ['Shift+1'],
    enabled: hasGraph,
    perform: (app) => app.graph.value?.fit(),
  },
  {
    id: 'zoomIn',
    group: 'view',
    keys: ['+'],
    enabled: hasGraph,
    perform: (app) => app.graph.value?.zoomBy(1.25),
  },
  {
    id: 'zoomOut',
    group: 'view',
    keys: ['-'],
    enabled: hasGraph,
    perform: (app) => app.graph.value?.zoomBy(0.8),
  },
  {
    id: 'follow',
    group: 'view',
    keys: ['F'],
    perform: (app) => app.update({ following: !app.session.value.following }),
  },
  {
    id: 'find',
    group: 'view',
    keys: ['Mod+F'],
    where: 'typing',
    enabled: hasRun,
    perform: (app) => (app.dialog.value = 'find'),
  },
  {
    id: 'showGraph',
    group: 'view',
    keys: ['G'],
    perform: (app) => app.update({ mode: 'graph', tab: 'graph' }),
  },
  {
    id: 'showTable',
    group: 'view',
    keys: ['T'],
    perform: (app) => app.update({ mode: 'table', tab: 'table' }),
  },
  {
    id: 'showMemo',
    group: 'view',
    keys: ['M'],
    perform: (app) => app.update({ mode: 'memo', tab: 'memo' }),
  },
  {
    id: 'showNetwork',
    group: 'view',
    keys: ['K'],
    enabled: (app) => (app.run.value?.network ?? null) !== null,
    perform: (app) => app.update({ mode: 'network', tab: 'network' }),
  },
  {
    id: 'toggleSource',
    group: 'view',
    keys: ['S'],
    perform: (app) => app.update({ source: !app.session.value.source }),
  },
  {
    id: 'toggleInspector',
    group: 'view',
    keys: ['I'],
    perform: (app) => {
      const inspector = !app.session.value.inspector;
      app.update({ inspector, inspectorOpens: inspector });
    },
  },
  {
    id: 'toggleSum',
    group: 'view',
    keys: ['O'],
    enabled: (app) => app.selected.value >= 0,
    perform: (app) => app.toggleSum(app.selected.value),
  },
  {
    id: 'nextMark',
    group: 'view',
    keys: ['F8', 'N'],
    where: 'typing',
    enabled: hasMarks,
    perform: (app) => app.notes.value?.next(),
  },
  {
    id: 'moreAboutMark',
    group: 'view',
    keys: ['F9', 'W'],
    where: 'typing',
    enabled: hasMarks,
    perform: (app) => app.notes.value?.more(),
  },
  {
    id: 'projector',
    group: 'view',
    keys: ['P'],
    perform: (app) => app.update({ projector: !app.session.value.projector, blank: false }),
  },
  {
    id: 'blank',
    group: 'view',
    keys: ['.', 'B'],
    where: 'projector',
    enabled: (app) => app.session.value.projector,
    perform: (app) => app.update({ blank: !app.session.value.blank }),
  },

  {
    id: 'undo',
    group: 'document',
    keys: ['Mod+Z'],
    enabled: (app) => app.history.value.past.length > 0,
    perform: (app) => app.undo(),
  },
  {
    id: 'redo',
    group: 'document',
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    enabled: (app) => app.history.value.future.length > 0,
    perform: (app) => app.redo(),
  },
  {
    id: 'reset',
    group: 'document',
    keys: ['R'],
    enabled: (app) => app.opened.value !== null && !app.readOnly.value,
    perform: (_app, hands) => hands.reset(),
  },
  { id: 'newDocument', group: 'document', keys: [], perform: (_app, hands) => hands.newDocument() },
  { id: 'open', group: 'document', keys: ['Mod+O'], where: 'typing', perform: (_app, hands) => hands.open() },
  { id: 'save', group: 'document', keys: ['Mod+S'], where: 'typing', perform: (_app, hands) => hands.save() },
  { id: 'share', group: 'document', keys: [], perform: (_app, hands) => hands.share() },
  { id: 'qr', group: 'document', keys: ['L'], perform: (app) => (app.dialog.value = 'qr') },
  {
    id: 'exportSvg',
    group: 'document',
    keys: [],
    enabled: hasGraph,
    perform: (_app, hands) => hands.exportSvg(),
  },
  {
    id: 'exportPng',
    group: 'document',
    keys: [],
    enabled: hasGraph,
    perform: (_app, hands) => hands.exportPng(),
  },
  {
    id: 'exportDerivation',
    group: 'document',
    keys: [],
    enabled: hasRun,
    perform: (_app, hands) => hands.exportDerivation(),
  },
  {
    id: 'exportMarked',
    group: 'document',
    keys: [],
    enabled: hasMarks,
    perform: (app) => app.notes.value?.exportMarked(),
  },
  {
    id: 'writeNotes',
    group: 'document',
    keys: [],
    enabled: (app) => hasRun(app) && !app.readOnly.value,
    perform: (_app, hands) => hands.writeNotes(),
  },
  {
    id: 'backToWork',
    group: 'document',
    keys: [],
    enabled: (app) => app.origin.value !== 'work',
    perform: (_app, hands) => hands.backToWork(),
  },

  {
    id: 'palette',
    group: 'page',
    keys: ['Mod+K'],
    where: 'typing',
    perform: (app) => (app.dialog.value = 'palette'),
  },
  { id: 'help', group: 'page', keys: ['?'], perform: (app) => (app.dialog.value = 'help') },
  {
    id: 'theme',
    group: 'page',
    keys: [],
    perform: (app) => app.setUp({ theme: cycle(THEMES, app.settings.value.theme) }),
  },
  {
    id: 'language',
    group: 'page',
    keys: [],
    perform: (app) => app.setUp({ language: app.settings.value.language === 'en' ? 'de' : 'en' }),
  },
  {
    id: 'moreDigits',
    group: 'page',
    keys: [],
    perform: (app) => setDigits(app, app.digits.value + 1),
  },
  {
    id: 'fewerDigits',
    group: 'page',
    keys: [],
    perform: (app) => setDigits(app, app.digits.value - 1),
  },
  {
    id: 'singleKeys',
    group: 'page',
    keys: [],
    perform: (app) => app.setUp({ singleKeys: !app.settings.value.singleKeys }),
  },
  { id: 'escape', group: 'page', keys: ['Escape'], where: 'typing', perform: escape },
];

export function commandOf(id: CommandId): Command {
  return COMMANDS.find((command) => command.id === id)!;
}

export function isEnabled(command: Command, app: App): boolean {
  return command.enabled?.(app) ?? true;
}
