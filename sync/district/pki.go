package district

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"path/filepath"
	"time"

	"rongyuan/store/record"
	"rongyuan/sync/wire"
)

const (
	authorityFile    = "ca.pem"
	authorityKeyFile = "ca.key"
	signerFile       = "receipt.key"
)

// The lives of certificates. The authority outlives the program; the server's
// own certificate is made at each start and lives in memory only.
const (
	authorityYears = 30
	leafYears      = 2
)

// authority is the district's own CA: the one that stations pin at enrolment.
type authority struct {
	cert *x509.Certificate
	key  crypto.Signer
}

// newAuthority makes a CA and writes it into folder. P-256, since browsers do
// not take Ed25519 certificates and officers open the console with one.
func newAuthority(rand io.Reader, folder, name string, now time.Time) (*authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand)
	if err != nil {
		return nil, fmt.Errorf("make authority key: %w", err)
	}
	serial, err := serialNumber(rand)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: name}, NotBefore: now.Add(-24 * time.Hour),
		NotAfter: now.AddDate(authorityYears, 0, 0), IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true,
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
	der, err := x509.CreateCertificate(rand, template, template, key.Public(), key)
	if err != nil {
		return nil, fmt.Errorf("make authority: %w", err)
	}
	raw, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, fmt.Errorf("encode authority key: %w", err)
	}
	if err := writePEM(filepath.Join(folder, authorityKeyFile), "PRIVATE KEY", raw); err != nil {
		return nil, err
	}
	if err := writePEM(filepath.Join(folder, authorityFile), "CERTIFICATE", der); err != nil {
		return nil, err
	}
	return openAuthority(folder)
}

func serialNumber(rand io.Reader) (*big.Int, error) {
	raw := make([]byte, 16)
	if _, err := io.ReadFull(rand, raw); err != nil {
		return nil, fmt.Errorf("make serial number: %w", err)
	}
	raw[0] &= 0x7f
	return new(big.Int).SetBytes(raw), nil
}

func openAuthority(folder string) (*authority, error) {
	der, err := readPEM(filepath.Join(folder, authorityFile))
	if err != nil {
		return nil, err
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, record.Fail(record.CodeFileDamaged).Because(err)
	}
	raw, err := readPEM(filepath.Join(folder, authorityKeyFile))
	if err != nil {
		return nil, err
	}
	parsed, err := x509.ParsePKCS8PrivateKey(raw)
	if err != nil {
		return nil, record.Fail(record.CodeFileDamaged).Because(err)
	}
	key, ok := parsed.(crypto.Signer)
	if !ok {
		return nil, record.Fail(record.CodeFileDamaged)
	}
	return &authority{cert, key}, nil
}

// leaf makes the certificate of a running server for its names and addresses.
func (a *authority) leaf(rand io.Reader, now time.Time, hosts []string) (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("make server key: %w", err)
	}
	serial, err := serialNumber(rand)
	if err != nil {
		return tls.Certificate{}, err
	}
	template := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: a.cert.Subject.CommonName},
		NotBefore: now.Add(-24 * time.Hour), NotAfter: now.AddDate(leafYears, 0, 0),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames: []string{wire.ServerName, "localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
	}
	for _, host := range hosts {
		if ip := net.ParseIP(host); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else if host != "" {
			template.DNSNames = append(template.DNSNames, host)
		}
	}
	der, err := x509.CreateCertificate(rand, template, a.cert, key.Public(), a.key)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("make server certificate: %w", err)
	}
	// The authority goes along: a station that enrols takes it from here and
	// compares its fingerprint.
	return tls.Certificate{Certificate: [][]byte{der, a.cert.Raw}, PrivateKey: key}, nil
}

// newSigner makes the key that countersigns receipts.
func newSigner(rand io.Reader, folder string) (ed25519.PrivateKey, error) {
	seed := make([]byte, ed25519.SeedSize)
	if _, err := io.ReadFull(rand, seed); err != nil {
		return nil, fmt.Errorf("make receipt key: %w", err)
	}
	if err := writeSecret(filepath.Join(folder, signerFile), seed); err != nil {
		return nil, err
	}
	return ed25519.NewKeyFromSeed(seed), nil
}

func openSigner(folder string) (ed25519.PrivateKey, error) {
	seed, err := readSecret(filepath.Join(folder, signerFile))
	if err != nil {
		return nil, err
	}
	if len(seed) != ed25519.SeedSize {
		return nil, record.Fail(record.CodeFileDamaged)
	}
	return ed25519.NewKeyFromSeed(seed), nil
}

func writePEM(path, kind string, der []byte) error {
	return writeSecret(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

func readPEM(path string) ([]byte, error) {
	raw, err := readSecret(path)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(raw)
	if block == nil {
		return nil, record.Fail(record.CodeFileDamaged)
	}
	return block.Bytes, nil
}
