package io.berth.testenv.kube;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * Signs the certificates by which the API server knows its users: the common name is the user, each organisation a group.
 * The JDK reads certificates but makes none, so the few shapes of DER that a plain X.509 certificate (RFC 5280, version 1,
 * which has no extensions) consists of are written here.
 */
final class UserAuthority {

    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int UTF8_STRING = 0x0C;
    private static final int UTC_TIME = 0x17;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;

    private static final byte[] COMMON_NAME = {0x55, 4, 3};
    private static final byte[] ORGANISATION = {0x55, 4, 10};
    private static final byte[] ECDSA_WITH_SHA256 = {0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 4, 3, 2};

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    /** Longer than any run, and begun before it: nobody's clock is asked to be exact. */
    private static final Duration VALIDITY = Duration.ofDays(30);

    private final SecureRandom random = new SecureRandom();
    private final KeyPair keys = newKeys("EC", 256);
    private final byte[] name = name("berth-test-users", List.of());

    /** The certificate that the API server has to trust, in PEM. */
    String certificate() {
        return Pem.CERTIFICATE.text(signed(name, keys));
    }

    /** What a user has, in PEM. */
    record Credentials(String certificate, String privateKey) {}

    /** New credentials of a user in these groups. */
    Credentials issue(String user, List<String> groups) {
        // RSA, since the Java client does not take other keys in this form.
        KeyPair userKeys = newKeys("RSA", 2048);
        return new Credentials(
                Pem.CERTIFICATE.text(signed(name(user, groups), userKeys)),
                Pem.PRIVATE_KEY.text(userKeys.getPrivate().getEncoded()));
    }

    /** New keys. */
    static KeyPair newKeys(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] signed(byte[] subject, KeyPair subjectKeys) {
        Instant now = Instant.now();
        byte[] algorithm = der(SEQUENCE, der(OBJECT_IDENTIFIER, ECDSA_WITH_SHA256));
        byte[] statement = der(
                SEQUENCE,
                der(INTEGER, new BigInteger(63, random).toByteArray()),
                algorithm,
                name,
                der(SEQUENCE, time(now.minus(VALIDITY)), time(now.plus(VALIDITY))),
                subject,
                subjectKeys.getPublic().getEncoded());
        return der(SEQUENCE, statement, algorithm, der(BIT_STRING, new byte[1], signature(statement)));
    }

    private byte[] signature(byte[] statement) {
        try {
            PrivateKey key = keys.getPrivate();
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(statement);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] name(String commonName, List<String> organisations) {
        var parts = new ByteArrayOutputStream();
        organisations.forEach(organisation -> parts.writeBytes(part(ORGANISATION, organisation)));
        parts.writeBytes(part(COMMON_NAME, commonName));
        return der(SEQUENCE, parts.toByteArray());
    }

    private static byte[] part(byte[] type, String value) {
        byte[] text = der(UTF8_STRING, value.getBytes(StandardCharsets.UTF_8));
        return der(SET, der(SEQUENCE, der(OBJECT_IDENTIFIER, type), text));
    }

    private static byte[] time(Instant time) {
        return der(UTC_TIME, TIME.format(time).getBytes(StandardCharsets.US_ASCII));
    }

    /** Tag, length, contents: a length over 127 is told in as many octets as the first one says. */
    private static byte[] der(int tag, byte[]... contents) {
        var body = new ByteArrayOutputStream();
        for (byte[] content : contents) {
            body.writeBytes(content);
        }
        var whole = new ByteArrayOutputStream();
        whole.write(tag);
        if (body.size() < 0x80) {
            whole.write(body.size());
        } else {
            byte[] length = BigInteger.valueOf(body.size()).toByteArray();
            int zeros = length[0] == 0 ? 1 : 0;
            whole.write(0x80 | length.length - zeros);
            whole.write(length, zeros, length.length - zeros);
        }
        whole.writeBytes(body.toByteArray());
        return whole.toByteArray();
    }
}
