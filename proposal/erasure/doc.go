// Package erasure takes personal data out of a case and out of its history, as
// somebody may demand (个人信息保护法 §47): asked for by one, decided by another, done
// by an act that stays on record. Packages proposal, consult and
// appraisal have it, and a vocabulary of your own may.
//
// # For a vocabulary
//
// A case embeds [Requests] and says with a table, [Fields], where personal data may
// stand; that makes it a [Case]. The vocabulary takes in [Actions], [Part] and the
// guard [FourEyes], and its definitions a track:
//
//	{
//	  "key": "erasure", "initial": "none",
//	  "states": [{"key": "none", "final": true}, {"key": "asked"}],
//	  "transitions": [
//	    {"event": "ask_erasure", "from": ["none"], "to": "asked", "roles": ["office", "committee"]},
//	    {"event": "erase", "from": ["asked"], "to": "none", "roles": ["committee"], "guards": ["four_eyes"]},
//	    {"event": "refuse_erasure", "from": ["asked"], "to": "none", "roles": ["committee"], "guards": ["four_eyes"]}
//	  ]
//	}
//
// How the contents are replaced so that the history still verifies is told where
// the engine does it: [workflow.Eraser].
package erasure
