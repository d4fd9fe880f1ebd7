import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** The repository's root folder. */
export const root = join(import.meta.dirname, "../..");

/** Every file that git tracks or would track, by its path from the root, without those that were deleted. */
export function files(): string[] {
  const git = spawnSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], { cwd: root, encoding: "utf8" });
  if (git.status !== 0) throw new Error(`git ls-files: ${git.stderr}`);
  return git.stdout.split("\0").filter((path) => path !== "" && statSync(join(root, path), { throwIfNoEntry: false }));
}

/** A file's text. */
export const read = (path: string) => readFileSync(join(root, path), "utf8");

/** The parsed form of a TypeScript file. */
export const parse = (path: string, text = read(path)) => ts.createSourceFile(path, text, ts.ScriptTarget.ES2024, true);

/** Calls `visit` for a node and all below it. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** `path:line` of a node. */
export function where(source: ts.SourceFile, node: ts.Node): string {
  return `${source.fileName}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`;
}

/** Lines that a node spans, its first and its last included. */
export function lines(source: ts.SourceFile, node: ts.Node): number {
  const line = (position: number) => source.getLineAndCharacterOfPosition(position).line;
  return line(node.getEnd()) - line(node.getStart(source)) + 1;
}
