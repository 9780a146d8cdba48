package proposal

import "github.com/tian-go/tian/proposal/lifecycle"

// Category (类别) is the key of a category in a scheme. Users declare their own
// as constants beside a scheme that has them.
type Category string

// The five classes of the five-sphere plan (五位一体), and the sixth that 秀山
// Xiushan added when it went from five classes to six.
const (
	Economic      Category = "economic"       // 经济建设
	Political     Category = "political"      // 政治建设
	Cultural      Category = "cultural"       // 文化建设
	Social        Category = "social"         // 社会建设
	Ecological    Category = "ecological"     // 生态文明建设
	PartyBuilding Category = "party_building" // 党的建设
)

// FiveCategories is version 1 of the scheme "categories" (五类).
func FiveCategories() Scheme {
	return Scheme{Name: "categories", Version: 1, Terms: []Term{
		{Key: string(Economic), Label: label("经济建设", "economic development")},
		{Key: string(Political), Label: label("政治建设", "political development")},
		{Key: string(Cultural), Label: label("文化建设", "cultural development")},
		{Key: string(Social), Label: label("社会建设", "social development")},
		{Key: string(Ecological), Label: label("生态文明建设", "ecological civilisation")},
	}}
}

// SixCategories is version 2 of the scheme "categories" (六类): the five keep
// their keys, Party building is new.
func SixCategories() Scheme {
	six := FiveCategories()
	six.Version = 2
	six.Terms = append(six.Terms, Term{Key: string(PartyBuilding), Label: label("党的建设", "Party building")})
	return six
}

func label(zh, en string) lifecycle.Label { return lifecycle.Label{ZH: zh, EN: en} }
