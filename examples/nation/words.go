package main

import (
	"math/rand/v2"
	"strconv"

	"github.com/tian-go/tian/proposal"
)

// subject is what a proposal is about.
type subject string

func topic(r *rand.Rand) subject {
	all := []subject{
		"支持小微企业发展", "完善社区养老服务", "加强农村污水治理", "优化公共交通线路", "保护利用历史建筑",
		"推进智慧物流建设", "扩大普惠托育供给", "加强预制菜监管", "促进高校毕业生就业", "提升基层医疗能力",
		"规范电动自行车停放充电", "加快老旧小区改造", "培育乡村文化队伍", "健全政务数据共享机制", "加强湿地保护修复",
	}
	return all[r.IntN(len(all))]
}

func (s subject) title(number int) string {
	return "关于" + string(s) + "的提案（" + strconv.Itoa(number+1) + "）"
}

// words makes a short text.
func words(r *rand.Rand) proposal.Text {
	suggestions := []string{
		"加大财政投入，统筹用好专项资金。", "建立部门联席会议制度，定期会商。", "出台实施细则，明确责任分工。",
		"开展试点，总结经验后逐步推广。", "加强宣传引导，鼓励社会力量参与。",
	}
	r.Shuffle(len(suggestions), func(i, j int) { suggestions[i], suggestions[j] = suggestions[j], suggestions[i] })
	return proposal.Text{
		Background:  "近年来有关工作取得明显成效，但与群众期盼相比仍有差距。",
		Analysis:    "一是统筹不够，二是投入不足，三是机制有待健全。",
		Suggestions: suggestions[:1+r.IntN(3)],
	}
}

const replyText = "您提出的建议收悉。经会同有关单位研究，现答复如下：已列入年度工作安排，明确责任单位和时限，进展将及时向您通报。"
