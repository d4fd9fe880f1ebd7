import { at } from "../../parts.js";
import { say } from "../../texts.js";

const reasonMax = 280;

/**
 * Asks before something that can't be taken back lightly. `reason`: none, optional or needed. Answers `{reason}`
 * (undefined where none was given), or null when it was called off.
 */
export function confirmAct({ title, text, button, reason = "optional" }) {
  const [dialog, field] = [at("confirm"), at("confirm-reason")];
  at("confirm-title").textContent = title;
  at("confirm-text").textContent = text;
  at("confirm-do").textContent = button;
  at("confirm-field").hidden = reason === "none";
  at("confirm-label").textContent = say(reason === "needed" ? "adm.reason" : "adm.reasonFree");
  field.required = reason === "needed";
  field.maxLength = reasonMax;
  field.value = "";
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    const closed = () => {
      const words = field.value.trim();
      resolve(dialog.returnValue === "do" ? { reason: words === "" ? undefined : words } : null);
    };
    dialog.addEventListener("close", closed, { once: true });
  });
}

/** Makes the dialog work. */
export function listenToConfirm() {
  const [dialog, form] = [at("confirm"), at("confirm-form")];
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.reportValidity()) dialog.close("do");
  });
  at("confirm-cancel").addEventListener("click", () => dialog.close(""));
}
