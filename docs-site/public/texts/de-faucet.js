/** The texts of the faucet's page, in German. */
export const faucet = {
  "faucet.title": "Test-Token holen",
};
