package io.hedgerow.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That what Confluent's client does for security still works under another package name. */
class RegistrySecurityTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private static Path folder;

    private static HttpsServer server;
    private static Path serverKeys;
    private static Path clientKeys;

    @BeforeAll
    static void startServer() throws Exception {
        serverKeys = keys("server");
        clientKeys = keys("client");
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(load(serverKeys), PASSWORD.toCharArray());
        TrustManagerFactory trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trustManagers.init(load(clientKeys));
        context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ssl = getSSLContext().getDefaultSSLParameters();
                ssl.setNeedClientAuth(true);
                parameters.setSSLParameters(ssl);
            }
        });
        server.createContext("/", exchange -> {
            byte[] body = "{\"error_code\": 40403, \"message\": \"none\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(404, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stopServer() {
        server.stop(0);
    }

    @Test
    void shouldShowItsCertificateToARegistryThatItTrusts() throws Exception {
        Map<String, Object> settings = trusting(serverKeys);
        settings.put("schema.registry.ssl.keystore.location", clientKeys.toString());
        settings.put("schema.registry.ssl.keystore.password", PASSWORD);
        settings.put("schema.registry.ssl.key.password", PASSWORD);

        try (RegistryClient client = new RegistryClient(settings)) {
            assertThatCode(client::check).doesNotThrowAnyException();
        }
    }

    @Test
    void shouldNotTalkToARegistryThatItDoesNotTrust() throws Exception {
        try (RegistryClient client = new RegistryClient(trusting(clientKeys))) {
            assertThatThrownBy(client::check)
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("certification path");
        }
    }

    @Test
    void shouldNotBeLetInWithoutACertificate() throws Exception {
        try (RegistryClient client = new RegistryClient(trusting(serverKeys))) {
            assertThatThrownBy(client::check).isInstanceOf(RegistryUnavailableException.class);
        }
    }

    @Test
    void shouldFetchATokenFirst() throws Exception {
        long now = Instant.now().getEpochSecond();
        String token = base64("{\"alg\": \"none\"}") + "."
                + base64("{\"sub\": \"hedgerow\", \"iat\": " + now + ", \"exp\": " + (now + 3600)
                        + ", \"scope\": \"s\"}")
                + ".x";
        try (StubRegistry issuer = new StubRegistry(200, "{\"access_token\": \"" + token + "\"}");
                StubRegistry registry = new StubRegistry(404, "{\"error_code\": 40403, \"message\": \"none\"}")) {
            Map<String, Object> settings = registry.settings();
            settings.put("bearer.auth.credentials.source", "OAUTHBEARER");
            settings.put("bearer.auth.issuer.endpoint.url", "http://" + issuer.address());
            settings.put("bearer.auth.client.id", "hedgerow");
            settings.put("bearer.auth.client.secret", "hunter2");
            settings.put("bearer.auth.scope", "s");
            settings.put("bearer.auth.logical.cluster", "c");
            settings.put("bearer.auth.identity.pool.id", "p");

            try (RegistryClient client = new RegistryClient(settings)) {
                client.check();
            }

            assertThat(registry.credentials()).containsExactly("Bearer " + token);
        }
    }

    private static String base64(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> trusting(Path keys) {
        return new HashMap<>(Map.of(
                "schema.registry.url",
                "https://localhost:" + server.getAddress().getPort(),
                "schema.registry.ssl.truststore.location",
                keys.toString(),
                "schema.registry.ssl.truststore.password",
                PASSWORD));
    }

    /** A key with a certificate of its own for localhost. */
    private static Path keys(String name) throws Exception {
        Path file = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=dns:localhost",
                        "-keyalg",
                        "EC",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD,
                        "-keypass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        return file;
    }

    private static KeyStore load(Path file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }
}
