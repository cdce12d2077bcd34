//! Which certificates a client takes: of some hosts any, of all others those that the system trusts.

use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{DigitallySignedStruct, Error, SignatureScheme};
use rustls_platform_verifier::Verifier;

/// Takes any certificate of those hosts.
#[derive(Debug)]
pub(super) struct Unchecked {
    hosts: Vec<String>,
    system: Verifier,
}

impl Unchecked {
    pub(super) fn new(hosts: &[String], provider: Arc<CryptoProvider>) -> Result<Self, Error> {
        let hosts = hosts.iter().map(|host| host.trim_matches(['[', ']']).to_owned()).collect();
        Ok(Self { hosts, system: Verifier::new(provider)? })
    }
}

impl ServerCertVerifier for Unchecked {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let host = name.to_str();
        if self.hosts.iter().any(|known| known.eq_ignore_ascii_case(&host)) {
            return Ok(ServerCertVerified::assertion());
        }
        self.system.verify_server_cert(certificate, others, name, ocsp, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.system.verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.system.verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.system.supported_verify_schemes()
    }
}
