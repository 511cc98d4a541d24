/** Letters that LaTeX spells out. */
export const LETTERS: ReadonlyMap<string, string> = new Map(
  (
    'alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta θ iota ι kappa κ lambda λ mu μ nu ν ' +
    'xi ξ omicron ο pi π varpi π rho ρ varrho ρ sigma σ varsigma ς tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω ' +
    'Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Upsilon Υ Phi Φ Psi Ψ Omega Ω ell ℓ hbar ħ imath i jmath j'
  )
    .split(' ')
    .reduce<[string, string][]>(pairs, []),
);

/** Names of functions that LaTeX knows. */
export const FUNCTION_COMMANDS: ReadonlySet<string> = new Set(
  (
    'sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth exp log ln lg max min det dim lim inf sup ' +
    'argmax argmin sigmoid relu softmax sign'
  ).split(' '),
);

/** Stand-ins for LaTeX structure in a text that is spelled out; private characters, so that no text means them. */
export const ROW = '\ue000';
export const TEXT_FROM = '\ue001';
export const TEXT_TO = '\ue002';
export const FRACTION = '\ue010';
export const ROOT = '\ue011';
export const BEGIN_LAYOUT = '\ue020';
export const BEGIN_CASES = '\ue021';
export const BEGIN_MATRIX = '\ue022';
export const END_BLOCK = '\ue023';
export const UNKNOWN = '\ue030';
/** Stands between two letters that are not one word and have no blank between them. */
export const HAIR = '\u200a';
export const QUAD = '\u2003';
export const DIFFERENTIAL = 'ⅆ';

/** Signs that LaTeX spells out. */
export const SIGN_COMMANDS: ReadonlyMap<string, string> = new Map(
  (
    'cdot · times × ast * star * bullet · div ÷ odot ⊙ circ ∘ partial ∂ nabla ∇ infty ∞ pm ± sum ∑ prod ∏ Sigma ∑ Pi ∏ ' +
    'le ≤ leq ≤ leqslant ≤ leqq ≤ lt < ge ≥ geq ≥ geqslant ≥ geqq ≥ gt > ne ≠ neq ≠ approx ≈ approxeq ≈ simeq ≈ cong ≈ sim ≈ ' +
    'doteq ≈ equiv ≡ triangleq = coloneqq ≔ colon : propto ∝ in ∈ to → rightarrow → longrightarrow → mapsto → Rightarrow ⇒ ' +
    'Longrightarrow ⇒ implies ⇒ iff ⇔ Leftrightarrow ⇔ gets ← leftarrow ← longleftarrow ← hookrightarrow → hookleftarrow ← ' +
    'Leftarrow ← uparrow ↑ downarrow ↓ searrow ↘ nearrow ↗ ldots … dots … cdots … dotsc … dotsb … dotsm … dotso … vdots ⋮ ' +
    'ddots ⋱ prime ′ top ⊤ intercal ⊤ lvert | rvert | vert | mid | lVert ‖ rVert ‖ Vert ‖ lbrace ❴ rbrace ❵ lbrack [ rbrack ] ' +
    'langle ( rangle ) lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ therefore ∴ because ∵ forall ∀ exists ∃ surd √ cup ∪ cap ∩ subset ⊂ ' +
    'otimes ⊗ oplus ⊕ neg ¬ land ∧ wedge ∧ lor ∨ vee ∨ int ∫ gg ≫ ll ≪ checkmark ✓ lparen ( rparen ) slash /'
  )
    .split(' ')
    .reduce<[string, string][]>(pairs, []),
);

/** Commands that only change looks; what follows them is read as if they were not there. */
export const SILENT: ReadonlySet<string> = new Set(
  (
    'left right middle big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm biggm Biggm limits nolimits ' +
    'displaylimits displaystyle textstyle scriptstyle scriptscriptstyle nonumber notag hfill hline small large Large normalsize ' +
    'bf rm it sf tt cal boxed fbox framebox cancel bcancel xcancel mathop mathord mathbin mathrel mathopen mathclose mathinner ' +
    'ensuremath hbox noindent centering allowbreak strut bigstar smash hphantom ensurestackMath mathstrut'
  ).split(' '),
);

/** Commands that drop with everything in their braces, and how many braces that are. */
export const DROPPED: ReadonlyMap<string, number> = new Map(
  (
    'label 1 tag 1 color 1 hspace 1 vspace 1 phantom 1 vphantom 1 ref 1 eqref 1 cite 1 textcolor 1 colorbox 1 overset 1 ' +
    'underset 1 stackrel 1 fontsize 2 raisebox 1 hskip 0 usepackage 1 documentclass 1 definecolor 3 setlength 2 footnote 1 ' +
    'intertext 1 shortintertext 1 fcolorbox 2 textcircled 1 circled 1 arraystretch 0 arraycolsep 0 rule 2 mspace 1 kern 0 mkern 0'
  )
    .split(' ')
    .reduce<[string, string][]>(pairs, [])
    .map(([name, count]) => [name, Number(count)]),
);

/** Commands around one letter or word that say nothing about what it is. */
export const FONTS: ReadonlySet<string> = new Set(
  (
    'mathbf mathrm mathit mathsf mathtt mathcal mathbb mathscr mathfrak mathnormal boldsymbol bm pmb vec operatorname ' +
    'overrightarrow symbf symup mathup textup overleftarrow overleftrightarrow underline'
  ).split(' '),
);

/** Commands around words. */
export const TEXTS: ReadonlySet<string> = new Set(
  'text textbf textrm textit textsf texttt textnormal mbox emph textstyle textsc'.split(' '),
);

/** Accents, as the character that goes behind the letter. */
export const ACCENTS: ReadonlyMap<string, string> = new Map([
  ['hat', '\u0302'],
  ['widehat', '\u0302'],
  ['bar', '\u0304'],
  ['overline', '\u0304'],
  ['tilde', '\u0303'],
  ['widetilde', '\u0303'],
  ['dot', '\u0307'],
  ['ddot', '\u0308'],
  ['check', '\u030c'],
  ['breve', '\u0306'],
]);

/** Words in `\text{…}` that are no names. */
export const WORDS: ReadonlySet<string> = new Set(
  (
    'if when otherwise else and or for where with so at hence thus since then is as in of to the by from therefore because ' +
    'wenn falls sonst und oder für mit bei also wo ist an si sinon et ou pour donc où avec'
  ).split(' '),
);

export const MATRICES = /^(?:[pbvBV]?|small)matrix\*?$|^array$|^tabular$/;
export const CASES = /^[dr]?cases\*?$/;

function pairs(list: [string, string][], word: string, i: number): [string, string][] {
  if (i % 2 === 0) list.push([word, '']);
  else list[list.length - 1][1] = word;
  return list;
}
