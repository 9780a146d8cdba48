package text_test

import (
	"fmt"

	"github.com/tian-go/tian/proposal/text"
)

// One number in many spellings has one key; what is printed stays as it was given.
func ExampleNumber() {
	for _, given := range []string{"14", "第14号", "No.14", "（14）", "014", "一号"} {
		printed, key := text.Number(given)
		fmt.Println(printed, key == "14")
	}
	// Output:
	// 14 true
	// 第14号 true
	// No.14 true
	// (14) true
	// 014 true
	// 一号 false
}

// So has one session.
func ExampleSessionKey() {
	fmt.Println(text.SessionKey("十一届一次会议") == text.SessionKey("11-1"), text.SessionKey("十一届二次会议") == text.SessionKey("11-1"))
	// Output: true false
}

// Contact data is found by its form, and taken out before anything is published.
func ExampleRedact() {
	said := "联系人王某，手机１３８ ０００１ ２３４５，2024年4月26日提出，热线12345。"
	for _, c := range text.FindContacts(said) {
		zh, en := c.Kind.Words()
		fmt.Println(zh, "/", en)
	}
	fmt.Println(text.Redact(said))
	// Output:
	// 电话号码 / a phone number
	// 联系人王某，手机***，2024年4月26日提出，热线12345。
}
