/**
 * What golang.org/x/mod/sumdb/tlog and note (v0.21.0) say of a log whose leaf i is the text "leaf i", and of the seed
 * of 32 bytes 7. Made by a Go program that calls StoredHashes, TreeHash, ProveRecord, ProveTree, ReadTileData, Sign.
 */
export const go = {
  roots: {
    "1": "1bb97dcc21635d47e2663efdfd0a174686d98dd701352dd2cd06e8b43fd3d305",
    "2": "fc5f6b88ff8554f75bb2f9e6f39c31b1936d44b69276edf7b1205a955b9761e3",
    "255": "d71592a219d4067663eede247f9b54c3f9e0290682d55de09b495b07f1de41c9",
    "256": "cf5effdb11d0927a2edf53b0e73c7837f659414e00537da5d90eb5c4c49ff274",
    "257": "855b936aa00cb98b5114484249ad39d78a6be93623e26c01e8e487dc02184a5a",
    "3": "d4f92c8fbb89720eb3b55677c7d7efaddfeb10d11a1a84a0ba8f1a23337faa95",
    "300": "e7afc82d38944fc7930545328091d45823288c1f734cbdac06396713ebd4b5d5",
    "7": "5a61fc2b54f9cfa71774f2432143dd40c6cb2b11947faf65a7d3da5cb65199c8",
  },
  inclusion: [
    {
      index: 0,
      size: 7,
      proof: [
        "cb5a3ce862c3e321f3f7df6d2690549e936a8e377135aae9f3d69f691f547d5b",
        "4f7494071ca382a5c5067cc41077a999fd7722e06a26aa9de771be933dc1021d",
        "01571b557bc70672650d467c7bad8337e09a7f354a72051f23b43a782c0f48e6",
      ],
    },
    {
      index: 3,
      size: 7,
      proof: [
        "ab37ba34d1dfe29015de717a6d5764a8fb029c3a7a0f5b64b93b54351885bf7c",
        "fc5f6b88ff8554f75bb2f9e6f39c31b1936d44b69276edf7b1205a955b9761e3",
        "01571b557bc70672650d467c7bad8337e09a7f354a72051f23b43a782c0f48e6",
      ],
    },
    {
      index: 6,
      size: 7,
      proof: [
        "75ab928268c86f44da5d4241188ed71e4aab2d4d77d6d50117dad94a842ede03",
        "4f631084a157c54f54fcfb23ff5eb8650c4ba160c295bb13a9832b109d52677e",
      ],
    },
    {
      index: 148,
      size: 300,
      proof: [
        "36cd28a1d8d87602d82cb0151b6970b8d5897f5aa61d2a7a1877ce669de6fc68",
        "3653e8b110daadbbf49ae04083164dfe62f47ec75282954a617f203c3f6280d3",
        "cad8ddfa6b51f6226c41fbac0c4c0e1e55bd6a4a54962e9a5973c8e249fb3c6c",
        "fe473dbf50256377a0808001c8896db4b0d373ba81cef514ef36eccc5663bdb6",
        "f70aefd7f0d18c90bc11485c4455a896a9af2b7c6dc9fd4f27b21d37b5acc1f0",
        "beaeadfdcf72112241200268406b4b2f3a16cc2fcbcdef24e1fb7543b6bd534a",
        "ed940b6415049eebcd3e7d198547d24540df9625559b8018483260abacb7a9c4",
        "639e65613c1f9df2e2dced0e5ccbf1455add72fac49e20213296a111e279d510",
        "777422898ecbf7fff5401659d40bc81077ef7ec17fa3db8da8f9cfe892a359f8",
      ],
    },
  ],
  consistency: [
    {
      old: 3,
      size: 7,
      proof: [
        "ab37ba34d1dfe29015de717a6d5764a8fb029c3a7a0f5b64b93b54351885bf7c",
        "58bd1496e1684aac9201c2e687ee7ae4f51c96a8b0d81ef3583628b93d3cd345",
        "fc5f6b88ff8554f75bb2f9e6f39c31b1936d44b69276edf7b1205a955b9761e3",
        "01571b557bc70672650d467c7bad8337e09a7f354a72051f23b43a782c0f48e6",
      ],
    },
    {
      old: 4,
      size: 7,
      proof: ["01571b557bc70672650d467c7bad8337e09a7f354a72051f23b43a782c0f48e6"],
    },
    {
      old: 6,
      size: 7,
      proof: [
        "75ab928268c86f44da5d4241188ed71e4aab2d4d77d6d50117dad94a842ede03",
        "fb7f869ce8b7b51fdf719fc8c21a4736c98cc160a825606a81f78a7f4d2261d9",
        "4f631084a157c54f54fcfb23ff5eb8650c4ba160c295bb13a9832b109d52677e",
      ],
    },
    {
      old: 186,
      size: 300,
      proof: [
        "bd194cf1d5fe7f6ad76f28e85fc3214fda3781dd2edd2206962f31c76f6d193a",
        "63f5dcd2fc39e776c44db491bee8bc0d8acdc9c6c810921985d43f6102d25d9d",
        "0fd8cbbfdec7c4d370f9b7fafa13dd8223f651c119372412191f671553174562",
        "8bb788e7f8584947434f4ef8a10aec49d307351755c388c26edce6f06eaa6542",
        "44da2a45af253985b60abc8a91cebc056c3c9a264daf8cce36d67d8d53d78bfe",
        "e32f222110e95e057f8a9430108e19312f0d3b5979a0f48828e62219c744e63b",
        "ed940b6415049eebcd3e7d198547d24540df9625559b8018483260abacb7a9c4",
        "639e65613c1f9df2e2dced0e5ccbf1455add72fac49e20213296a111e279d510",
        "777422898ecbf7fff5401659d40bc81077ef7ec17fa3db8da8f9cfe892a359f8",
      ],
    },
  ],
  allProofs: "37607028b714859e2d64ce2bf3f419eb53bf53a0970d13e96c659d7a22f4019c",
  tile0: "ef8b7a16b7e780e5fb0b989e370461025cbd238507fc673d21936f362db54ab9",
  tile1: "cf5effdb11d0927a2edf53b0e73c7837f659414e00537da5d90eb5c4c49ff274",
  verifierKey: "example.org/paw-testnet-1+5b66d15a+AepKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs",
  checkpoint:
    "example.org/paw-testnet-1\n7\nWmH8K1T5z6cXdPJDIUPdQMbLKxGUf69lp9PaXLZRmcg=\n\n\u2014 example.org/paw-testnet-1 W2bRWsxidjWTNswtqUz/qIfQqUVDvEjwIkaEzYXL8v2DqL+fvX9YgfxdYBKEIKuI+MAPUr6kQSKlOm6EdCZ0V7f+fQU=\n",
} as const;
