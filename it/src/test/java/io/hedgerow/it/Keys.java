package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** Key stores of the JDK's own keytool; who trusts a key's owner takes the same file as trust store. */
final class Keys {
    private Keys() {}

    /** A key with a certificate of its own, for this machine, under {@code name}. */
    static Path make(Path folder, String name, String password) throws Exception {
        Path file = folder.resolve(name + ".p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        name,
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-keyalg",
                        "EC",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        password)
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        return file;
    }
}
