package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/tian-go/tian/proposal/store/mysql"
	"github.com/tian-go/tian/proposal/store/postgres"
	"github.com/tian-go/tian/proposal/store/sqlite"
	"github.com/tian-go/tian/proposal/store/sqlstore"
)

// script is a version of the schema in JSON.
type script struct {
	Version int    `json:"version"`
	Name    string `json:"name"`
	SQL     string `json:"sql"`
}

func schemaCommand(c *console) *cobra.Command {
	var engine, schema, prefix string
	var after int
	cmd := &cobra.Command{
		Use: "schema", Args: cobra.NoArgs,
		Short: c.t("输出建表语句，供数据库管理员审阅、执行", "Print the SQL of the tables, to be reviewed and run by a DBA"),
		Long: c.t(`schema 输出各版本的建表语句，与程序自己迁移时执行的相同。由有建表权限的人执行之后，
程序以没有建表权限的账号运行。已在第 n 版的数据库，以 --after n 只输出其后的版本。`,
			`Schema prints the SQL of each version of the tables: what the program runs when it
migrates by itself. Once somebody who may make tables has run it, the program
runs under an account that may not. For a database at version n, --after n prints
what comes after it.`),
		Example: "  tian schema --engine postgres --schema tian > schema.sql\n  tian schema --engine mysql --after 1",
		RunE: func(*cobra.Command, []string) error {
			scripts, err := scriptsOf(engine, schema, prefix)
			if err != nil {
				return err
			}
			answer := []script{}
			for _, s := range scripts {
				if s.Version > after {
					answer = append(answer, script(s))
				}
			}
			return c.answer(answer, func() error {
				for _, s := range answer {
					if _, err := io.WriteString(c.out, s.SQL); err != nil {
						return fmt.Errorf("print: %w", err)
					}
				}
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&engine, "engine", "sqlite", c.t("sqlite、postgres 或 mysql（含 MariaDB）", "sqlite, postgres or mysql (MariaDB too)"))
	cmd.Flags().StringVar(&schema, "schema", "", c.t("PostgreSQL 的模式", "the schema, on PostgreSQL"))
	cmd.Flags().StringVar(&prefix, "prefix", "", c.t("表名前缀，默认 tian_", "what tables' names begin with; tian_ by default"))
	cmd.Flags().IntVar(&after, "after", 0, c.t("数据库已有的版本", "the version that the database has"))
	return cmd
}

func scriptsOf(engine, schema, prefix string) (scripts []sqlstore.Script, err error) {
	if schema != "" && engine != "postgres" {
		return nil, said("--schema：%s 没有模式", "--schema: %s has none", engine)
	}
	switch engine {
	case "sqlite":
		scripts, err = sqlite.Scripts(sqlite.WithPrefix(prefix))
	case "postgres":
		scripts, err = postgres.Scripts(postgres.WithPrefix(prefix), postgres.WithSchema(schema))
	case "mysql":
		scripts, err = mysql.Scripts(mysql.WithPrefix(prefix))
	default:
		return nil, said("--engine：没有“%s”，可用 sqlite、postgres 和 mysql", "--engine: there is no engine %q: sqlite, postgres and mysql are known", engine)
	}
	if err != nil {
		return nil, fmt.Errorf("schema: %w", err)
	}
	return scripts, nil
}
