import { resolve } from 'node:path';
import prettier from 'prettier';
import ts from 'typescript';

const top = resolve(import.meta.dirname, '../..');
const sources = resolve(top, 'packages/engine/src');

/** The entries of the engine, as they are imported. */
const ENTRIES: readonly (readonly [string, string])[] = [
  ['@backflow/engine', resolve(sources, 'index.ts')],
  ['@backflow/engine/func', resolve(sources, 'func/index.ts')],
];

/** The page, and what stands on it without a comment: `name` or `Class.member`. */
export interface Page {
  readonly text: string;
  readonly silent: readonly string[];
}

/** Writes docs/api.md from the comments in the engine's sources, in the order of its index. */
export async function apiPage(): Promise<Page> {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowImportingTsExtensions: true,
    noEmit: true,
    strict: true,
    types: [],
  };
  const files = ENTRIES.map(([, file]) => file).filter((file) => ts.sys.fileExists(file));
  const program = ts.createProgram(files, options);
  const writer = new Writer(program.getTypeChecker());
  for (const [name, file] of ENTRIES) {
    const source = program.getSourceFile(file);
    if (source !== undefined) writer.entry(name, source);
  }
  const config = await prettier.resolveConfig(resolve(top, 'docs/api.md'));
  return {
    text: await prettier.format(writer.lines.join('\n'), { ...config, parser: 'markdown' }),
    silent: writer.silent,
  };
}

class Writer {
  readonly lines: string[] = [
    '# The engine, export by export',
    '',
    'Made of the comments in `packages/engine/src` by `npm run docs:api`, in the order of its index. What the operations do at',
    'their edges is in [conventions.md](conventions.md).',
    '',
  ];
  readonly silent: string[] = [];
  private readonly checker: ts.TypeChecker;
  /** Everything that has a place of its own on the page. */
  private readonly shown = new Set<ts.Symbol>();

  constructor(checker: ts.TypeChecker) {
    this.checker = checker;
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
      const clause = statement.exportClause;
      if (clause === undefined || !ts.isNamedExports(clause)) continue;
      for (const element of clause.elements) this.exported(element);
    }
  }

  private meant(symbol: ts.Symbol): ts.Symbol {
    return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : this.checker.getAliasedSymbol(symbol);
  }

  private exported(element: ts.ExportSpecifier): void {
    const local = this.checker.getSymbolAtLocation(element.name)!;
    const symbol = (local.flags & ts.SymbolFlags.Alias) === 0 ? local : this.checker.getAliasedSymbol(local);
    const name = element.name.text;
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
    if (text === '') this.silent.push(name);
    return text;
  }

  private code(text: string): void {
    this.lines.push('```typescript', text, '```', '');
  }
}

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

/** Where the page is kept. */
export const PAGE = resolve(top, 'docs/api.md');
