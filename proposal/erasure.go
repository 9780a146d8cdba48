package proposal

import "github.com/tian-go/tian/proposal/erasure"

// Erasure (删除个人信息) is a request to take personal data out of the proposal and
// out of its history (个人信息保护法 §47), and what was decided.
type Erasure = erasure.Request

// AskErasure (请求删除个人信息) asks that personal data be erased; see [erasure.Ask].
type AskErasure = erasure.Ask[*Proposal, Rules]

// Erase (删除个人信息) takes personal data out of the case and its history; see
// [erasure.Erase]. The names of people are those of proposers, signers, those in
// charge, leaders and visitors; all that was said is title, text, replies and
// remarks.
type Erase = erasure.Erase[*Proposal, Rules]

// RefuseErasure (不予删除) refuses a request; see [erasure.Refuse].
type RefuseErasure = erasure.Refuse[*Proposal, Rules]
