package main

import (
	"crypto"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/tian-go/tian/proposal/heads"
)

// keptHeads is what was kept.
type keptHeads struct {
	Date   string `json:"date"`
	Cases  int    `json:"cases"`
	Root   string `json:"root"`
	Signed string `json:"signed,omitempty"` // the algorithm
	Out    string `json:"out"`
}

// checkedHeads is what kept heads say of a database.
type checkedHeads struct {
	Date    string         `json:"date"`
	Cases   int            `json:"cases"`
	Signed  string         `json:"signed,omitempty"` // the algorithm; checked when a public key was given
	Checked bool           `json:"signature_checked"`
	Changes []heads.Change `json:"changes"`
}

func headsCommand(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "heads --db DSN (--out FILE | --check FILE)",
		Short: c.t("把每件最后一条留痕存证于别处，或据以核对数据库", "Keep the last entry of each case elsewhere, or check against it"),
		Long: c.t(`将每件最后一条留痕的序号和哈希写入文件，并附总摘要（SHA-256默克尔树），可以签名。
文件应存放在能写数据库的人写不到的地方。--check用该文件核对数据库：整件消失、被回退、
被改写的逐件列出，退出码为1。每件内部是否完整由tian audit核验，两者都要运行。
密钥为openssl所写PEM格式的Ed25519密钥。`,
			`Heads writes the number and hash of the last entry of every case into a file,
with one digest over all of them (a Merkle tree of SHA-256), signed if a key is
given. Keep the file where whoever can write to the database cannot. With --check
it holds the database against such a file, names every case that vanished, was
rolled back or was changed since, and then exits with 1. Whether each history is
whole in itself, tian audit says: run both. A key is an Ed25519 key in PEM, as
openssl writes it.`),
		Example: `  openssl genpkey -algorithm ed25519 -out key.pem
  openssl pkey -in key.pem -pubout -out public.pem
  tian heads --db tian.db --out 2026-03-01.json --key key.pem
  tian heads --db tian.db --check 2026-03-01.json --public public.pem`,
		Args: cobra.NoArgs,
	}
	db := databaseFlag(cmd, "")
	out := cmd.Flags().String("out", "", c.t("写入的文件，已有的不覆盖", "the file to write; one that is there is not overwritten"))
	check := cmd.Flags().String("check", "", c.t("存证文件", "a file that was kept"))
	key := cmd.Flags().String("key", "", c.t("用此私钥（PEM文件）签名，随--out", "sign with this private key, a PEM file (with --out)"))
	public := cmd.Flags().String("public", "", c.t("用此公钥（PEM文件）验签，随--check", "check the signature with this public key, a PEM file (with --check)"))
	date := cmd.Flags().String("date", "", c.t("日期YYYY-MM-DD，默认今天，随--out", "the day, YYYY-MM-DD; today by default (with --out)"))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		switch {
		case (*out == "") == (*check == ""):
			return said("--out 与 --check 须给出其一", "give either --out or --check")
		case *out != "" && *public != "" || *check != "" && (*key != "" || *date != ""):
			return said("--key、--date 与 --out 同用，--public 与 --check 同用", "--key and --date go with --out, --public with --check")
		case *date == "":
			*date = time.Now().Format(time.DateOnly)
		}
		return withDatabase(cmd.Context(), *db, false, func(st database) error {
			if *out != "" {
				return c.keepHeads(cmd, st, *date, *key, *out)
			}
			return c.checkHeads(cmd, st, *check, *public)
		})
	}
	return cmd
}

func (c *console) keepHeads(cmd *cobra.Command, st database, date, key, out string) error {
	var by heads.Signer
	if key != "" {
		private, err := pemKey(key, "--key", x509.ParsePKCS8PrivateKey)
		if err != nil {
			return err
		}
		by = heads.Ed25519(private.(ed25519.PrivateKey)) //nolint:forcetypeassert // pemKey has looked
	}
	day, err := heads.Collect(cmd.Context(), date, st)
	if err != nil {
		return fmt.Errorf("--db: %w", err)
	}
	kept, err := heads.Keep(day, heads.Hash{}, by)
	if err != nil {
		return err
	}
	file, err := json.MarshalIndent(kept, "", " ")
	if err != nil {
		return fmt.Errorf("--out: %w", err)
	}
	if err := writeNew(out, append(file, '\n')); err != nil {
		return fmt.Errorf("--out: %w", err)
	}
	done := keptHeads{Date: day.Date, Cases: len(day.Heads), Root: hex.EncodeToString(kept.Root), Out: out}
	if kept.Signed != nil {
		done.Signed = kept.Signed.Algorithm
	}
	return c.answer(done, func() error {
		signed := c.t("未签名", "not signed")
		if done.Signed != "" {
			signed = c.t("已签名", "signed") + " (" + done.Signed + ")"
		}
		return c.say(c.t("%s：%d件，%s\n总摘要 %s\n存于%s", "%s: %d cases, %s\nroot %s\nkept in %s"), done.Date, done.Cases, signed, done.Root, out)
	})
}

func (c *console) checkHeads(cmd *cobra.Command, st database, file, public string) error {
	raw, err := os.ReadFile(file) //nolint:gosec // the file that whoever runs it names
	if err != nil {
		return fmt.Errorf("--check: %w", err)
	}
	kept, err := heads.Read(raw, heads.Hash{})
	if err != nil {
		return fmt.Errorf("--check %s: %w", file, err)
	}
	found := checkedHeads{Date: kept.Date, Cases: len(kept.Heads)}
	if kept.Signed != nil {
		found.Signed = kept.Signed.Algorithm
	}
	if public != "" {
		pub, err := pemKey(public, "--public", x509.ParsePKIXPublicKey)
		switch {
		case err != nil:
			return err
		case kept.Signed == nil:
			return said("--check %s：没有签名", "--check %s: not signed", file)
		}
		if err := kept.Signed.Check(heads.Ed25519Public(pub.(ed25519.PublicKey))); err != nil { //nolint:forcetypeassert // pemKey has looked
			return fmt.Errorf("--check %s: %w", file, err)
		}
		found.Checked = true
	}
	if found.Changes, err = kept.Compare(heads.Journals(cmd.Context(), st)); err != nil {
		return fmt.Errorf("--db: %w", err)
	}
	if found.Changes == nil {
		found.Changes = []heads.Change{}
	}
	if err := c.answer(found, func() error { return c.printHeads(found) }); err != nil {
		return err
	}
	if len(found.Changes) > 0 {
		return errBroken
	}
	return nil
}

func (c *console) printHeads(found checkedHeads) error {
	signature := c.t("未验签", "signature not checked")
	if found.Checked {
		signature = c.t("验签通过", "signature good")
	}
	err := c.say(c.t("%s：存证%d件，不符%d件；%s", "%s: %d cases kept, %d changed since; %s"), found.Date, found.Cases, len(found.Changes), signature)
	if err != nil || len(found.Changes) == 0 {
		return err
	}
	words := map[string]string{
		heads.Vanished: c.t("整件消失", "vanished"), heads.RolledBack: c.t("被回退", "rolled back"), heads.Changed: c.t("被改写", "changed"),
	}
	rows := [][]string{{c.t("类别", "kind"), c.t("件", "case"), c.t("留痕", "entry"), c.t("问题", "what is wrong")}}
	for _, ch := range found.Changes {
		rows = append(rows, []string{ch.Head.Kind, ch.Head.ID, fmt.Sprint(ch.Head.Seq), words[ch.Reason]})
	}
	return c.say("\n%s", table(rows))
}

// pemKey reads an Ed25519 key from the first block of a PEM file.
func pemKey[K any](file, flag string, parse func([]byte) (K, error)) (crypto.PrivateKey, error) {
	raw, err := os.ReadFile(file) //nolint:gosec // the file that whoever runs it names
	if err != nil {
		return nil, fmt.Errorf("%s: %w", flag, err)
	}
	block, _ := pem.Decode(raw)
	if block == nil {
		return nil, said("%s %s：不是 PEM", "%s %s: no PEM", flag, file)
	}
	key, err := parse(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", flag, file, err)
	}
	switch any(key).(type) {
	case ed25519.PrivateKey, ed25519.PublicKey:
		return key, nil
	}
	return nil, said("%s %s：不是 Ed25519 密钥", "%s %s: not an Ed25519 key", flag, file)
}

// writeNew writes a file that is not there yet.
func writeNew(name string, content []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644) //nolint:gosec // the user names it, and others may read it
	if err != nil {
		return err //nolint:wrapcheck // the caller names the flag
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Close())
}
