// Command checkproof verifies checkpoints and proofs of an audit trail with none of Hedgerow's own code:
// signed notes with golang.org/x/mod/sumdb/note, Merkle proofs with github.com/transparency-dev/merkle.
//
//	checkproof PUBLIC-KEY-FILE PROOF-FILE
package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/note"
)

type checkpoint struct {
	origin string
	size   uint64
	root   []byte
}

func main() {
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(keyFile, proofFile string) error {
	key, err := os.ReadFile(keyFile)
	if err != nil {
		return err
	}
	verifier, err := note.NewVerifier(strings.TrimSpace(string(key)))
	if err != nil {
		return err
	}
	text, err := os.ReadFile(proofFile)
	if err != nil {
		return err
	}
	head, rest, found := strings.Cut(string(text), "\n\n")
	if !found {
		return fmt.Errorf("no empty line after the hashes")
	}
	lines := strings.Split(head, "\n")
	switch lines[0] {
	case "c2sp.org/tlog-proof@v1":
		return inclusion(lines[1:], rest, verifier)
	case "hedgerow/consistency-proof@v1":
		return consistency(lines[1:], rest, verifier)
	}
	return fmt.Errorf("unknown proof %q", lines[0])
}

func inclusion(lines []string, rest string, verifier note.Verifier) error {
	entry, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[0], "extra "))
	if err != nil {
		return err
	}
	index, err := strconv.ParseUint(strings.TrimPrefix(lines[1], "index "), 10, 64)
	if err != nil {
		return err
	}
	path, err := hashes(lines[2:])
	if err != nil {
		return err
	}
	signed, err := open(rest, verifier)
	if err != nil {
		return err
	}
	leaf := rfc6962.DefaultHasher.HashLeaf(entry)
	if err := proof.VerifyInclusion(rfc6962.DefaultHasher, index, signed.size, leaf, path, signed.root); err != nil {
		return err
	}
	fmt.Printf("included %d %d %s\n", index, signed.size, signed.origin)
	return nil
}

func consistency(lines []string, rest string, verifier note.Verifier) error {
	path, err := hashes(lines)
	if err != nil {
		return err
	}
	end := strings.Index(rest, "\n\n\u2014 ")
	if end < 0 {
		return fmt.Errorf("no signature below the older checkpoint")
	}
	end = end + 2 + strings.Index(rest[end+2:], "\n\n") + 1
	older, err := open(rest[:end], verifier)
	if err != nil {
		return err
	}
	newer, err := open(rest[end+1:], verifier)
	if err != nil {
		return err
	}
	if err := proof.VerifyConsistency(rfc6962.DefaultHasher, older.size, newer.size, path, older.root, newer.root); err != nil {
		return err
	}
	fmt.Printf("consistent %d %d %s\n", older.size, newer.size, newer.origin)
	return nil
}

func open(text string, verifier note.Verifier) (*checkpoint, error) {
	opened, err := note.Open([]byte(text), note.VerifierList(verifier))
	if err != nil {
		return nil, err
	}
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseUint(lines[1], 10, 64)
	if err != nil {
		return nil, err
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil {
		return nil, err
	}
	return &checkpoint{lines[0], size, root}, nil
}

func hashes(lines []string) ([][]byte, error) {
	var all [][]byte
	for _, line := range lines {
		hash, err := base64.StdEncoding.DecodeString(line)
		if err != nil {
			return nil, err
		}
		all = append(all, bytes.Clone(hash))
	}
	return all, nil
}
