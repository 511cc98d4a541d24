import { resolve } from 'node:path';
import prettier from 'prettier';
import ts from 'typescript';

const top = resolve(import.meta.dirname, '../..');

/** A package that has a page of all its exports. */
export interface Book {
  /** Where the page is kept, from the top of the repository. */
  readonly path: string;
  readonly head: readonly string[];
  /** How each entry is imported, and its file. */
  readonly entries: readonly (readonly [string, string])[];
}

/** The pages that there are. */
export const BOOKS: readonly Book[] = [
  {
    path: 'docs/api.md',
    head: [
      '# The engine, export by export',
      '',
      'Made of the comments in `packages/engine/src` by `npm run docs:api`, in the order of its index. What the operations do at',
      'their edges is in [conventions.md](conventions.md).',
    ],
    entries: [
      ['@backflow/engine', 'packages/engine/src/index.ts'],
      ['@backflow/engine/func', 'packages/engine/src/func/index.ts'],
    ],
  },
  {
    path: 'docs/api-nn.md',
    head: [
      '# Networks, export by export',
      '',
      'Made of the comments in `packages/nn/src` by `npm run docs:api`, in the order of its index. How they are used is in',
      '[networks.md](networks.md).',
    ],
    entries: [
      ['@backflow/nn', 'packages/nn/src/index.ts'],
      ['@backflow/nn/files', 'packages/nn/src/files/index.ts'],
      ['@backflow/nn/exchange', 'packages/nn/src/exchange/index.ts'],
    ],
  },
];

/** The page, and what stands on it without a comment: `name` or `Class.member`. */
export interface Page {
  readonly text: string;
  readonly silent: readonly string[];
}

/** Where the page of a book is kept. */
export const fileOf = ({ path }: Book): string => resolve(top, path);

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  allowImportingTsExtensions: true,
  noEmit: true,
  strict: true,
  types: [],
  customConditions: ['@backflow/source'],
};

/** All sources, read once for all pages. */
const program = ts.createProgram(
  BOOKS.flatMap(({ entries }) => entries.map(([, path]) => resolve(top, path))),
  options,
);

/** Writes a page from the comments in the sources of its package, in the order of its index. */
export async function pageOf(book: Book): Promise<Page> {
  const writer = new Writer(program.getTypeChecker(), [...book.head, '']);
  for (const [name, path] of book.entries) {
    const source = program.getSourceFile(resolve(top, path));
    if (source === undefined) throw new Error(`${path} is not there.`);
    writer.entry(name, source);
  }
  const config = await prettier.resolveConfig(fileOf(book));
  return {
    text: await prettier.format(writer.lines.join('\n'), { ...config, parser: 'markdown' }),
    silent: writer.silent,
  };
}

class Writer {
  readonly lines: string[];
  readonly silent: string[] = [];
  private readonly checker: ts.TypeChecker;
  /** Everything that has a place of its own on the page. */
  private readonly shown = new Set<ts.Symbol>();

  constructor(checker: ts.TypeChecker, lines: string[]) {
    this.checker = checker;
    this.lines = lines;
  }

  entry(name: string, source: ts.SourceFile): void {
    for (const symbol of this.checker.getExportsOfModule(this.checker.getSymbolAtLocation(source)!)) {
      this.shown.add(this.meant(symbol));
    }
    this.lines.push(`## \`${name}\``, '');
    for (const statement of source.statements) {
      if (!ts.isExportDeclaration(statement)) continue;
      const title = titleOf(statement, source);
      if (title !== null) this.lines.push(`### ${title}`, '');
      for (const [called, symbol] of this.exportsOf(statement)) this.exported(called, symbol);
    }
  }

  /** What `export { … } from` and `export * from` bring, in their order. */
  private exportsOf({ exportClause: clause, moduleSpecifier }: ts.ExportDeclaration): [string, ts.Symbol][] {
    if (clause !== undefined && ts.isNamedExports(clause)) {
      return clause.elements.map(({ name }) => [name.text, this.checker.getSymbolAtLocation(name)!]);
    }
    if (clause !== undefined || moduleSpecifier === undefined) return [];
    const exported = this.checker.getExportsOfModule(this.checker.getSymbolAtLocation(moduleSpecifier)!);
    return exported.filter(isType).map((symbol) => [symbol.name, symbol]);
  }

  private meant(symbol: ts.Symbol): ts.Symbol {
    return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : this.checker.getAliasedSymbol(symbol);
  }

  private exported(name: string, local: ts.Symbol): void {
    const symbol = this.meant(local);
    const [first] = symbol.declarations ?? [];
    if (first === undefined) throw new Error(`${name} is exported and not declared.`);
    const doc = this.docOf(name, symbol);
    this.lines.push(`#### \`${name}\``, '');
    if (ts.isClassDeclaration(first)) {
      this.code(headOf(first));
      this.lines.push(doc, '');
      this.members(name, first);
    } else {
      this.code(this.signatureOf(name, symbol));
      this.lines.push(doc, '');
    }
  }

  private signatureOf(name: string, symbol: ts.Symbol): string {
    const declarations = symbol.declarations ?? [];
    const functions = declarations.filter(ts.isFunctionDeclaration);
    if (functions.length > 0) {
      const overloads = functions.filter((each) => each.body === undefined);
      return (overloads.length > 0 ? overloads : functions).map((each) => headOf(each)).join('\n');
    }
    const [declaration] = declarations;
    if (ts.isVariableDeclaration(declaration)) {
      const type = this.checker.getTypeOfSymbolAtLocation(symbol, declaration);
      const [signature] = type.getCallSignatures();
      if (signature !== undefined) {
        return `function ${name}${this.checker.signatureToString(signature)}`;
      }
      return `const ${name}: ${declaration.type?.getText() ?? shortened(this.checker.typeToString(type))}`;
    }
    return withoutExport(declaration.getText());
  }

  /** Public members that are declared in the class, or in one that it extends and that is not exported itself. */
  private members(name: string, declaration: ts.ClassDeclaration): void {
    const seen = new Set<string>();
    for (let of: ts.ClassDeclaration | null = declaration; of !== null; of = this.hiddenBaseOf(of)) {
      this.membersOf(name, of, seen, of === declaration);
    }
    this.lines.push('');
  }

  private hiddenBaseOf(declaration: ts.ClassDeclaration): ts.ClassDeclaration | null {
    const [clause] = declaration.heritageClauses ?? [];
    if (clause?.token !== ts.SyntaxKind.ExtendsKeyword) return null;
    const symbol = this.checker.getTypeAtLocation(clause.types[0]).getSymbol();
    const base = symbol?.declarations?.find(ts.isClassDeclaration);
    return base === undefined || base.getSourceFile().isDeclarationFile || this.shown.has(symbol!)
      ? null
      : base;
  }

  private membersOf(name: string, declaration: ts.ClassDeclaration, seen: Set<string>, own: boolean): void {
    for (const member of declaration.members) {
      if (isHidden(member)) continue;
      const constructs = ts.isConstructorDeclaration(member);
      const called = constructs ? 'constructor' : member.name?.getText();
      // A getter and its setter, and overloads, are one member.
      if (called === undefined || seen.has(called)) continue;
      const same = declaration.members.filter(
        (other) => (ts.isConstructorDeclaration(other) ? 'constructor' : other.name?.getText()) === called,
      );
      seen.add(called);
      const heads = same.filter((each) => same.length === 1 || !isImplementation(each, same));
      const comments = same.map((each) => commentOf(each)).filter((comment) => comment !== '');
      if (comments.length === 0) comments.push(...this.promised(declaration, called));
      if (comments.length === 0 && !constructs) {
        // What a base that is not exported says nothing of is its own affair.
        if (!own) continue;
        this.silent.push(`${name}.${called}`);
      }
      this.lines.push(`- \`${heads.map((each) => this.memberHead(each)).join('`, `')}\``);
      const text = comments.join('\n\n');
      if (text !== '')
        this.lines.push('', ...text.split('\n').map((line) => (line === '' ? '' : `  ${line}`)), '');
    }
  }

  /** What an interface that the class implements says of a member. */
  private promised({ heritageClauses }: ts.ClassDeclaration, called: string): string[] {
    const clause = heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ImplementsKeyword);
    const declared = (clause?.types ?? []).flatMap(
      (type) => this.checker.getTypeAtLocation(type).getProperty(called)?.declarations ?? [],
    );
    return declared.map(commentOf).filter((comment) => comment !== '');
  }

  /** The head of a member; the type of a property is told even where the source leaves it out. */
  private memberHead(member: ts.ClassElement): string {
    if (!ts.isPropertyDeclaration(member) || member.type !== undefined) return headOf(member);
    const modifiers = (member.modifiers ?? []).map((each) => `${each.getText()} `).join('');
    return `${modifiers}${member.name.getText()}: ${this.checker.typeToString(this.checker.getTypeAtLocation(member))}`;
  }

  private docOf(name: string, symbol: ts.Symbol): string {
    const text = (symbol.declarations ?? [])
      .map((each) => commentOf(ts.isVariableDeclaration(each) ? each.parent.parent : each))
      .filter((comment) => comment !== '')
      .join('\n\n');
    const all = text === '' ? listOf(symbol) : null;
    if (all !== null) return `One of \`${all}\`.`;
    if (text === '') this.silent.push(name);
    return text;
  }

  private code(text: string): void {
    this.lines.push('```typescript', text, '```', '');
  }
}

/** The list whose entries a type names: `(typeof LIST)[number]`. */
function listOf({ declarations: [declaration] = [] }: ts.Symbol): string | null {
  if (declaration === undefined || !ts.isTypeAliasDeclaration(declaration)) return null;
  return /^\(typeof (\w+)\)\[number\]$/.exec(declaration.type.getText())?.[1] ?? null;
}

/** True for what `export type *` brings. */
const isType = (symbol: ts.Symbol): boolean =>
  (symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias)) !== 0;

/** A long list of literals, cut. */
function shortened(type: string): string {
  return type.length > 100 ? `${type.slice(0, type.lastIndexOf(',', 90))}, …]` : type;
}

/** The comment above a group of exports: `// Recordings`. */
function titleOf(statement: ts.Statement, source: ts.SourceFile): string | null {
  const above = source.text.slice(statement.getFullStart(), statement.getStart());
  return /^\/\/ (.+)$/m.exec(above)?.[1] ?? null;
}

/** A declaration up to its body, on one line. */
function headOf(node: ts.Node): string {
  const text = node.getText();
  const start = node.getStart();
  let end = text.length;
  if (ts.isClassDeclaration(node))
    end = text.indexOf('{', (node.heritageClauses?.end ?? node.name!.end) - start);
  else if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined)
    end = (node.body as ts.Node).getStart() - start;
  else if (ts.isPropertyDeclaration(node) && node.initializer !== undefined && node.type !== undefined) {
    end = node.type.end - start;
  }
  const head = text
    .slice(0, end)
    .replace(/\/\*\*[\s\S]*?\*\/|\/\/.*$/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
  return withoutExport(head).replace(/;$/, '').replace(/,? \)/g, ')').replace(/\( /g, '(');
}

const withoutExport = (text: string): string =>
  text.replace(/^export (?:declare )?/, '').replace(/^override /, '');

function isHidden(member: ts.ClassElement): boolean {
  if (member.name !== undefined && ts.isPrivateIdentifier(member.name)) return true;
  const flags = ts.getCombinedModifierFlags(member);
  if ((flags & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) !== 0) return true;
  return ts.getJSDocTags(member).some((tag) => tag.tagName.text === 'internal');
}

/** The implementation of overloads, which nobody sees. */
function isImplementation(member: ts.ClassElement, same: readonly ts.ClassElement[]): boolean {
  return (
    ts.isMethodDeclaration(member) &&
    member.body !== undefined &&
    same.some((each) => ts.isMethodDeclaration(each) && each.body === undefined)
  );
}

/** The text of a doc comment with its tags; '' for none. */
function commentOf(node: ts.Node): string {
  const doc = ts.getJSDocCommentsAndTags(node).findLast(ts.isJSDoc);
  if (doc === undefined) return '';
  const lines = doc
    .getText()
    .replace(/^\/\*\*/, '')
    .replace(/\*\/$/, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd());
  return lines
    .join('\n')
    .trim()
    .replace(/^@(?:throws|returns|param)\s+/gm, '');
}
