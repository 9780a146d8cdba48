package mysql

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestANilOptionIsNone(t *testing.T) {
	require.Equal(t, newSettings(nil), newSettings([]Option{nil, nil}))
}

// go-sql-driver/mysql#309, squalor#38: parameters put into statements as UTF-8
// became SQL on a connection in GBK.
func TestAConnectionThatIsNotUTF8IsRefused(t *testing.T) {
	for _, query := range []string{"charset=gbk", "charset=utf8mb4,gbk", "collation=big5_chinese_ci", "charset=GB18030&parseTime=true"} {
		_, err := Open(context.Background(), "root@tcp(127.0.0.1:1)/none?"+query)
		require.ErrorContains(t, err, "utf8mb4", query)
	}
	for _, query := range []string{"charset=utf8mb4", "collation=utf8mb4_bin", "charset=utf8mb4,utf8"} {
		_, err := Open(context.Background(), "nobody@tcp(127.0.0.1:1)/none?timeout=1s&"+query)
		require.ErrorContains(t, err, "connect", query)
		require.NotContains(t, err.Error(), "UTF-8", query)
	}
}

func TestWhatAStoreAsksOfTiDB(t *testing.T) {
	require.NoError(t, fitsTiDB("pessimistic", entrySize))
	for _, mode := range []string{"optimistic", ""} {
		require.ErrorContains(t, fitsTiDB(mode, entrySize), "须为悲观事务")
	}
	for _, limit := range []int64{0, entrySize - 1} {
		require.ErrorContains(t, fitsTiDB("pessimistic", limit), "单行限额不足")
	}
}
