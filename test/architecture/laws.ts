import ts from "typescript";
import { lines, walk, where } from "./tree.ts";

const functionLinesMax = 70;

/** Functions longer than 70 lines. Tests inside don't count: a `describe` is a list, not a function to follow. */
export function longFunctions(source: ts.SourceFile): string[] {
  const found: string[] = [];
  walk(source, (node) => {
    if (!ts.isFunctionLike(node)) return;
    const own = lines(source, node) - linesOfTests(source, node);
    if (own > functionLinesMax) found.push(`${where(source, node)} has ${own} lines`);
  });
  return found;
}

function linesOfTests(source: ts.SourceFile, node: ts.Node): number {
  let sum = 0;
  ts.forEachChild(node, (child) => {
    sum += isTest(source, child) ? lines(source, child) : linesOfTests(source, child);
  });
  return sum;
}

function isTest(source: ts.SourceFile, node: ts.Node): boolean {
  return ts.isCallExpression(node) && /^(describe|it|test)\b/.test(node.expression.getText(source));
}

/** Every `any` that was written out. */
export function anys(source: ts.SourceFile): string[] {
  const found: string[] = [];
  walk(source, (node) => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) found.push(where(source, node));
  });
  return found;
}

/** Exported statements without a doc comment right before them. */
export function undocumentedExports(source: ts.SourceFile): string[] {
  return source.statements
    .filter((statement) => isExported(statement) && ts.getJSDocCommentsAndTags(statement).length === 0)
    .filter((statement) => !isOverload(source, statement))
    .map((statement) => where(source, statement));
}

function isExported(statement: ts.Statement): boolean {
  if (ts.isExportAssignment(statement)) return true;
  if (!ts.canHaveModifiers(statement)) return false;
  return ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

/** An overload's later signatures share the first one's comment. */
function isOverload(source: ts.SourceFile, statement: ts.Statement): boolean {
  const before = source.statements[source.statements.indexOf(statement) - 1];
  if (before === undefined) return false;
  const named = [before, statement].map((one) => (ts.isFunctionDeclaration(one) ? one.name?.text : undefined));
  return named[0] !== undefined && named[0] === named[1];
}

/** Reads of the clock or of chance: the domain is given both. */
export function clocksAndDice(source: ts.SourceFile): string[] {
  const found: string[] = [];
  walk(source, (node) => {
    const clock =
      ts.isPropertyAccessExpression(node) &&
      /^(Date\.now|Math\.random|crypto\.(randomUUID|getRandomValues))$/.test(node.getText(source));
    const now = ts.isNewExpression(node) && node.expression.getText(source) === "Date" && !node.arguments?.length;
    if (clock || now) found.push(where(source, node));
  });
  return found;
}
