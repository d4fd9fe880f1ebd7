import type { z } from "zod";
import type { JsonRpc, RpcAnswer } from "./json-rpc.ts";
import { NodeFailed } from "./node.ts";

/** A node's answer as its method's schema has it. Throws {@link NodeFailed} on an error, and on what does not parse. */
export function readAnswer<T>(schema: z.ZodType<T>, method: string, answer: RpcAnswer): T {
  if ("error" in answer) throw new NodeFailed(`${method}: ${answer.error}`);
  const parsed = schema.safeParse(answer.result);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new NodeFailed(`${method}: ${issue?.path.join(".") ?? "the answer"} ${issue?.message ?? "does not parse"}`);
}

/** Asks a node and reads its answer. Throws {@link NodeFailed}. */
export async function askNode<T>(
  node: JsonRpc,
  method: string,
  schema: z.ZodType<T>,
  params: Readonly<Record<string, string | boolean>> = {},
): Promise<T> {
  return readAnswer(schema, method, await node.call(method, params));
}
