package main

import (
	appruntime "cosmossdk.io/api/cosmos/app/runtime/v1alpha1"
	appv1alpha1 "cosmossdk.io/api/cosmos/app/v1alpha1"
	authmod "cosmossdk.io/api/cosmos/auth/module/v1"
	authzmod "cosmossdk.io/api/cosmos/authz/module/v1"
	bankmod "cosmossdk.io/api/cosmos/bank/module/v1"
	consensusmod "cosmossdk.io/api/cosmos/consensus/module/v1"
	distrmod "cosmossdk.io/api/cosmos/distribution/module/v1"
	genutilmod "cosmossdk.io/api/cosmos/genutil/module/v1"
	govmod "cosmossdk.io/api/cosmos/gov/module/v1"
	mintmod "cosmossdk.io/api/cosmos/mint/module/v1"
	paramsmod "cosmossdk.io/api/cosmos/params/module/v1"
	slashingmod "cosmossdk.io/api/cosmos/slashing/module/v1"
	stakingmod "cosmossdk.io/api/cosmos/staking/module/v1"
	txconfig "cosmossdk.io/api/cosmos/tx/config/v1"
	vestingmod "cosmossdk.io/api/cosmos/vesting/module/v1"
	"cosmossdk.io/core/appconfig"
	"cosmossdk.io/depinject"
	"google.golang.org/protobuf/proto"

	"github.com/cosmos/cosmos-sdk/types/module"
	_ "github.com/cosmos/cosmos-sdk/x/auth"           // registers the module
	_ "github.com/cosmos/cosmos-sdk/x/auth/tx/config" // registers the module
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	_ "github.com/cosmos/cosmos-sdk/x/auth/vesting" // registers the module
	vestingtypes "github.com/cosmos/cosmos-sdk/x/auth/vesting/types"
	"github.com/cosmos/cosmos-sdk/x/authz"
	_ "github.com/cosmos/cosmos-sdk/x/authz/module" // registers the module
	_ "github.com/cosmos/cosmos-sdk/x/bank"         // registers the module
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	_ "github.com/cosmos/cosmos-sdk/x/consensus" // registers the module
	consensustypes "github.com/cosmos/cosmos-sdk/x/consensus/types"
	_ "github.com/cosmos/cosmos-sdk/x/distribution" // registers the module
	distrtypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	"github.com/cosmos/cosmos-sdk/x/genutil"
	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"
	"github.com/cosmos/cosmos-sdk/x/gov"
	govclient "github.com/cosmos/cosmos-sdk/x/gov/client"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	_ "github.com/cosmos/cosmos-sdk/x/mint" // registers the module
	minttypes "github.com/cosmos/cosmos-sdk/x/mint/types"
	_ "github.com/cosmos/cosmos-sdk/x/params" // registers the module
	paramstypes "github.com/cosmos/cosmos-sdk/x/params/types"
	_ "github.com/cosmos/cosmos-sdk/x/slashing" // registers the module
	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"
	_ "github.com/cosmos/cosmos-sdk/x/staking" // registers the module
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
)

func configured(name string, config proto.Message) *appv1alpha1.ModuleConfig {
	return &appv1alpha1.ModuleConfig{Name: name, Config: appconfig.WrapAny(config)}
}

// modules wires the chain. Only what a test needs is in it. The order is not free: depinject resolves staking's
// keeper before mint registers its own, which satisfies the same interface and would make it ambiguous.
func modules(prefix string) depinject.Config {
	return depinject.Configs(
		appconfig.Compose(&appv1alpha1.Config{Modules: []*appv1alpha1.ModuleConfig{
			configured("runtime", order()),
			configured(authtypes.ModuleName, accounts(prefix)),
			configured(vestingtypes.ModuleName, &vestingmod.Module{}),
			configured(banktypes.ModuleName, bank()),
			configured(stakingtypes.ModuleName, &stakingmod.Module{}),
			configured(slashingtypes.ModuleName, &slashingmod.Module{}),
			configured(paramstypes.ModuleName, &paramsmod.Module{}),
			configured("tx", &txconfig.Config{}),
			configured(genutiltypes.ModuleName, &genutilmod.Module{}),
			configured(authz.ModuleName, &authzmod.Module{}),
			configured(distrtypes.ModuleName, &distrmod.Module{}),
			configured(minttypes.ModuleName, &mintmod.Module{}),
			configured(govtypes.ModuleName, &govmod.Module{}),
			configured(consensustypes.ModuleName, &consensusmod.Module{}),
		}}),
		depinject.Supply(map[string]module.AppModuleBasic{
			genutiltypes.ModuleName: genutil.NewAppModuleBasic(genutiltypes.DefaultMessageValidator),
			govtypes.ModuleName:     gov.NewAppModuleBasic([]govclient.ProposalHandler{}),
		}),
	)
}

// order is the SDK's own (simapp/app_config.go, v0.50): genutil runs gentxs, so it comes after what they use.
func order() *appruntime.Module {
	return &appruntime.Module{
		AppName: appName,
		BeginBlockers: []string{
			minttypes.ModuleName, distrtypes.ModuleName, slashingtypes.ModuleName, stakingtypes.ModuleName,
			authz.ModuleName,
		},
		EndBlockers:       []string{govtypes.ModuleName, stakingtypes.ModuleName},
		OverrideStoreKeys: []*appruntime.StoreKeyConfig{{ModuleName: authtypes.ModuleName, KvStoreKey: "acc"}},
		InitGenesis: []string{
			authtypes.ModuleName, banktypes.ModuleName, distrtypes.ModuleName, stakingtypes.ModuleName,
			slashingtypes.ModuleName, govtypes.ModuleName, minttypes.ModuleName, genutiltypes.ModuleName,
			authz.ModuleName, paramstypes.ModuleName, vestingtypes.ModuleName, consensustypes.ModuleName,
		},
	}
}

func accounts(prefix string) *authmod.Module {
	account := func(name string, permissions ...string) *authmod.ModuleAccountPermission {
		return &authmod.ModuleAccountPermission{Account: name, Permissions: permissions}
	}
	return &authmod.Module{
		Bech32Prefix: prefix,
		ModuleAccountPermissions: []*authmod.ModuleAccountPermission{
			account(authtypes.FeeCollectorName),
			account(distrtypes.ModuleName),
			account(minttypes.ModuleName, authtypes.Minter),
			account(stakingtypes.BondedPoolName, authtypes.Burner, stakingtypes.ModuleName),
			account(stakingtypes.NotBondedPoolName, authtypes.Burner, stakingtypes.ModuleName),
			account(govtypes.ModuleName, authtypes.Burner),
		},
	}
}

// bank refuses payments to module accounts, in MsgSend and for each output of MsgMultiSend
// (x/bank/keeper/msg_server.go). gov may be paid, as in the SDK's simapp.
func bank() *bankmod.Module {
	return &bankmod.Module{BlockedModuleAccountsOverride: []string{
		authtypes.FeeCollectorName, distrtypes.ModuleName, minttypes.ModuleName,
		stakingtypes.BondedPoolName, stakingtypes.NotBondedPoolName,
	}}
}
