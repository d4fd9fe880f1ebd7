/** A step of a way: its keys in the texts, and the English that stands in the page. */
type Step = { readonly title: string; readonly who: string; readonly what: string };

/**
 * The ways that are drawn. They are lists, drawn by the style sheet: whoever can't see the drawing hears the same, and
 * it has room for its words on a phone.
 */
const ways: Readonly<Record<string, { readonly label: string; readonly steps: readonly Step[] }>> = {
  claim: {
    label: "A claim's way",
    steps: [
      { title: "Ask", who: "You", what: "An address is enough. Some networks ask for a small puzzle too." },
      { title: "In line", who: "Dispenser", what: "Your claim is written down before you are answered." },
      { title: "Signed", who: "Dispenser", what: "One transaction pays many claims. It is stored, then sent." },
      { title: "In a block", who: "Chain", what: "Only a block counts. Not a node's word." },
      { title: "Paid", who: "You", what: "Once. A claim that can't be paid takes nothing from you." },
    ],
  },
  ceremony: {
    label: "The ceremony's way",
    steps: [
      {
        title: "Prepare",
        who: "Coordinators",
        what: "Base genesis, accounts and rules are written into a public log.",
      },
      { title: "Gentxs", who: "Operators", what: "Each hands in a gentx. It is judged before it is taken." },
      { title: "Seal", who: "Coordinators", what: "Two of them seal it. The genesis stands, and so does its hash." },
      { title: "Rebuild", who: "Anyone", what: "The same bytes come out of the log, on your own machine." },
      { title: "Attest", who: "Operators", what: "They sign which genesis they hold, until enough power has." },
      { title: "Launch", who: "All nodes", what: "They start at the genesis time. Block 1 is checked." },
    ],
  },
};

/** The names of the diagrams. */
export const diagramNames: readonly string[] = Object.keys(ways);

/** A diagram as HTML. Throws where there is none of that name. */
export function diagramHtml(name: string): string {
  const way = Object.hasOwn(ways, name) ? ways[name] : undefined;
  if (way === undefined) throw new Error(`there is no diagram "${name}"`);
  const steps = way.steps.map(({ title, who, what }, at) => {
    const key = `way.${name}.${at + 1}`;
    return `  <li><span class="who" data-text="${key}.who">${who}</span>
    <strong data-text="${key}.title">${title}</strong>
    <span class="what" data-text="${key}.what">${what}</span></li>`;
  });
  return `<ol class="way" data-way="${name}" aria-label="${way.label}" data-label="way.${name}">\n${steps.join("\n")}\n</ol>`;
}
