/** The texts of the faucet's page. */
export const faucet = {
  "faucet.title": "Get test tokens",
};
