import { at, copyable, make, showFacts } from "../parts.js";
import { say } from "../texts.js";
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
  if (seal !== null) return say("gen.compare");
  if (seals.length > 0) return say("gen.withdrawn", { version: seals.length });
  if (base === null) return say("gen.noBase");
  return phase === "collecting" ? say("gen.preview") : say("gen.unsealed");
}

function sealFacts({ seals }, { version, sha256, canonicalSha256, validatorsHash, size, at: time }) {
  return [
    [say("gen.version"), seals.length > 1 ? say("gen.void", { version }) : String(version)],
    [say("gen.file"), copyable(sha256, say("gen.ofFile"))],
    [say("gen.canonical"), copyable(canonicalSha256, say("gen.ofCanonical"))],
    [say("gen.block1"), copyable(validatorsHash, say("gen.validatorsHash"))],
    [say("gen.size"), say("gen.bytes", { count: String(size).replace(/\B(?=(\d{3})+$)/g, "\u202f") })],
    [say("gen.sealed"), moment(time)],
  ];
}

function ways(chainId, { phase, base }, seal) {
  const link = (under, words, download) =>
    make("a", { href: ceremonyPath(chainId, under), textContent: words, download });
  if (seal !== null)
    return [
      link("/genesis.json", say("gen.download"), "genesis.json"),
      link("/genesis.sha256", "genesis.sha256", "genesis.sha256"),
    ];
  const previewed = phase === "collecting" && base !== null;
  if (!previewed) return [];
  const report = make("a", { href: ceremonyPath(chainId, "/report"), textContent: say("gen.report") });
  return [link("/preview.json", say("gen.downloadPreview"), "preview.json"), report];
}
