import { at, copyable, make, showFacts } from "../parts.js";
import { ceremonyPath } from "./ceremony-api.js";
import { moment } from "./phase-view.js";
import { showReadiness } from "./readiness-view.js";

/** Shows the genesis that stands, with both hashes, or the way to a preview; and how much power attested it. */
export function showGenesis(chainId, view) {
  const seal = view.seals.find(({ version }) => version === view.standing) ?? null;
  place(seal === null ? at("aside") : at("stack"), seal !== null);
  at("genesis").hidden = false;
  at("genesis-text").textContent = genesisText(view, seal);
  showFacts(at("genesis-facts"), seal === null ? [] : sealFacts(view, seal));
  at("genesis-ways").replaceChildren(...ways(chainId, view, seal));
  void showReadiness(chainId, view);
}

/** Takes it away. */
export function hideGenesis() {
  at("genesis").hidden = true;
}

/** Once a genesis stands it is what people come for, and leads; before that it stands aside. */
function place(where, leads) {
  const [genesis, rebuild] = [at("genesis"), at("rebuild")];
  for (const section of [genesis, rebuild]) section.classList.toggle("card", leads);
  if (genesis.parentElement !== where) where.prepend(genesis, rebuild);
}

function genesisText({ phase, base, seals }, seal) {
  if (seal !== null) return "Compare both hashes with what you hear from others before you start a node.";
  if (seals.length > 0) return `Version ${seals.length} was withdrawn. Don't start a node with it.`;
  if (base === null) return "There is no base genesis yet.";
  return phase === "collecting"
    ? "Nothing is sealed yet. The preview changes with every gentx."
    : "Nothing is sealed yet.";
}

function sealFacts({ seals }, { version, sha256, canonicalSha256, validatorsHash, size, at: time }) {
  return [
    ["Version", seals.length > 1 ? `${version}, the earlier ones are void` : String(version)],
    ["File SHA-256", copyable(sha256, "SHA-256 of the file")],
    ["Canonical SHA-256", copyable(canonicalSha256, "SHA-256 of the canonical form")],
    ["Validators hash of block 1", copyable(validatorsHash, "validators hash")],
    ["Size", `${String(size).replace(/\B(?=(\d{3})+$)/g, "\u202f")} bytes`],
    ["Sealed", moment(time)],
  ];
}

function ways(chainId, { phase, base }, seal) {
  const link = (under, words, download) =>
    make("a", { href: ceremonyPath(chainId, under), textContent: words, download });
  if (seal !== null)
    return [
      link("/genesis.json", "Download genesis.json", "genesis.json"),
      link("/genesis.sha256", "genesis.sha256", "genesis.sha256"),
    ];
  const previewed = phase === "collecting" && base !== null;
  if (!previewed) return [];
  const report = make("a", { href: ceremonyPath(chainId, "/report"), textContent: "What the launch would be like" });
  return [link("/preview.json", "Download the preview", "preview.json"), report];
}
