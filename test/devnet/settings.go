package main

import (
	"os"
	"strconv"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

// Settings come from the environment, so that every command of one chain (init, gentx, start) agrees on them:
// prefix and bond denom are compiled into what those commands write.
const (
	envPrefix      = "DEVNET_PREFIX"        // bech32 prefix of accounts, default cosmos
	envDenom       = "DEVNET_DENOM"         // bond denom, default stake
	envHome        = "DEVNET_HOME"          // node folder, default ~/.devnet; --home wins
	envMaxMessages = "DEVNET_MAX_MESSAGES"  // default of start's --max-messages
	envMaxGas      = "DEVNET_MAX_GAS"       // default of start's --max-gas
	envWithParent  = "DEVNET_EXIT_ON_STDIN" // "1": end when standard input is closed
)

func env(name, fallback string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return fallback
}

// envLimit reads a limit; an unset one is 0, which means that there is none.
func envLimit(name string) (uint64, error) {
	return strconv.ParseUint(env(name, "0"), 10, 64)
}

// sealAddresses fixes prefix and denom for the whole process. The SDK keeps both in globals.
func sealAddresses(prefix, denom string) {
	config := sdk.GetConfig()
	config.SetBech32PrefixForAccount(prefix, prefix+"pub")
	config.SetBech32PrefixForValidator(prefix+"valoper", prefix+"valoperpub")
	config.SetBech32PrefixForConsensusNode(prefix+"valcons", prefix+"valconspub")
	config.Seal()
	sdk.DefaultBondDenom = denom
}
