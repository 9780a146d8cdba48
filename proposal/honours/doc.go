// Package honours selects the proposals that get a distinction (优秀提案评选) of
// those that were nominated: so many of them by their marks, with a rule for
// equals at the edge, and no fewer of some kind than a rule asks for, such as
// 20 % collective ones. It computes and keeps nothing; who is selected is then
// honoured by [github.com/tian-go/tian/proposal.GiveHonour].
package honours
