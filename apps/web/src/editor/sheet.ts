/** Styles of both editors, inside their shadow root; colours come from the page's custom properties. */
const CSS = `
:host { display: block; height: 100%; }
.plain {
  display: grid;
  height: 100%;
  overflow: auto;
  align-items: start;
}
.plain > * {
  grid-area: 1 / 1;
  margin: 0;
  min-height: 100%;
}
.plain pre, .plain textarea, .cm-content {
  border: 0;
  font: var(--text-code) / 1.6 var(--font-code);
  letter-spacing: 0;
  overflow-wrap: anywhere;
  tab-size: 2;
  white-space: break-spaces;
  word-break: break-word;
}
.plain pre, .plain textarea { padding: 10px 14px 40px; }
.plain pre { color: var(--ink); pointer-events: none; }
.plain textarea {
  background: transparent;
  caret-color: var(--ink);
  color: transparent;
  field-sizing: content;
  outline: none;
  overflow: hidden;
  resize: none;
  width: 100%;
}
.plain textarea.bare { color: var(--ink); height: 100%; overflow: auto; field-sizing: fixed; }
.plain textarea::selection { background: color-mix(in srgb, var(--focus) 30%, transparent); }
.cm-editor { background: transparent; color: var(--ink); height: 100%; }
.cm-editor.cm-focused { outline: none; }
.cm-editor .cm-scroller { font: var(--text-code) / 1.6 var(--font-code); }
.cm-editor .cm-content { caret-color: var(--ink); padding: 10px 0 40px; }
.cm-editor .cm-line { padding: 0 14px; }
.cm-editor .cm-activeLine { background: transparent; }
.cm-editor.cm-focused .cm-activeLine { background: var(--sunken); }
.cm-editor .cm-cursor { border-left: 2px solid var(--ink); }
.cm-editor ::selection { background: color-mix(in srgb, var(--focus) 30%, transparent) !important; }
.t-name, .t-bracket, .t-separator { color: var(--code-name); }
.t-definition { color: var(--code-name); font-weight: 650; }
.t-number, .t-constant { color: var(--code-number); }
.t-operator { color: var(--code-operator); }
.t-function, .t-keyword { color: var(--code-function); }
.t-comment, .t-fence { color: var(--code-comment); }
.t-invalid { color: var(--error); }
.cm-editor .cm-scroller .cm-gutters { background: transparent; border: 0; color: var(--muted); }
.cm-editor .cm-signs { width: 0; }
:host([data-signs]) .cm-editor .cm-signs { width: 46px; }
:host([data-signs]) .cm-editor .cm-line { padding-left: 4px; }
.cm-signs .cm-gutterElement { display: flex; }
button.sign {
  align-items: baseline;
  background: none;
  border: 0;
  border-radius: 4px;
  color: inherit;
  cursor: pointer;
  display: flex;
  font: inherit;
  gap: 4px;
  justify-content: flex-end;
  padding: 0 5px 0 2px;
  width: 100%;
}
button.sign:hover, button.sign[aria-expanded='true'] { background: var(--hover); }
button.sign:focus-visible { outline: 2px solid var(--focus); outline-offset: -2px; }
button.sign .number { font-size: 11px; }
button.sign .shape { font-size: 16px; font-weight: 700; text-align: center; width: 1.1em; }
button.sign[data-sign='✓'] .shape { color: var(--forward); }
button.sign[data-sign='✗'] .shape { color: var(--error); }
button.sign[data-sign='≈'] .shape, button.sign[data-sign='↳'] .shape { color: var(--notice); }
button.sign[data-sign='?'] .shape { color: var(--focus); }
@media (pointer: coarse), (max-width: 700px) {
  button.sign { align-items: center; min-height: 44px; min-width: 44px; }
  .cm-editor .cm-line.marked { align-content: center; min-height: 44px; }
}
.spoken { background: var(--lit); border-radius: 2px; }
.repaired { text-decoration: underline dotted var(--muted) 2px; text-underline-offset: 3px; }
.follows { text-decoration: underline dashed var(--notice) 1px; text-underline-offset: 4px; }
.wrong { background: var(--error-wash); text-decoration: underline wavy var(--error) 1.5px; text-decoration-skip-ink: none; text-underline-offset: 3px; }
.selected { background: var(--lit); border-radius: 2px; }
.error { text-decoration: underline wavy var(--error) 1.5px; text-decoration-skip-ink: none; text-underline-offset: 3px; background: var(--error-wash); }
.notice { text-decoration: underline dotted var(--notice) 2px; text-decoration-skip-ink: none; text-underline-offset: 3px; }
`;

let sheet: CSSStyleSheet | null = null;

/** The shadow root of an editor; under a strict policy its styles are adopted, not written into the page. */
export function rootOn(host: HTMLElement): ShadowRoot {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  if (sheet === null) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  root.adoptedStyleSheets = [sheet];
  return root;
}
