import { ask } from "../api.js";
import { guidesOf } from "../guides.js";
import { networkPath } from "../networks.js";
import { at, copyable, make } from "../parts.js";
import { say } from "../texts.js";

const names = ["peers.txt", "seeds.txt", "persistent_peers", "addrbook.json", "chain.json", "assetlist.json"];

/** Links the files that are made of the directory, each with the way to copy its address. */
export function showFiles(chainId) {
  const items = names.map((name) => {
    const href = networkPath(chainId, `/${name}`);
    const link = make("a", { href, textContent: name });
    return make("li", {}, copyable(new URL(href, location.href).href, name, link));
  });
  at("files").replaceChildren(...items);
}

/** Links the network's guides; where it has none, says what there is instead. */
export async function showGuides(chainId) {
  const href = await guidesOf(chainId);
  const words = href === null ? say("val.noGuides") : make("a", { href, textContent: say("val.guides") });
  at("guides").replaceChildren(words);
}

/** Offers the network to the wallet, where its public endpoints are known. */
export async function showWallet({ chainId, name, wallet }) {
  at("keplr").hidden = true;
  at("keplr-said").textContent = "";
  // Without public endpoints there is nothing to ask for.
  if (wallet === undefined) return;
  const answer = await ask(networkPath(chainId, "/keplr.json")).catch(() => null);
  if (answer?.status !== 200) return;
  at("keplr").hidden = false;
  at("keplr-add").onclick = async () => {
    const { keplr } = window;
    const tell = (key, values) => {
      at("keplr-said").textContent = say(key, values);
    };
    if (!keplr?.experimentalSuggestChain) return tell("val.noKeplr");
    try {
      await keplr.experimentalSuggestChain(answer.body);
      return tell("val.keplrAdded", { name });
    } catch (error) {
      return tell("wallet.said", { text: String(error?.message ?? error).slice(0, 160) });
    }
  };
}
