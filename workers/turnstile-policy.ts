/** Where Turnstile's script and frame come from: developers.cloudflare.com/turnstile/reference/content-security-policy. */
const cloudflare = "https://challenges.cloudflare.com";

/**
 * The page as it is where a network asks for Turnstile: its policy allows the widget's script and frame, and nothing
 * else from elsewhere. Without such a network the page loads nothing that is not ours.
 */
export function allowWidget(page: Response): Response {
  const policy = page.headers.get("content-security-policy");
  if (policy === null) return page;
  const opened = new Response(page.body, page);
  opened.headers.set(
    "content-security-policy",
    `${policy.replace("script-src 'self'", `script-src 'self' ${cloudflare}`)}; frame-src ${cloudflare}`,
  );
  return opened;
}
