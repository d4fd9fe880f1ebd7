package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

func TestProbeAnswersEveryLineInItsPlace(t *testing.T) {
	refused := errors.New("no")
	gentx := func(text string) (string, error) {
		if text == "panic" {
			panic("at the start")
		}
		return "", refused
	}
	cases := []struct {
		question question
		want     answer
	}{
		{question{"dec", "0.1"}, answer{OK: true, Value: "0.100000000000000000"}},
		{question{"dec", ".1"}, answer{Error: "invalid decimal length"}},
		{question{"int", "0010"}, answer{OK: true, Value: "8"}},
		{question{"coin", `{"denom":"upaw","amount":"5"}`}, answer{OK: true, Value: "5upaw"}},
		{question{"coins", `[{"denom":"b1u","amount":"1"},{"denom":"a1u","amount":"2"}]`}, answer{OK: true, Value: "2a1u,1b1u"}},
		{question{"json", `{"b":"<","a":[]}`}, answer{OK: true, Value: "{\n  \"b\": \"\\u003c\",\n  \"a\": []\n}"}},
		{question{"sorted", `{"b":1, "a":2}`}, answer{OK: true, Value: `{"a":2,"b":1}`}},
		{question{"gentx", "panic"}, answer{Error: "at the start"}},
		{question{"gentx", ""}, answer{Error: "no"}},
		{question{"none", ""}, answer{Error: "no kind is called none"}},
	}
	var in, out bytes.Buffer
	for _, c := range cases {
		if err := json.NewEncoder(&in).Encode(map[string]string{"kind": c.question.Kind, "text": c.question.Text}); err != nil {
			t.Fatal(err)
		}
	}
	if err := probe(&in, &out, gentx); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != len(cases) {
		t.Fatalf("%d answers to %d questions", len(lines), len(cases))
	}
	for index, c := range cases {
		var told answer
		if err := json.Unmarshal([]byte(lines[index]), &told); err != nil {
			t.Fatal(err)
		}
		if told != c.want {
			t.Errorf("%v: %+v, not %+v", c.question, told, c.want)
		}
	}
}

func TestProbeStopsAtALineThatIsNoQuestion(t *testing.T) {
	if err := probe(strings.NewReader("dec 1\n"), &bytes.Buffer{}, nil); err == nil {
		t.Fatal("it went on")
	}
}

func TestTrialTellsWhatItLacks(t *testing.T) {
	for genesis, words := range map[string]string{"": "gentxs need --genesis", "none.json": "no such file"} {
		tried, err := newTrial("cosmos", genesis)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tried.gentx("{}"); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("with the genesis %q: %v", genesis, err)
		}
	}
}
