/** What the steps of an operator's checklist are judged by, in German, by the English sentence; see de-judge.js. */
export const sentences = {
  "The ceremony gives no answer.": "Die Zeremonie antwortet nicht.",
  "The chain gives no answer.": "Die Kette antwortet nicht.",
  "Looked up once they are in the directory.": "Wird nachgesehen, sobald der Betreiber im Verzeichnis steht.",
  "The chain has not started yet.": "Die Kette ist noch nicht gestartet.",
  "Registered, proved by {0}.": "Angemeldet, bewiesen durch {0}.",
  "a wallet": "eine Wallet",
  "the chain's binary": "das Programm der Kette",
  "a gentx": "eine Gentx",
  "Their gentx stands in the ceremony and can register them.":
    "Die Gentx liegt in der Zeremonie und kann als Anmeldung dienen.",
  "Not registered.": "Nicht angemeldet.",
  "Withdrawn.": "Zurückgezogen.",
  "A coordinator approved it.": "Die Koordination hat die Anmeldung angenommen.",
  "A coordinator looks at it.": "Die Koordination sieht die Anmeldung durch.",
  "Rejected: {0} Amend it.": "Abgelehnt: {0} Ändere die Anmeldung.",
  "There is nothing to approve.": "Es gibt nichts anzunehmen.",
  "{0}{1} in the genesis.": "{0}{1} in der Genesis.",
  "Their gentx was judged against its balance.": "Die Gentx wurde gegen das Guthaben geprüft.",
  "The account is on the chain.": "Das Konto ist auf der Kette.",
  "A coordinator granted {0}{1}; it is not in the genesis yet.":
    "Die Koordination hat {0}{1} zugeteilt; in der Genesis steht es noch nicht.",
  "The account is not in the genesis.": "Das Konto steht nicht in der Genesis.",
  "No such account yet.": "So ein Konto gibt es noch nicht.",
  "Accepted with power {0}, SHA-256 {1}.": "Angenommen mit Stimmkraft {0}, SHA-256 {1}.",
  "No gentx is taken (any more): join by create-validator.":
    "Es wird keine Gentx (mehr) angenommen: dazu kommt man mit create-validator.",
  "None stands in the ceremony.": "In der Zeremonie gilt keine.",
  "The ceremony does not collect yet.": "Die Zeremonie sammelt noch nicht.",
  "This deployment looks at nobody's node.": "Dieser Dienst sieht nach keinem Knoten.",
  "Looked at once a coordinator approved them.":
    "Wird angesehen, sobald die Koordination die Anmeldung angenommen hat.",
  "They named no node for others to dial: theirs has to dial others.":
    "Kein Knoten ist genannt, den andere anwählen: er muss andere anwählen.",
  "Not looked at yet: each node's turn comes by itself.":
    "Noch nicht angesehen: jeder Knoten kommt von selbst an die Reihe.",
  "{0} Looked at on {1} UTC.": "{0} Angesehen am {1} UTC.",
  "At {0} a node answers that holds the key of {1}, on {2}.":
    "Unter {0} antwortet ein Knoten mit dem Schlüssel von {1}, auf {2}.",
  "At {0} another node answers: {1}.": "Unter {0} antwortet ein anderer Knoten: {1}.",
  "The node at {0} is on another chain: {1}.": "Der Knoten unter {0} ist auf einer anderen Kette: {1}.",
  "its name is no chain id": "ihr Name ist keine Chain-ID",
  "At {0} no node answers within five seconds.": "Unter {0} antwortet binnen fünf Sekunden kein Knoten.",
  "The name in {0} has no address.": "Der Name in {0} hat keine Adresse.",
  "{0} is no public address with a port of 1024 or more: it is not connected to.":
    "{0} ist keine öffentliche Adresse mit einem Port ab 1024: dorthin wird keine Verbindung aufgebaut.",
  "They are not in the genesis.": "Der Betreiber steht nicht in der Genesis.",
  "No genesis is sealed yet.": "Noch ist keine Genesis gesiegelt.",
  "They have not attested the sealed genesis.": "Die gesiegelte Genesis ist noch nicht bezeugt.",
  "They attested {0}.": "Bezeugt ist {0}.",
  "They hold another genesis: {0}.": "Der Betreiber hat eine andere Genesis: {0}.",
  "Node {0} took it with {1}.": "Knoten {0} hat sie mit {1} angenommen.",
  "Node {0} did not take it.": "Knoten {0} hat sie nicht angenommen.",
  "Their node said nothing.": "Der Knoten hat nichts gemeldet.",
  "The chain has them in the set.": "Der Validator ist im Validatorensatz der Kette.",
  "The chain does not have them in the set.": "Der Validator ist nicht im Validatorensatz der Kette.",
  "They are not in the set.": "Nicht im Validatorensatz.",
  "{0} of {1} commits looked at among the last 100 blocks.":
    "{0} von {1} angesehenen Commits unter den letzten 100 Blöcken.",
  "Jailed.": "Gesperrt.",
  "Not jailed.": "Nicht gesperrt.",
  "They are in the set, so not jailed.": "Im Validatorensatz, also nicht gesperrt.",
};
