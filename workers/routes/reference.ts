import { z } from "@hono/zod-openapi";
import { html, raw } from "hono/html";
import { openapiDocument } from "./openapi.ts";
import type { HouseApp, Operation } from "./operation.ts";

const methods = ["get", "post", "put", "patch", "delete"] as const;
const policy =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The site's header. docs-site/pages/header.ts makes it for the other pages; a test holds both together. */
const header = `<header class="top">
  <a class="brand" href="/"><img src="/favicon.svg" alt="" width="36" height="36">Wellspring</a>
  <nav aria-label="Pages">
    <a href="/">Home</a>
    <a href="/faucet/">Faucet</a>
    <a href="/ceremony/">Ceremony</a>
    <a href="/validators/">Validators</a>
    <a href="/status/">Status</a>
    <a href="/docs/">Docs</a>
    <a href="/reference" aria-current="page">API</a>
  </nav>
</header>`;

/** `GET /reference`: the OpenAPI document as one plain page that loads nothing from elsewhere. */
export function reference(app: HouseApp): Operation {
  return {
    route: {
      method: "get",
      path: "/reference",
      summary: "The API as a page",
      responses: { 200: { description: "A page", content: { "text/html": { schema: z.string() } } } },
    },
    answer: (c) => {
      const { info, paths = {} } = openapiDocument(app);
      const operations = Object.entries(paths).flatMap(([path, item]) =>
        methods.flatMap((method) => {
          const operation = item?.[method];
          return operation ? [operationHtml(method, path, operation)] : [];
        }),
      );
      const page = html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="The HTTP API of this Wellspring deployment">
<title>${info.title}: the API</title>
<link rel="icon" href="/favicon.svg">
<link rel="stylesheet" href="/site.css">
<a class="skip" href="#main">To the page</a>
<div class="page">
${raw(header)}
<main id="main" class="wide">
<h1>The API</h1>
<p>${info.description ?? ""} The machine-readable document is <a href="/openapi.json">openapi.json</a>.</p>
${operations}
</main>
</div>
</html>`;
      return c.html(page, 200, { "Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff" });
    },
  };
}

type Described = { readonly summary?: string; readonly responses?: Readonly<Record<string, unknown>> };

function operationHtml(method: string, path: string, operation: Described) {
  const answers = Object.entries(operation.responses ?? {}).map(([status, response]) => {
    const { description } = z.object({ description: z.string().default("") }).parse(response);
    return html`<tr><th scope="row">${status}</th><td>${description}</td></tr>`;
  });
  return html`<section><h2><code>${method.toUpperCase()} ${path}</code></h2>
<p>${operation.summary ?? ""}</p><table>${answers}</table></section>${raw("\n")}`;
}
