package main

import (
	"testing"

	"google.golang.org/protobuf/proto"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

type fakeTx struct {
	sdk.FeeTx
	messages int
	gas      uint64
}

func (t fakeTx) GetMsgs() []sdk.Msg                  { return make([]sdk.Msg, t.messages) }
func (t fakeTx) GetMsgsV2() ([]proto.Message, error) { return nil, nil }
func (t fakeTx) GetGas() uint64                      { return t.gas }

func TestLimits(t *testing.T) {
	paw := limits{messages: 10, gas: 10_000_000}
	cases := map[string]struct {
		limits limits
		tx     fakeTx
		height int64
		passes bool
	}{
		"at both limits":              {paw, fakeTx{messages: 10, gas: 10_000_000}, 5, true},
		"one message too many":        {paw, fakeTx{messages: 11, gas: 1}, 5, false},
		"one gas too many":            {paw, fakeTx{messages: 1, gas: 10_000_001}, 5, false},
		"gentxs at height 0 are free": {paw, fakeTx{messages: 11, gas: 10_000_001}, 0, true},
		"no limits refuse nothing":    {limits{}, fakeTx{messages: 1000, gas: 1 << 60}, 5, true},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			// The same handler serves CheckTx and block execution.
			for _, checking := range []bool{true, false} {
				reached := false
				handler := c.limits.before(func(ctx sdk.Context, _ sdk.Tx, _ bool) (sdk.Context, error) {
					reached = true
					return ctx, nil
				})
				ctx := sdk.Context{}.WithBlockHeight(c.height).WithIsCheckTx(checking)
				_, err := handler(ctx, c.tx, false)
				if reached != c.passes || (err == nil) != c.passes {
					t.Fatalf("checking %v: reached the next handler %v, error %v", checking, reached, err)
				}
			}
		})
	}
}
