import { z } from "@hono/zod-openapi";
import { assetList, chainJson } from "../../domain/validator/chain-registry.ts";
import { lookAtCeremony } from "../../domain/validator/gentx-of.ts";
import { fitsKeplr, suggestChain } from "../../domain/validator/keplr.ts";
import { addrBook, type KnownPeer, knownPeers, peersText, persistentPeers } from "../../domain/validator/peers.ts";
import { siteOf } from "../brought.ts";
import { type HouseContext, json, networkOf, networkParams, problems, refuseHere } from "../context.ts";
import { directoryOf } from "../directory-of.ts";
import type { Operation } from "../operation.ts";

const path = "/api/v1/networks/{chainId}";
/** Approvals and changes show within a minute; nodes fetch these files by script. */
const cached = { "Cache-Control": "public, max-age=60" };
const plain = (description: string) => ({ description, content: { "text/plain": { schema: z.string() } } });
const object = (description: string) => json(description, z.object({}).loose());
const unread = problems({ 404: "unknown_network, directory_not_found", 503: "directory_closed" });

function textFile(name: string, summary: string, write: (peers: readonly KnownPeer[]) => string): Operation {
  return {
    route: {
      method: "get",
      path: `${path}/${name}`,
      summary,
      request: { params: networkParams },
      responses: { 200: plain("Approved operators' nodes, as they told them"), ...unread },
    },
    answer: async (c) => {
      const found = directoryOf(c);
      if (!found.ok) return found.response;
      return c.text(write(await knownPeers(found.value.directory)), 200, cached);
    },
  };
}

/** Nodes, one a line. */
export const readPeers = textFile("peers.txt", "Approved operators' nodes, one a line", (peers) =>
  peersText(peers.filter(({ seed }) => !seed)),
);

/** Seed nodes, one a line. */
export const readSeeds = textFile("seeds.txt", "Seed nodes, one a line", (peers) =>
  peersText(peers.filter(({ seed }) => seed)),
);

/** The same as one value of config.toml. */
export const readPersistentPeers = textFile(
  "persistent_peers",
  "The value of `persistent_peers` in config.toml",
  (peers) => persistentPeers(peers.filter(({ seed }) => !seed)),
);

/** CometBFT's address book. */
export const readAddrBook: Operation = {
  route: {
    method: "get",
    path: `${path}/addrbook.json`,
    summary: "CometBFT's address book of the nodes whose address is in digits",
    request: { params: networkParams },
    responses: { 200: object("config/addrbook.json of a node"), ...unread },
  },
  answer: async (c) => {
    const found = directoryOf(c);
    if (!found.ok) return found.response;
    const { directory } = found.value;
    // A node's book has a key of chance by which it picks buckets; here it only has to be one.
    return c.json(addrBook(await knownPeers(directory), "0".repeat(24)), 200, cached);
  },
};

/** The network for the Cosmos chain registry. */
export const readChainJson: Operation = {
  route: {
    method: "get",
    path: `${path}/chain.json`,
    summary: "The network as the Cosmos chain registry's chain.json",
    request: { params: networkParams },
    responses: { 200: object("By chain.schema.json"), ...unread },
  },
  answer: async (c) => {
    const found = directoryOf(c);
    if (!found.ok) return found.response;
    const { directory, network } = found.value;
    const [peers, { view }] = await Promise.all([knownPeers(directory), lookAtCeremony(directory.room)]);
    return c.json(chainJson({ facts: network.facts, directory, view, peers, site: siteOf(c) }), 200, cached);
  },
};

/** Its tokens for the same. */
export const readAssetList: Operation = {
  route: {
    method: "get",
    path: `${path}/assetlist.json`,
    summary: "The network's tokens as the Cosmos chain registry's assetlist.json",
    request: { params: networkParams },
    responses: { 200: object("By assetlist.schema.json"), ...problems({ 404: "unknown_network" }) },
  },
  answer: (c) => {
    const network = networkOf(c);
    return network.ok ? c.json(assetList(network.value.facts), 200, cached) : network.response;
  },
};

/** What Keplr is told of the network. */
export const readKeplr: Operation = {
  route: {
    method: "get",
    path: `${path}/keplr.json`,
    summary: "What Keplr's experimentalSuggestChain takes",
    request: { params: networkParams },
    responses: {
      200: object("ChainInfo"),
      ...problems({
        404: "unknown_network; not_found: no public endpoints are named, or the chain id is longer than Keplr takes",
      }),
    },
  },
  answer: (c) => {
    const network = networkOf(c);
    return network.ok ? answerKeplr(c, network.value) : network.response;
  },
};

function answerKeplr(
  c: HouseContext,
  { facts, directory }: Extract<ReturnType<typeof networkOf>, { ok: true }>["value"],
) {
  const { wallet, chainId, denoms } = facts;
  if (wallet === null) {
    const detail = `The network file of ${chainId} names no public endpoints (wallet).`;
    return refuseHere(c, { reason: "not_found", detail });
  }
  if (!fitsKeplr(facts)) {
    const detail = `Keplr takes no chain id as long as ${chainId}.`;
    return refuseHere(c, { reason: "not_found", detail });
  }
  const stake = directory.kind === "open" ? directory.directory.denom : (denoms[0]?.denom ?? "");
  return c.json(suggestChain(facts, wallet, stake), 200, cached);
}
