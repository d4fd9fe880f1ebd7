import { showPanel } from "./panel.js";
import { at } from "./parts.js";
import { say } from "./texts.js";

/** Cloudflare forbids a copy of it: developers.cloudflare.com/turnstile/get-started/client-side-rendering. */
const source = "https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit";

let loading = null;

/**
 * Shows Turnstile's widget and waits for its token, good for one claim to this address. Answers `{token}`, or
 * `{cancelled}`, or `{fault}` in words. Only a network that asks for it ever loads anything from elsewhere.
 */
export async function humanToken(siteKey, address) {
  const cancel = Promise.withResolvers();
  const stop = () => cancel.resolve({ cancelled: true });
  const widget = at("work-widget");
  showPanel("waiting", say("check.title"), say("check.text"), {
    step: "puzzle",
  });
  at("work-progress").hidden = true;
  at("work-text").textContent = "";
  widget.hidden = false;
  at("work").hidden = false;
  at("work-cancel").addEventListener("click", stop);
  let id = null;
  try {
    const turnstile = await Promise.race([load(), cancel.promise]);
    if (turnstile.cancelled) return { ...turnstile, held: true };
    const answer = await Promise.race([
      cancel.promise,
      new Promise((resolve) => {
        id = turnstile.render(widget, {
          sitekey: siteKey,
          action: "claim",
          cData: address.toLowerCase(),
          theme: "auto",
          callback: (token) => resolve({ token }),
          "error-callback": () => {
            resolve({ fault: say("check.failed") });
            return true;
          },
          "expired-callback": () => turnstile.reset(id),
          "timeout-callback": () => turnstile.reset(id),
        });
      }),
    ]);
    return { ...answer, held: document.activeElement === at("work-cancel") };
  } catch {
    return { fault: say("check.notLoaded") };
  } finally {
    if (id !== null) window.turnstile.remove(id);
    at("work-cancel").removeEventListener("click", stop);
    Object.assign(widget, { hidden: true });
    at("work-progress").hidden = false;
    at("work").hidden = true;
  }
}

/** Loads the script once; a failed load may be tried again. */
function load() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = () => (window.turnstile ? resolve(window.turnstile) : reject(new Error("no turnstile")));
    script.onerror = () => reject(new Error("not loaded"));
    document.head.append(script);
  }).catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}
