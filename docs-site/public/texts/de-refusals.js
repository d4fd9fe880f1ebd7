/** What the API refuses, in German: title and sentence by `code`, filled in from the answer's `values`. */
export const refusals = {
  // Of a request.
  not_found: ["Nicht gefunden", "Unter dieser Adresse ist nichts."],
  unknown_network: ["Unbekanntes Netz", "Ein Netz {chainId} gibt es hier nicht. Es gibt: {served}."],
  unknown_claim: ["Unbekannte Anfrage", "Dieses Netz hat keine Anfrage {claimId}."],
  method_not_allowed: ["Diese Methode nicht", "Diese Adresse nimmt {allow}."],
  body_too_large: ["Zu groß", "Hier werden höchstens {bytesMax} Bytes angenommen."],
  invalid_json: ["Kein JSON", "Was gesendet wurde, ist leer oder kein JSON."],
  invalid_body: ["So geht es nicht", "Etwas von dem, was gesendet wurde, ist nicht, wie es sein soll."],
  invalid_query: ["So geht es nicht", "Etwas in der Adresse der Anfrage ist nicht, wie es sein soll."],
  invalid_idempotency_key: ["Falscher Idempotency-Key", "Er hat 1 bis 255 sichtbare ASCII-Zeichen."],
  config_invalid: [
    "Falsch eingerichtet",
    "In den Einstellungen dieses Dienstes sind Fehler; bis sie behoben sind, antwortet er nicht.",
  ],
  dispenser_unreachable: [
    "Keine Antwort",
    "Der Faucet hat nicht geantwortet. Vielleicht ist die Anfrage gespeichert: Frag noch einmal mit demselben Idempotency-Key.",
  ],
  internal: ["Unser Fehler", "Hier ist etwas kaputtgegangen; es steht im Log."],
  not_on_chain: ["Nicht auf der Kette gefunden", "Die Knoten des Netzes kennen das nicht."],
  chain_unreachable: [
    "Die Kette lässt sich nicht fragen",
    "Keiner der Endpunkte des Netzes antwortet. Über die Kette selbst sagt das nichts.",
  ],
  // Of the faucet.
  claim_open: ["Eine Anfrage ist offen", "Für diese Adresse ist schon eine Anfrage unterwegs: {claimId}."],
  cooldown_active: ["Zu früh", "Diese Adresse wurde vor Kurzem bezahlt. Wieder darf sie ab {retryAt}."],
  idempotency_key_reused: [
    "Idempotency-Key schon benutzt",
    "Mit diesem Schlüssel kam schon eine andere Anfrage. Nimm für eine neue einen neuen.",
  ],
  unknown_denom: ["Unbekannter Denom", "Der Faucet zahlt kein {denom}; er zahlt {available}."],
  invalid_address: [
    "Keine Adresse dieses Netzes",
    "Das ist keine Adresse dieses Netzes, oder ein Zeichen darin ist falsch.",
  ],
  recipient_not_allowed: [
    "An diese Adresse wird nicht gezahlt",
    "Es ist eine eigene Adresse der Kette oder des Faucets, oder wer ihn betreibt, zahlt ihr nichts.",
  ],
  client_limited: ["Zu viele aus deinem Netz", "Von hier ({width}) kamen heute genug Anfragen. Wieder ab {retryAt}."],
  budget_spent: [
    "Das Budget der Stunde ist verbraucht",
    "Der Faucet hat auf diesem Weg gegeben, was er in einer Stunde gibt. Wieder ab {retryAt}.",
  ],
  balance_enough: ["Sie hat genug", "Diese Adresse hat {cap} {denom} oder mehr. Mehr gibt der Faucet niemandem."],
  challenge_required: [
    "Erst ein Nachweis",
    "Eine Anfrage muss hier einen Nachweis mitbringen, etwa ein gelöstes Rätsel.",
  ],
  challenge_invalid: [
    "Der Nachweis passt nicht",
    "Er ist nicht von hier, abgelaufen, für etwas anderes oder nicht gelöst.",
  ],
  challenge_used: ["Der Nachweis ist verbraucht", "Damit wurde schon eine Anfrage gestellt. Hol einen neuen."],
  challenge_outpriced: ["Der Preis ist gestiegen", "Das Budget der Stunde ist inzwischen knapp. Hol ein neues Rätsel."],
  challenge_not_needed: ["Kein Rätsel nötig", "Anfragen dieses Netzes brauchen kein Rätsel."],
  challenge_limited: ["Zu viele Rätsel", "Von hier ({width}) wurden heute genug Rätsel geholt. Wieder ab {retryAt}."],
  signature_not_taken: ["Eine Signatur hilft nicht", "Dieses Netz nimmt keine Signatur, oder gerade nicht."],
  credential_invalid: ["Das gilt nicht", "{kind}: hier nicht bekannt, oder es passt nicht."],
  credential_limited: [
    "Es ist an seiner Grenze",
    "{kind}: für heute verbraucht, oder zu oft falsch versucht. Wieder ab {retryAt}.",
  ],
  credential_spent: ["Es ist verbraucht", "{kind}: aufgebraucht, abgelaufen oder widerrufen."],
  credential_scope: ["Nicht für diesen Token", "{kind}: gilt für {allowed}, nicht für {denom}."],
  queue_full: [
    "Die Reihe ist voll",
    "Es warten so viele, wie warten dürfen. Nichts wurde angerechnet; versuch es später.",
  ],
  faucet_empty: ["Der Faucet ist leer", "Er hat zu wenig für eine weitere Anfrage. Wer ihn betreibt, muss ihn füllen."],
  faucet_paused: ["Der Faucet macht Pause", "Wer ihn betreibt, hat ihn angehalten: {reason}"],
  faucet_halted: ["Der Faucet steht", "Mit der Kette ist etwas geschehen. Wer den Faucet betreibt, muss erst handeln."],
  faucet_disabled: [
    "Der Faucet ist abgeschaltet",
    "Wer ihn betreibt, hat ihn abgeschaltet oder noch nicht fertig eingerichtet.",
  ],
  // Of the ceremony.
  act_forbidden: ["Die Zeremonie lässt es nicht zu", "So, wie sie gerade steht, geht das nicht."],
  "act_forbidden.not_created": ["Die Zeremonie lässt es nicht zu", "Sie hat noch nicht begonnen."],
  "act_forbidden.already_created": ["Die Zeremonie lässt es nicht zu", "Sie hat schon begonnen."],
  "act_forbidden.time_backwards": [
    "Die Zeremonie lässt es nicht zu",
    "Die Zeit liegt vor der des neuesten Eintrags, {newest}.",
  ],
  "act_forbidden.wrong_phase": [
    "Die Zeremonie lässt es nicht zu",
    "Sie ist in der Phase „{phase}“; das gehört in eine andere.",
  ],
  "act_forbidden.no_such_move": ["Die Zeremonie lässt es nicht zu", "Von „{from}“ führt kein Weg zu „{to}“."],
  "act_forbidden.wrong_actor": ["Die Zeremonie lässt es nicht zu", "Das darf nur {wants}."],
  "act_forbidden.reason_missing": ["Die Zeremonie lässt es nicht zu", "Das braucht einen Grund."],
  "act_forbidden.second_person_missing": [
    "Die Zeremonie lässt es nicht zu",
    "Das braucht zwei Koordinatoren, die sich einig sind.",
  ],
  "act_forbidden.too_early": ["Die Zeremonie lässt es nicht zu", "Nicht vor {until}."],
  "act_forbidden.too_late": ["Die Zeremonie lässt es nicht zu", "Nicht mehr ab {since}."],
  "act_forbidden.fixed_after_draft": ["Die Zeremonie lässt es nicht zu", "Nur im Entwurf zu ändern: {names}."],
  "act_forbidden.nothing_changed": ["Die Zeremonie lässt es nicht zu", "Es würde sich nichts ändern."],
  "act_forbidden.part_missing": ["Die Zeremonie lässt es nicht zu", "Noch fehlt: {part}."],
  "act_forbidden.not_on_allowlist": [
    "Die Zeremonie lässt es nicht zu",
    "Der Betreiber steht nicht auf der Liste derer, die einreichen dürfen.",
  ],
  "act_forbidden.gentx_stands": [
    "Die Zeremonie lässt es nicht zu",
    "Eine Gentx dieses Betreibers gilt schon: {sha256}",
  ],
  "act_forbidden.gentx_does_not_stand": [
    "Die Zeremonie lässt es nicht zu",
    "Diese Gentx gilt nicht. Von diesem Betreiber gilt: {sha256}",
  ],
  "act_forbidden.gentx_spent": [
    "Die Zeremonie lässt es nicht zu",
    "Diese Gentx wurde schon einmal eingereicht. Signiere eine, die sich unterscheidet, etwa in „details“.",
  ],
  "act_forbidden.too_many": ["Die Zeremonie lässt es nicht zu", "Mehr als {max} {of}."],
  "act_forbidden.wrong_version": ["Die Zeremonie lässt es nicht zu", "Die Fassung ist {expected}."],
  "act_forbidden.wrong_hash": ["Die Zeremonie lässt es nicht zu", "Die gesiegelte Genesis hat den SHA-256 {expected}."],
  "act_forbidden.not_in_genesis": [
    "Die Zeremonie lässt es nicht zu",
    "Der Betreiber hat keine Gentx in der gesiegelten Genesis.",
  ],
  "act_forbidden.word_not_newer": [
    "Die Zeremonie lässt es nicht zu",
    "Das Wort des Betreibers, das gilt, ist nicht älter. Fang noch einmal an und signiere neu.",
  ],
  "act_forbidden.gate_closed": [
    "Die Zeremonie lässt es nicht zu",
    "{attested} von {total} Stimmkraft haben die Genesis bezeugt; nötig sind {percent} %.",
  ],
  gentx_refused: ["Diese Gentx wird nicht angenommen", "Sie bricht Regeln; was zu tun ist, steht dabei."],
  content_too_large: ["Zu groß", "Hier werden höchstens {bytesMax} Bytes angenommen."],
  parts_broken: [
    "Daraus wird keine Genesis",
    "Eine der Dateien lässt sich nicht lesen, oder sie passen nicht zusammen.",
  ],
  seal_differs: [
    "Eine andere Genesis als die gesehene",
    "Jetzt würde eine mit dem SHA-256 {sha256} gesiegelt. Sieh dir die Vorschau noch einmal an.",
  ],
  ceremony_busy: [
    "Viel los",
    "Es kam so viel auf einmal, dass dies nie gegen den neuesten Stand geprüft wurde. Sende es noch einmal.",
  ],
  word_refused: ["Das wird nicht angenommen", "Mit dem, was signiert wurde, stimmt etwas nicht."],
  challenge_unknown: [
    "Nicht von hier",
    "Was zu signieren war, wurde nicht hier und nicht dafür gemacht. Fang noch einmal an.",
  ],
  challenge_expired: ["Abgelaufen", "Es galt bis {ended}. Fang noch einmal an und signiere neu."],
  wrong_file: [
    "Eine andere Genesis als die gesiegelte",
    "Deine Datei ist nicht die gesiegelte Fassung {version} mit dem SHA-256 {expected}. Lade genesis.json neu und vergleiche.",
  ],
  node_not_tied: [
    "Nicht der Knoten dieses Betreibers",
    "Weder Bezeugung noch Gentx von {operator} nennen den Knoten {node}. Bezeuge noch einmal mit seiner ID.",
  ],
  ceremony_not_found: ["Keine Zeremonie", "Hier gibt es keine Zeremonie dieses Netzes."],
  ceremony_disabled: ["Die Zeremonie ist zu", "Wer diesen Dienst betreibt, hat sie noch nicht fertig eingerichtet."],
  ceremony_unreachable: [
    "Keine Antwort",
    "Die Zeremonie hat nicht geantwortet. Eine Gentx darf man noch einmal einreichen; bei allem anderen sieh erst nach, ob es getan ist.",
  ],
  gentxs_limited: ["Zu viele Gentxs", "Von hier ({width}) kamen heute genug Gentxs. Wieder ab {retryAt}."],
  unknown_gentx: ["Keine solche Gentx", "In dieser Zeremonie gilt keine Gentx von {operator}."],
  genesis_not_sealed: ["Keine gesiegelte Genesis", "So eine ist nicht gesiegelt; die Vorschau zeigt, wie sie wäre."],
  // Of the validators' directory.
  nonce_spent: [
    "Einmal signiert, einmal gültig",
    "Was signiert wurde, hat schon gewirkt. Sieh nach, ob die Anmeldung steht; für eine weitere Änderung fang neu an.",
  ],
  registration_exists: ["Schon angemeldet", "Dieser Betreiber ist angemeldet ({state}). Ändere die Anmeldung."],
  unknown_registration: ["Nicht angemeldet", "Von {operator} gibt es keine Anmeldung."],
  registration_changed: [
    "Sie hat sich geändert",
    "Die Anmeldung ist inzwischen bei Fassung {rev}. Sieh sie dir noch einmal an.",
  ],
  registration_state: ["Nicht in diesem Stand", "Die Anmeldung ist im Stand „{state}“; da geht das nicht."],
  registration_clash: ["Schon vergeben", "{field}: dasselbe hat schon die angenommene Anmeldung von {operator}."],
  registrations_full: ["Zu viele warten", "Es warten {most} Anmeldungen, so viele wie dürfen. Versuch es später."],
  not_on_allowlist: [
    "Nicht auf der Liste",
    "Anmelden dürfen sich Konten, die die Koordination eingetragen hat; {operator} ist keines davon.",
  ],
  registrations_limited: ["Zu viele Anmeldungen", "Von hier ({width}) kamen heute genug. Wieder ab {retryAt}."],
  directory_not_found: ["Keine Anmeldung", "Validatoren dieses Netzes melden sich nicht hier an."],
  directory_closed: ["Die Anmeldung ist zu", "Wer diesen Dienst betreibt, hat sie noch nicht fertig eingerichtet."],
  // Of coordinators and operators.
  admin_key_missing: ["Ein Admin-Schlüssel fehlt", "Das geht nur mit einem Admin-Schlüssel."],
  admin_key_invalid: ["Kein Admin-Schlüssel dieses Dienstes", "Dieser Dienst kennt keinen solchen Schlüssel."],
  role_missing: ["Dein Schlüssel darf das nicht", "Nötig ist die Rolle „{role}“; dein Schlüssel hat: {held}."],
  admin_tries_spent: [
    "Zu viele falsche Schlüssel",
    "Von hier ({width}) kamen zu viele falsche Schlüssel. Ein richtiger kommt trotzdem hinein.",
  ],
  not_paused: ["Keine Pause", "Der Faucet macht keine Pause; nichts wurde geändert."],
  budget_not_set: ["Kein Budget gesetzt", "Es gilt schon das Budget der Netzdatei; nichts wurde geändert."],
  not_denied: ["Nicht ausgeschlossen", "Die Adresse {address} ist nicht ausgeschlossen."],
  deny_list_full: ["Die Ausschlussliste ist voll", "Sie hat {max} Adressen, so viele wie sie darf."],
  unknown_grant: ["Unbekannt", "{kind}: {id} gibt es bei diesem Faucet nicht."],
  grant_exists: ["Schon einmal vergeben", "Dieses Geheimnis wurde schon vergeben. Wähle ein anderes."],
  grant_revoked: ["Widerrufen", "{id} wurde für immer widerrufen; mach etwas Neues."],
  grant_not_rotatable: [
    "Ein Code wird nicht gewechselt",
    "{id} ist ein Code einer Veranstaltung: Widerruf ihn, und mach einen anderen.",
  ],
  grant_denoms: ["Unbekannter Denom", "Der Faucet zahlt kein {denom}; er zahlt {available}."],
  grants_full: ["Kein Platz mehr", "Dieser Faucet hebt {most} Schlüssel und Codes auf, mehr nicht."],
  secret_shown: [
    "Das Geheimnis wurde schon gezeigt",
    "Es wird einmal gezeigt. Ist es verloren, widerruf es und mach ein anderes.",
  ],
};

/** Words that the API uses for values, in German. */
export const named = {
  kind: { key: "API-Schlüssel", code: "Code", oidc: "CI-Token", signature: "Signatur" },
  width: {
    "IPv4 address": "IPv4-Adresse",
    "group of clients behind another Worker": "alle hinter einem anderen Worker",
    "group of clients without an address": "alle ohne Adresse",
  },
  state: { pending: "wird durchgesehen", approved: "angenommen", rejected: "abgelehnt", withdrawn: "zurückgezogen" },
  field: { moniker: "Moniker", peer: "ID des Knotens", consensusKey: "Konsensschlüssel" },
  part: { base: "die Basis-Genesis", allocations: "die Zuteilungen", gentxs: "Gentxs" },
  of: { operators: "Betreiber", "hand-ins": "Einreichungen", acts: "Einträge" },
  wants: { coordinator: "die Koordination", clock: "die Uhr", operator: "der Betreiber" },
  role: { coordinator: "Koordination", operator: "Betrieb", viewer: "Einsicht" },
  sha256: { "": "keine" },
};
