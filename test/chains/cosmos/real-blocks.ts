const nothing = "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855";
const validators = "D29E3084B636B703B2B3C1C7598D94C6000CA2605849162084923BEE8C2D9F52";
const consensus = "048091BC7DDC283F77BFBF91D73C44DA58C3DF8A9CBC867405D8B7F3DAADA22F";
const proposer = "9C6AF6AAA5C3C45217C2E07126CB01C3A9E7E406";

/** The first block of a chain that CometBFT 0.38.20 made: it follows no other, and its times have nanoseconds. */
export const firstBlock = {
  hash: "84563BDD6273EA641DDCCF1D30CFF71A9AD063846F5898A8404A29B57166894B",
  header: {
    version: { block: "11" },
    chain_id: "paw-testnet-1",
    height: "1",
    time: "2026-11-21T07:36:35.546515861Z",
    last_block_id: { hash: "", parts: { total: 0, hash: "" } },
    last_commit_hash: nothing,
    data_hash: nothing,
    validators_hash: validators,
    next_validators_hash: validators,
    consensus_hash: consensus,
    app_hash: nothing,
    last_results_hash: nothing,
    evidence_hash: nothing,
    proposer_address: proposer,
  },
  txs: [] as string[],
};

/** The same chain's fourth block, with one MsgMultiSend in it. */
export const filledBlock = {
  hash: "7869EB32C18B78A63A566C7D0142F731B37B2F470C057EA0FE299B8EC56E1DBD",
  header: {
    version: { block: "11" },
    chain_id: "paw-testnet-1",
    height: "4",
    time: "2026-11-21T07:36:37.176448793Z",
    last_block_id: {
      hash: "73E40E6C328DB1B7AC56A5837B0C9AA11107A19544ECFFD140CC3F0901F049AC",
      parts: { total: 1, hash: "4129B251F8D57F514D4CD6A83CCA37A0873DC4945F96E886224667534C166C0D" },
    },
    last_commit_hash: "F65ED67AB3D7A10C572B502A5397C3DD358AB4E905CBB8478C411CB3879A8463",
    data_hash: "F9EB22ACF5D96A0B63D540496FC3738475710E22F8123831A118BDCD8C9D4FFF",
    validators_hash: validators,
    next_validators_hash: validators,
    consensus_hash: consensus,
    app_hash: "1DEC20C88050E53F932CA287A72804A0D83C8F86A6303D539D2CA37B2DDEEBE2",
    last_results_hash: nothing,
    evidence_hash: nothing,
    proposer_address: proposer,
  },
  txs: [
    [
      "CrIBCqYBCiEvY29zbW9zLmJhbmsudjFiZXRhMS5Nc2dNdWx0aVNlbmQSgAEKPgoucGF3dGVzdDFnbGNmcWV4a2dnNWV3cDVhbHh4N3E3",
      "cW11c3JqMG4wcTJzNTAwehIMCgR1cGF3EgQxMDAwEj4KLnBhd3Rlc3QxamUzajhqYzhzOGU4bGttMnN3NXR5dWUwcTJ0bDZyZHp3dmQy",
      "cW4SDAoEdXBhdxIEMTAwMBIFdGVzdCAYKxJjCk4KRgofL2Nvc21vcy5jcnlwdG8uc2VjcDI1NmsxLlB1YktleRIjCiECQHq8Ve0lrOfi",
      "pSp73h8wzIFfRXcVXXTQbYr2klqAEQQSBAoCCAESEQoLCgR1cGF3EgMxMjAQg6cHGkCVMoqH7C0py0KMeMotzPsz0ncU27L1s6+A0dya",
      "lvlZbyQz2JjALAGz8411Z2UVy/A7Eqxc9DgMrFqgs5lII1IP",
    ].join(""),
  ],
};
