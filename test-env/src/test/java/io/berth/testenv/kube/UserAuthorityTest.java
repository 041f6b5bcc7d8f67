package io.berth.testenv.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The certificates as the JDK reads them; that the API server takes them, {@link ApiServerIT} shows. */
class UserAuthorityTest {

    private final UserAuthority authority = new UserAuthority();

    @Test
    void aUserIsTheCommonNameAndItsGroupsAreTheOrganisations() throws GeneralSecurityException {
        X509Certificate certificate =
                read(authority.issue("jane", List.of("team-a", "auditors")).certificate());

        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=jane,O=auditors,O=team-a");
        certificate.checkValidity();
    }

    @Test
    void namesOfAnyLengthAreWrittenInFull() throws GeneralSecurityException {
        String name = "system:serviceaccount:" + "n".repeat(300);

        X509Certificate certificate = read(authority.issue(name, List.of()).certificate());

        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=" + name);
    }

    @Test
    void theAuthorityHasSignedThem() throws GeneralSecurityException {
        X509Certificate root = read(authority.certificate());

        read(authority.issue("jane", List.of()).certificate()).verify(root.getPublicKey());
        root.verify(root.getPublicKey());
    }

    @Test
    void theKeyBelongsToTheCertificate() throws GeneralSecurityException {
        UserAuthority.Credentials jane = authority.issue("jane", List.of());
        byte[] key = Base64.getMimeDecoder().decode(jane.privateKey().replaceAll("-----.*-----", ""));
        Signature signature = Signature.getInstance("SHA256withRSA");

        signature.initSign(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key)));
        byte[] signed = signature.sign();
        signature.initVerify(read(jane.certificate()));

        assertThat(signature.verify(signed)).isTrue();
    }

    private static X509Certificate read(String pem) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }
}
